import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What learners hand in for an activity, and what a trainer decided of it. */
export class ActivitySubmissions1790000000026 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE activity_submission (
        id uuid PRIMARY KEY,
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        lesson_id uuid NOT NULL REFERENCES lesson,
        lesson_key text NOT NULL,
        number integer NOT NULL,
        state text NOT NULL,
        text text NOT NULL,
        saved_at timestamptz NOT NULL,
        submitted_at timestamptz,
        decided_at timestamptz,
        decided_by uuid REFERENCES person,
        comment text,
        CONSTRAINT activity_submission_enrollment_id_lesson_key_number_key UNIQUE (enrollment_id, lesson_key, number),
        CONSTRAINT activity_submission_state_check CHECK (state IN ('DRAFT', 'SUBMITTED', 'ACCEPTED', 'RETURNED')),
        CONSTRAINT activity_submission_submitted_check CHECK ((state = 'DRAFT') = (submitted_at IS NULL)),
        CONSTRAINT activity_submission_decided_check
          CHECK ((state IN ('ACCEPTED', 'RETURNED')) = (decided_at IS NOT NULL AND decided_by IS NOT NULL)),
        CONSTRAINT activity_submission_returned_check CHECK (state <> 'RETURNED' OR comment IS NOT NULL)
      );
      CREATE UNIQUE INDEX activity_submission_one_open_key ON activity_submission (enrollment_id, lesson_key)
        WHERE state <> 'RETURNED';
      -- The queue of what waits is short, however much was ever decided.
      CREATE INDEX activity_submission_waiting_idx ON activity_submission (submitted_at, id)
        WHERE state = 'SUBMITTED';

      -- What is in a file lies apart from the files of courses, by this id.
      CREATE TABLE activity_file (
        id uuid PRIMARY KEY,
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        lesson_key text NOT NULL,
        sha256 text NOT NULL,
        name text NOT NULL,
        media_type text NOT NULL,
        bytes integer NOT NULL,
        CONSTRAINT activity_file_enrollment_id_lesson_key_sha256_key UNIQUE (enrollment_id, lesson_key, sha256),
        CONSTRAINT activity_file_bytes_check CHECK (bytes > 0)
      );
      -- What was returned keeps its files while the next turn begins with the same ones.
      CREATE TABLE activity_submission_file (
        submission_id uuid NOT NULL REFERENCES activity_submission,
        file_id uuid NOT NULL REFERENCES activity_file,
        PRIMARY KEY (submission_id, file_id)
      );
      CREATE INDEX activity_submission_file_file_id_idx ON activity_submission_file (file_id);

      -- Its words may have to be erased one day; that it was decided, when and by whom stays.
      CREATE FUNCTION refuse_change_of_decided_submission() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION 'What was decided of an activity never changes.';
      END $$;
      CREATE TRIGGER activity_submission_decided_immutable
        BEFORE UPDATE OF state, submitted_at, decided_at, decided_by OR DELETE ON activity_submission
        FOR EACH ROW WHEN (OLD.decided_at IS NOT NULL) EXECUTE FUNCTION refuse_change_of_decided_submission();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `DROP TABLE activity_submission_file; DROP TABLE activity_file; DROP TABLE activity_submission;
       DROP FUNCTION refuse_change_of_decided_submission;`,
    );
  }
}
