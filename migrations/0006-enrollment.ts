import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who takes which version of which course. */
export class Enrollment1790000000006 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE enrollment (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES person,
        course_id uuid NOT NULL REFERENCES course,
        version_id uuid NOT NULL REFERENCES course_version,
        business_id uuid REFERENCES business,
        cohort_id uuid REFERENCES cohort,
        cycle integer NOT NULL,
        state text NOT NULL,
        enrolled_at timestamptz NOT NULL,
        last_activity_at timestamptz NOT NULL,
        CONSTRAINT enrollment_person_id_course_id_cycle_key UNIQUE (person_id, course_id, cycle),
        CONSTRAINT enrollment_state_check CHECK (state IN ('ACTIVE', 'COMPLETED'))
      );
      CREATE UNIQUE INDEX enrollment_one_active_key ON enrollment (person_id, course_id) WHERE state = 'ACTIVE';
      CREATE INDEX enrollment_cohort_id_enrolled_at_idx ON enrollment (cohort_id, enrolled_at);
      CREATE INDEX enrollment_idle_idx ON enrollment (last_activity_at) WHERE state = 'ACTIVE';
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE enrollment;`);
  }
}
