import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attempts graded anew by a mended answer key. */
export class QuizRegrades1790000000024 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE quiz_regrade (
        id uuid PRIMARY KEY,
        question_id uuid NOT NULL REFERENCES question,
        question_version_id uuid NOT NULL REFERENCES question_version,
        reason text NOT NULL,
        requested_by uuid NOT NULL REFERENCES person,
        requested_at timestamptz NOT NULL,
        attempts_found integer NOT NULL,
        attempts_done integer NOT NULL DEFAULT 0,
        last_attempt_id uuid,
        finished_at timestamptz,
        CONSTRAINT quiz_regrade_question_version_id_key UNIQUE (question_version_id),
        CONSTRAINT quiz_regrade_reason_check CHECK (reason <> '')
      );
      CREATE INDEX quiz_regrade_question_id_idx ON quiz_regrade (question_id);

      CREATE TABLE quiz_score (
        attempt_id uuid NOT NULL REFERENCES quiz_attempt,
        regrade_id uuid NOT NULL REFERENCES quiz_regrade,
        points_before integer NOT NULL,
        points_after integer NOT NULL,
        score_before integer NOT NULL,
        score_after integer NOT NULL,
        effect text NOT NULL,
        graded_at timestamptz NOT NULL,
        PRIMARY KEY (attempt_id, regrade_id),
        CONSTRAINT quiz_score_effect_check
          CHECK (effect IN ('PASSES_NOW', 'STAYS_PASSED', 'RAISED', 'LOWERED', 'SAME')),
        CONSTRAINT quiz_score_sum_check CHECK (score_after - score_before = points_after - points_before)
      );
      CREATE INDEX quiz_score_regrade_id_effect_idx ON quiz_score (regrade_id, effect, attempt_id);
      CREATE TRIGGER quiz_score_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quiz_score
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      -- The attempts at the quizzes that ask a question, in the order in which they are graded anew.
      CREATE INDEX quiz_attempt_lesson_id_id_idx ON quiz_attempt (lesson_id, id);

      CREATE FUNCTION keep_grade() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.state <> 'GRADED' OR (OLD.passed AND NOT NEW.passed) OR NOT EXISTS (
          SELECT FROM quiz_score WHERE attempt_id = OLD.id AND score_before = OLD.score AND score_after = NEW.score
        ) THEN
          RAISE EXCEPTION 'the grade of attempt % changes by a regrade on record alone, and a pass stays', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER quiz_attempt_keep_grade BEFORE UPDATE OF state, score, passed ON quiz_attempt
        FOR EACH ROW WHEN (OLD.state = 'GRADED'
          AND (OLD.state, OLD.score, OLD.passed) IS DISTINCT FROM (NEW.state, NEW.score, NEW.passed))
        EXECUTE FUNCTION keep_grade();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER quiz_attempt_keep_grade ON quiz_attempt;
      DROP FUNCTION keep_grade();
      DROP INDEX quiz_attempt_lesson_id_id_idx;
      DROP TABLE quiz_score, quiz_regrade;
    `);
  }
}
