import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What completing a course takes, as data of the course: decided version by version, and judged anew in the background. Version 1 is
 * no row: it is what every course begins with, and what the column that goes said of each of its versions.
 */
export class CompletionCriteria1790000000033 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE completion_criteria (
        id uuid PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES course,
        version integer NOT NULL,
        overall_minimum_percent integer,
        reason text NOT NULL,
        decided_by uuid NOT NULL REFERENCES person,
        decided_at timestamptz NOT NULL,
        CONSTRAINT completion_criteria_course_id_version_key UNIQUE (course_id, version),
        CONSTRAINT completion_criteria_version_check CHECK (version > 1),
        CONSTRAINT completion_criteria_minimum_check CHECK (overall_minimum_percent BETWEEN 1 AND 100),
        CONSTRAINT completion_criteria_reason_check CHECK (reason <> '')
      );
      CREATE TRIGGER completion_criteria_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON completion_criteria
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE completion_reevaluation (
        criteria_id uuid PRIMARY KEY REFERENCES completion_criteria,
        learners_found integer NOT NULL,
        learners_done integer NOT NULL DEFAULT 0,
        learners_completed integer NOT NULL DEFAULT 0,
        last_enrollment_id uuid,
        finished_at timestamptz
      );

      ALTER TABLE course_version DROP COLUMN criteria;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE course_version ADD COLUMN criteria jsonb NOT NULL DEFAULT '{"version": 1, "requiredLessons": "ALL"}';
      ALTER TABLE course_version ALTER COLUMN criteria DROP DEFAULT;
      DROP TABLE completion_reevaluation, completion_criteria;
    `);
  }
}
