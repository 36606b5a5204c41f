import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What managers changed of a cohort, so that the later of two is told; and accepted work that a reversed completion asks for again. */
export class CohortChangesAndSetAsideWork1790000000035 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE cohort ADD COLUMN revision integer NOT NULL DEFAULT 1;

      CREATE TABLE cohort_change (
        cohort_id uuid NOT NULL REFERENCES cohort ON DELETE CASCADE,
        revision integer NOT NULL,
        changed_by uuid REFERENCES person ON DELETE SET NULL,
        changed_at timestamptz NOT NULL,
        fields jsonb NOT NULL,
        PRIMARY KEY (cohort_id, revision),
        CONSTRAINT cohort_change_revision_check CHECK (revision > 1)
      );

      -- What was decided of it stays; it counts no more, and makes room for the next turn.
      ALTER TABLE activity_submission ADD COLUMN set_aside_at timestamptz;
      DROP INDEX activity_submission_one_open_key;
      CREATE UNIQUE INDEX activity_submission_one_open_key ON activity_submission (enrollment_id, lesson_key)
        WHERE state <> 'RETURNED' AND set_aside_at IS NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE activity_submission DISABLE TRIGGER activity_submission_decided_immutable;
      DELETE FROM activity_submission_file WHERE submission_id IN (SELECT id FROM activity_submission WHERE set_aside_at IS NOT NULL);
      DELETE FROM activity_submission WHERE set_aside_at IS NOT NULL;
      ALTER TABLE activity_submission ENABLE TRIGGER activity_submission_decided_immutable;
      DROP INDEX activity_submission_one_open_key;
      ALTER TABLE activity_submission DROP COLUMN set_aside_at;
      CREATE UNIQUE INDEX activity_submission_one_open_key ON activity_submission (enrollment_id, lesson_key)
        WHERE state <> 'RETURNED';
      DROP TABLE cohort_change;
      ALTER TABLE cohort DROP COLUMN revision;
    `);
  }
}
