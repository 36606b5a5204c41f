import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files that trainers sent to be imported: what was read of each, and what became of it. */
export class CourseImport1790000000019 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE course_import (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
        course_id uuid REFERENCES course ON DELETE CASCADE,
        slug text NOT NULL,
        locale text NOT NULL,
        file_name text NOT NULL,
        bytes integer NOT NULL,
        state text NOT NULL,
        step text,
        progress_percent integer NOT NULL DEFAULT 0,
        format text,
        summary jsonb,
        problems jsonb,
        failure jsonb,
        quiz jsonb,
        run_id uuid,
        tries integer NOT NULL DEFAULT 0,
        version_id uuid REFERENCES course_version ON DELETE SET NULL,
        has_upload boolean NOT NULL DEFAULT true,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT course_import_state_check
          CHECK (state IN ('UPLOADED', 'READING', 'READY', 'FAILED', 'APPLYING', 'APPLIED', 'CANCELED')),
        CONSTRAINT course_import_step_check CHECK (step IN ('UNPACKING', 'READING', 'WRITING')),
        CONSTRAINT course_import_progress_percent_check CHECK (progress_percent BETWEEN 0 AND 100),
        CONSTRAINT course_import_summary_check CHECK (state NOT IN ('READY', 'APPLYING', 'APPLIED') OR summary IS NOT NULL)
      );
      CREATE INDEX course_import_person_id_idx ON course_import (person_id, id);
      CREATE INDEX course_import_has_upload_idx ON course_import (created_at) WHERE has_upload;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE course_import;`);
  }
}
