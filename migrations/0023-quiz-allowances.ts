import type { MigrationInterface, QueryRunner } from 'typeorm';

/** More time, more attempts or a later close for single learners. */
export class QuizAllowances1790000000023 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE quiz_allowance (
        id uuid PRIMARY KEY,
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        lesson_key text NOT NULL,
        extra_minutes integer NOT NULL,
        extra_attempts integer NOT NULL,
        closes_at timestamptz,
        reason text NOT NULL,
        given_by uuid NOT NULL REFERENCES person,
        given_at timestamptz NOT NULL,
        CONSTRAINT quiz_allowance_extra_check
          CHECK (extra_minutes BETWEEN 0 AND 1440 AND extra_attempts BETWEEN 0 AND 100),
        CONSTRAINT quiz_allowance_reason_check CHECK (reason <> '')
      );
      CREATE INDEX quiz_allowance_newest_idx ON quiz_allowance (enrollment_id, lesson_key, id);
      CREATE TRIGGER quiz_allowance_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON quiz_allowance
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE quiz_allowance;`);
  }
}
