import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Lessons done, quiz attempts, completion facts. */
export class Learning1790000000007 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE quiz_attempt (
        id uuid PRIMARY KEY,
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        lesson_id uuid NOT NULL REFERENCES lesson,
        lesson_key text NOT NULL,
        number integer NOT NULL,
        state text NOT NULL,
        seed text NOT NULL,
        paper jsonb NOT NULL,
        pass_percent integer NOT NULL,
        started_at timestamptz NOT NULL,
        submitted_at timestamptz,
        score integer,
        passed boolean,
        CONSTRAINT quiz_attempt_enrollment_id_lesson_key_number_key UNIQUE (enrollment_id, lesson_key, number),
        CONSTRAINT quiz_attempt_state_check CHECK (state IN ('IN_PROGRESS', 'GRADED')),
        CONSTRAINT quiz_attempt_graded_check
          CHECK ((state = 'GRADED') = (score IS NOT NULL AND submitted_at IS NOT NULL))
      );
      CREATE UNIQUE INDEX quiz_attempt_one_in_progress_key ON quiz_attempt (enrollment_id, lesson_key)
        WHERE state = 'IN_PROGRESS';

      CREATE TABLE quiz_answer (
        attempt_id uuid NOT NULL REFERENCES quiz_attempt,
        question_version_id uuid NOT NULL REFERENCES question_version,
        option_keys text[] NOT NULL,
        saved_at timestamptz NOT NULL,
        score integer,
        PRIMARY KEY (attempt_id, question_version_id)
      );

      CREATE TABLE lesson_completion (
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        lesson_key text NOT NULL,
        lesson_id uuid NOT NULL REFERENCES lesson,
        completed_at timestamptz NOT NULL,
        claimed_at timestamptz,
        attempt_id uuid REFERENCES quiz_attempt,
        PRIMARY KEY (enrollment_id, lesson_key)
      );
      CREATE INDEX lesson_completion_lesson_id_idx ON lesson_completion (lesson_id);

      CREATE TABLE course_completion (
        id uuid PRIMARY KEY,
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        version_id uuid NOT NULL REFERENCES course_version,
        criteria_version integer NOT NULL,
        evidence jsonb NOT NULL,
        occurred_at timestamptz NOT NULL,
        evaluated_at timestamptz NOT NULL,
        CONSTRAINT course_completion_enrollment_id_key UNIQUE (enrollment_id)
      );
      CREATE TRIGGER course_completion_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON course_completion
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE course_completion, lesson_completion, quiz_answer, quiz_attempt;`);
  }
}
