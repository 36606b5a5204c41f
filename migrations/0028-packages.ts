import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What SCORM packages report of their learners. */
export class Packages1790000000028 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE package_record (
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        lesson_key text NOT NULL,
        file text NOT NULL,
        launch text NOT NULL,
        session integer NOT NULL,
        sequence integer NOT NULL,
        is_finished boolean NOT NULL,
        runtime_data jsonb NOT NULL,
        status text NOT NULL,
        score_percent integer,
        total_seconds integer NOT NULL,
        opened_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (enrollment_id, lesson_key),
        CONSTRAINT package_record_status_check CHECK (status IN ('INCOMPLETE', 'FAILED', 'COMPLETED', 'PASSED')),
        CONSTRAINT package_record_score_percent_check CHECK (score_percent BETWEEN 0 AND 100)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE package_record;`);
  }
}
