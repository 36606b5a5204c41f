import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Programs, their managers, the courses they offer, cohorts. */
export class Programs1790000000005 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE program (
        id uuid PRIMARY KEY,
        slug text NOT NULL CONSTRAINT program_slug_key UNIQUE,
        names jsonb NOT NULL,
        time_zone text NOT NULL,
        created_at timestamptz NOT NULL
      );

      CREATE TABLE program_manager (
        program_id uuid NOT NULL REFERENCES program ON DELETE CASCADE,
        person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (program_id, person_id)
      );

      CREATE TABLE program_course (
        program_id uuid NOT NULL REFERENCES program ON DELETE CASCADE,
        course_id uuid NOT NULL REFERENCES course,
        PRIMARY KEY (program_id, course_id)
      );

      CREATE TABLE cohort (
        id uuid PRIMARY KEY,
        program_id uuid NOT NULL REFERENCES program,
        name text NOT NULL,
        starts_on date NOT NULL,
        ends_on date NOT NULL,
        time_zone text NOT NULL,
        CONSTRAINT cohort_dates_check CHECK (starts_on <= ends_on)
      );
      CREATE INDEX cohort_program_id_idx ON cohort (program_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE cohort, program_course, program_manager, program;`);
  }
}
