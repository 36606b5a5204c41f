import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Completions that were reversed, the badges revoked with them, and where a badge's status is published. */
export class CompletionReversals1790000000025 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE completion_reversal (
        completion_id uuid PRIMARY KEY REFERENCES course_completion,
        reason text NOT NULL,
        asked_keys text[] NOT NULL,
        set_aside jsonb NOT NULL,
        reversed_by uuid NOT NULL REFERENCES person,
        reversed_at timestamptz NOT NULL,
        CONSTRAINT completion_reversal_asked_keys_check CHECK (cardinality(asked_keys) > 0)
      );
      CREATE TRIGGER completion_reversal_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON completion_reversal
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      -- One first completion of an enrollment; each later one takes the place of another that was reversed. So there is never
      -- more than one that holds.
      ALTER TABLE course_completion
        ADD COLUMN number integer NOT NULL DEFAULT 1,
        ADD COLUMN replaces_id uuid REFERENCES completion_reversal,
        DROP CONSTRAINT course_completion_enrollment_id_key,
        ADD CONSTRAINT course_completion_enrollment_id_number_key UNIQUE (enrollment_id, number),
        ADD CONSTRAINT course_completion_replaces_id_key UNIQUE (replaces_id),
        ADD CONSTRAINT course_completion_replaces_check CHECK ((number = 1) = (replaces_id IS NULL));
      ALTER TABLE course_completion ALTER COLUMN number DROP DEFAULT;

      ALTER TABLE quiz_attempt ADD COLUMN set_aside_at timestamptz;

      CREATE SEQUENCE certificate_status_index_seq AS integer;
      ALTER TABLE certificate
        ADD COLUMN completion_id uuid REFERENCES course_completion,
        ADD COLUMN status_index integer,
        ADD COLUMN revoked_at timestamptz,
        ADD COLUMN revocation_reason text,
        DROP CONSTRAINT certificate_enrollment_id_key,
        DROP CONSTRAINT certificate_person_id_course_id_cycle_key,
        DROP CONSTRAINT certificate_status_check,
        ADD CONSTRAINT certificate_status_check CHECK (status IN ('VALID', 'REVOKED')),
        ADD CONSTRAINT certificate_revoked_check CHECK (
          (status = 'REVOKED') = (revoked_at IS NOT NULL) AND (revoked_at IS NULL) = (revocation_reason IS NULL));
      UPDATE certificate SET completion_id = completion.id, status_index = nextval('certificate_status_index_seq')
        FROM course_completion completion WHERE completion.enrollment_id = certificate.enrollment_id;
      ALTER TABLE certificate
        ALTER COLUMN completion_id SET NOT NULL,
        ALTER COLUMN status_index SET NOT NULL,
        ADD CONSTRAINT certificate_completion_id_key UNIQUE (completion_id),
        ADD CONSTRAINT certificate_status_index_key UNIQUE (status_index);
      CREATE UNIQUE INDEX certificate_enrollment_id_valid_key ON certificate (enrollment_id) WHERE status = 'VALID';
      CREATE UNIQUE INDEX certificate_person_id_course_id_cycle_valid_key ON certificate (person_id, course_id, cycle)
        WHERE status = 'VALID';
      CREATE INDEX certificate_person_id_idx ON certificate (person_id);
      CREATE INDEX certificate_revoked_idx ON certificate (status_index) WHERE status = 'REVOKED';

      -- One that ended stays ended, unless it turns out that its completion should not have been reversed.
      CREATE OR REPLACE FUNCTION refuse_reopened_enrollment() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state = 'COMPLETED' AND EXISTS (
          SELECT FROM course_completion completion WHERE completion.enrollment_id = NEW.id
             AND NOT EXISTS (SELECT FROM completion_reversal WHERE completion_id = completion.id)) THEN
          RETURN NEW;
        END IF;
        RAISE EXCEPTION 'An enrollment that ended stays ended: enroll again, in a new cycle.';
      END $$;
    `);
  }

  /** What was reversed is not completed in the schema before: it goes, with the badges that were revoked. */
  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE OR REPLACE FUNCTION refuse_reopened_enrollment() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'An enrollment that ended stays ended: enroll again, in a new cycle.';
      END $$;

      DROP INDEX certificate_revoked_idx, certificate_person_id_idx, certificate_person_id_course_id_cycle_valid_key,
        certificate_enrollment_id_valid_key;
      DELETE FROM certificate WHERE status = 'REVOKED';
      ALTER TABLE certificate
        DROP CONSTRAINT certificate_revoked_check,
        DROP CONSTRAINT certificate_status_check,
        DROP COLUMN revocation_reason,
        DROP COLUMN revoked_at,
        DROP COLUMN status_index,
        DROP COLUMN completion_id,
        ADD CONSTRAINT certificate_status_check CHECK (status IN ('VALID')),
        ADD CONSTRAINT certificate_person_id_course_id_cycle_key UNIQUE (person_id, course_id, cycle),
        ADD CONSTRAINT certificate_enrollment_id_key UNIQUE (enrollment_id);
      DROP SEQUENCE certificate_status_index_seq;

      ALTER TABLE quiz_attempt DROP COLUMN set_aside_at;

      ALTER TABLE course_completion DISABLE TRIGGER course_completion_append_only;
      ALTER TABLE course_completion DROP COLUMN replaces_id, DROP COLUMN number;
      CREATE TEMPORARY TABLE reversed ON COMMIT DROP AS SELECT completion_id FROM completion_reversal;
      DROP TABLE completion_reversal;
      DELETE FROM course_completion WHERE id IN (SELECT completion_id FROM reversed);
      ALTER TABLE course_completion
        ADD CONSTRAINT course_completion_enrollment_id_key UNIQUE (enrollment_id);
      ALTER TABLE course_completion ENABLE TRIGGER course_completion_append_only;
    `);
  }
}
