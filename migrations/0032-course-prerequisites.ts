import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which courses have to be completed before one may be entered. They belong to the course and not to a version, because they govern
 * entry. However many people change them at once, they never go round in a circle.
 */
export class CoursePrerequisites1790000000032 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE course_prerequisite (
        course_id uuid NOT NULL REFERENCES course ON DELETE CASCADE,
        required_id uuid NOT NULL REFERENCES course ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (course_id, required_id),
        CONSTRAINT course_prerequisite_other_check CHECK (required_id <> course_id)
      );

      -- One prerequisite is added at a time: of two that close a circle together, the later one sees the earlier.
      CREATE FUNCTION refuse_circular_prerequisite() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM pg_advisory_xact_lock(hashtextextended('course-prerequisite', 0));
        IF EXISTS (
          WITH RECURSIVE earlier (id) AS (
            SELECT NEW.required_id
            UNION
            SELECT needed.required_id FROM earlier JOIN course_prerequisite needed ON needed.course_id = earlier.id)
          SELECT FROM earlier WHERE id = NEW.course_id) THEN
          RAISE EXCEPTION 'A course would be needed before itself.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'course_prerequisite_circular';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER course_prerequisite_circular BEFORE INSERT OR UPDATE ON course_prerequisite
        FOR EACH ROW EXECUTE FUNCTION refuse_circular_prerequisite();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE course_prerequisite;
      DROP FUNCTION refuse_circular_prerequisite();
    `);
  }
}
