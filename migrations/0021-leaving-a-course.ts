import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How an enrollment ends without a completion: its learner leaves, or the time of its cohort is over. */
export class LeavingACourse1790000000021 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE cohort ADD COLUMN learning_ends_on date,
        ADD CONSTRAINT cohort_learning_ends_on_check CHECK (learning_ends_on >= ends_on);

      ALTER TABLE enrollment
        ADD COLUMN ended_at timestamptz,
        ADD COLUMN withdrawal_reason text,
        ADD COLUMN withdrawal_note text,
        DROP CONSTRAINT enrollment_state_check,
        ADD CONSTRAINT enrollment_state_check CHECK (state IN ('ACTIVE', 'COMPLETED', 'WITHDRAWN', 'EXPIRED')),
        ADD CONSTRAINT enrollment_ended_at_check CHECK ((state IN ('WITHDRAWN', 'EXPIRED')) = (ended_at IS NOT NULL)),
        ADD CONSTRAINT enrollment_withdrawal_check CHECK ((state = 'WITHDRAWN') = (withdrawal_reason IS NOT NULL)),
        ADD CONSTRAINT enrollment_withdrawal_reason_check
          CHECK (withdrawal_reason IN ('NO_TIME', 'NOT_WHAT_I_NEED', 'TOO_HARD', 'TOO_EASY', 'TECHNICAL', 'OTHER')),
        ADD CONSTRAINT enrollment_withdrawal_note_check CHECK (withdrawal_note IS NULL OR state = 'WITHDRAWN');
      CREATE INDEX enrollment_active_cohort_id_idx ON enrollment (cohort_id) WHERE state = 'ACTIVE';

      CREATE FUNCTION refuse_reopened_enrollment() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'An enrollment that ended stays ended: enroll again, in a new cycle.';
      END $$;
      CREATE TRIGGER enrollment_ended_stays BEFORE UPDATE ON enrollment FOR EACH ROW
        WHEN (OLD.ended_at IS NOT NULL AND (OLD.state, OLD.ended_at) IS DISTINCT FROM (NEW.state, NEW.ended_at))
        EXECUTE FUNCTION refuse_reopened_enrollment();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER enrollment_ended_stays ON enrollment;
      DROP FUNCTION refuse_reopened_enrollment();
      DROP INDEX enrollment_active_cohort_id_idx;
      ALTER TABLE enrollment
        DROP CONSTRAINT enrollment_state_check,
        ADD CONSTRAINT enrollment_state_check CHECK (state IN ('ACTIVE', 'COMPLETED')),
        DROP COLUMN ended_at, DROP COLUMN withdrawal_reason, DROP COLUMN withdrawal_note;
      ALTER TABLE cohort DROP COLUMN learning_ends_on;
    `);
  }
}
