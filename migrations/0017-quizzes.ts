import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Attempts with the settings they were started under and a window of time; answers that are typed, matched or ordered. */
export class Quizzes1790000000017 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE quiz_attempt
        ADD COLUMN settings jsonb,
        ADD COLUMN ends_at timestamptz,
        ADD COLUMN expires_at timestamptz,
        DROP CONSTRAINT quiz_attempt_state_check,
        ADD CONSTRAINT quiz_attempt_state_check CHECK (state IN ('IN_PROGRESS', 'GRADED', 'ABANDONED')),
        ADD CONSTRAINT quiz_attempt_window_check
          CHECK ((ends_at IS NULL) = (expires_at IS NULL) AND ends_at <= expires_at);
      UPDATE quiz_attempt SET settings = '{"attemptLimit": null, "timeLimitMinutes": null, "closesAt": null,
        "graceMinutes": 0, "waitMinutes": 0, "shuffleQuestions": false, "shuffleOptions": true,
        "showAnswers": "AFTER_ATTEMPT", "gradePolicy": "HIGHEST"}';
      ALTER TABLE quiz_attempt ALTER COLUMN settings SET NOT NULL;
      CREATE INDEX quiz_attempt_expiring_idx ON quiz_attempt (expires_at) WHERE state = 'IN_PROGRESS';

      ALTER TABLE quiz_answer ADD COLUMN text text, ADD COLUMN pairs jsonb;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE quiz_answer DROP COLUMN pairs, DROP COLUMN text;

      DROP INDEX quiz_attempt_expiring_idx;
      DELETE FROM quiz_answer WHERE attempt_id IN (SELECT id FROM quiz_attempt WHERE state = 'ABANDONED');
      DELETE FROM quiz_attempt WHERE state = 'ABANDONED';
      ALTER TABLE quiz_attempt
        DROP CONSTRAINT quiz_attempt_window_check,
        DROP CONSTRAINT quiz_attempt_state_check,
        ADD CONSTRAINT quiz_attempt_state_check CHECK (state IN ('IN_PROGRESS', 'GRADED')),
        DROP COLUMN expires_at,
        DROP COLUMN ends_at,
        DROP COLUMN settings;
    `);
  }
}
