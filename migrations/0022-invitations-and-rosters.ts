import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People whom a program invites by their address, and the files with many of them. */
export class InvitationsAndRosters1790000000022 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE invitation (
        id uuid PRIMARY KEY,
        cohort_id uuid NOT NULL REFERENCES cohort ON DELETE CASCADE,
        course_id uuid NOT NULL REFERENCES course,
        email text NOT NULL,
        name text,
        locale text,
        registration_number text,
        state text NOT NULL,
        decline_reason text,
        enrollment_id uuid REFERENCES enrollment,
        invited_by uuid REFERENCES person ON DELETE SET NULL,
        created_at timestamptz NOT NULL,
        last_sent_at timestamptz NOT NULL,
        sent_count integer NOT NULL DEFAULT 1,
        ended_at timestamptz,
        CONSTRAINT invitation_cohort_id_course_id_email_key UNIQUE (cohort_id, course_id, email),
        CONSTRAINT invitation_email_check CHECK (email = lower(email)),
        CONSTRAINT invitation_locale_check CHECK (locale IN ('en', 'fr')),
        CONSTRAINT invitation_state_check CHECK (state IN ('INVITED', 'ACCEPTED', 'DECLINED', 'WITHDRAWN')),
        CONSTRAINT invitation_ended_at_check CHECK ((state = 'INVITED') = (ended_at IS NULL)),
        CONSTRAINT invitation_accepted_check CHECK ((state = 'ACCEPTED') = (enrollment_id IS NOT NULL)),
        CONSTRAINT invitation_declined_check CHECK ((state = 'DECLINED') = (decline_reason IS NOT NULL)),
        CONSTRAINT invitation_decline_reason_check
          CHECK (decline_reason IN ('NO_TIME', 'NOT_WHAT_I_NEED', 'ALREADY_KNOWN', 'NOT_EXPECTED', 'OTHER'))
      );
      CREATE INDEX invitation_open_email_idx ON invitation (email) WHERE state = 'INVITED';
      CREATE INDEX invitation_cohort_id_id_idx ON invitation (cohort_id, id);

      CREATE FUNCTION refuse_reopened_invitation() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'An invitation that was answered stays as it was answered.';
      END $$;
      CREATE TRIGGER invitation_answer_stays BEFORE UPDATE ON invitation FOR EACH ROW
        WHEN (OLD.state IN ('ACCEPTED', 'DECLINED') AND OLD.state <> NEW.state)
        EXECUTE FUNCTION refuse_reopened_invitation();

      CREATE TABLE roster (
        id uuid PRIMARY KEY,
        cohort_id uuid NOT NULL REFERENCES cohort ON DELETE CASCADE,
        course_id uuid NOT NULL REFERENCES course,
        person_id uuid REFERENCES person ON DELETE SET NULL,
        file_name text NOT NULL,
        bytes integer NOT NULL,
        content_hash text NOT NULL,
        content bytea,
        state text NOT NULL,
        failure jsonb,
        notes jsonb NOT NULL DEFAULT '[]',
        row_count integer NOT NULL DEFAULT 0,
        done_count integer NOT NULL DEFAULT 0,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT roster_state_check
          CHECK (state IN ('UPLOADED', 'READY', 'FAILED', 'APPLYING', 'APPLIED', 'CANCELED')),
        CONSTRAINT roster_failure_check CHECK ((state = 'FAILED') = (failure IS NOT NULL)),
        CONSTRAINT roster_content_check CHECK ((state = 'UPLOADED') = (content IS NOT NULL)),
        CONSTRAINT roster_done_count_check CHECK (done_count BETWEEN 0 AND row_count)
      );
      CREATE UNIQUE INDEX roster_one_per_file_key ON roster (cohort_id, course_id, content_hash)
        WHERE state NOT IN ('FAILED', 'CANCELED');
      CREATE INDEX roster_cohort_id_id_idx ON roster (cohort_id, id);

      CREATE TABLE roster_row (
        roster_id uuid NOT NULL REFERENCES roster ON DELETE CASCADE,
        line integer NOT NULL,
        email text NOT NULL,
        name text,
        locale text,
        registration_number text,
        outcome text NOT NULL,
        reason_code text,
        reason jsonb,
        is_done boolean NOT NULL,
        enrollment_id uuid REFERENCES enrollment,
        invitation_id uuid REFERENCES invitation ON DELETE SET NULL,
        PRIMARY KEY (roster_id, line),
        CONSTRAINT roster_row_locale_check CHECK (locale IN ('en', 'fr')),
        CONSTRAINT roster_row_outcome_check
          CHECK (outcome IN ('TO_ENROLL', 'ENROLLED', 'INVITED', 'ALREADY_ENROLLED', 'ALREADY_INVITED', 'SKIPPED', 'REFUSED')),
        CONSTRAINT roster_row_reason_check CHECK ((reason_code IS NULL) = (reason IS NULL))
      );
      CREATE INDEX roster_row_outcome_idx ON roster_row (roster_id, outcome, line);
      CREATE INDEX roster_row_waiting_idx ON roster_row (roster_id, line) WHERE NOT is_done;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE roster_row, roster, invitation;
      DROP FUNCTION refuse_reopened_invitation();
    `);
  }
}
