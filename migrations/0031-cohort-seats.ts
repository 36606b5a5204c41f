import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Cohorts with seats, and courses of their own choice. A person has a seat while an enrollment of theirs is active or completed. */
export class CohortSeats1790000000031 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE cohort ADD COLUMN seats integer, ADD CONSTRAINT cohort_seats_check CHECK (seats >= 1);

      CREATE TABLE cohort_course (
        cohort_id uuid NOT NULL REFERENCES cohort ON DELETE CASCADE,
        course_id uuid NOT NULL REFERENCES course,
        PRIMARY KEY (cohort_id, course_id)
      );

      CREATE FUNCTION refuse_unseated_enrollment() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        places integer;
      BEGIN
        SELECT seats INTO places FROM cohort WHERE id = NEW.cohort_id;
        -- One enrollment at a time where seats are counted. Elsewhere only a change of the cohort has to wait.
        IF places IS NULL THEN
          SELECT seats INTO places FROM cohort WHERE id = NEW.cohort_id FOR SHARE;
        ELSE
          SELECT seats INTO places FROM cohort WHERE id = NEW.cohort_id FOR UPDATE;
        END IF;
        IF places <= (SELECT count(DISTINCT person_id) FROM enrollment
                       WHERE cohort_id = NEW.cohort_id AND state IN ('ACTIVE', 'COMPLETED') AND person_id <> NEW.person_id) THEN
          RAISE EXCEPTION 'All seats of the cohort are taken.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cohort_seats';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER enrollment_takes_seat BEFORE INSERT ON enrollment FOR EACH ROW
        WHEN (NEW.cohort_id IS NOT NULL AND NEW.state IN ('ACTIVE', 'COMPLETED'))
        EXECUTE FUNCTION refuse_unseated_enrollment();
      CREATE TRIGGER enrollment_moves_seat BEFORE UPDATE OF cohort_id, state ON enrollment FOR EACH ROW
        WHEN (NEW.cohort_id IS NOT NULL AND NEW.state IN ('ACTIVE', 'COMPLETED')
              AND (OLD.cohort_id IS DISTINCT FROM NEW.cohort_id OR OLD.state NOT IN ('ACTIVE', 'COMPLETED')))
        EXECUTE FUNCTION refuse_unseated_enrollment();

      CREATE FUNCTION refuse_too_few_seats() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF NEW.seats < (SELECT count(DISTINCT person_id) FROM enrollment
                         WHERE cohort_id = NEW.id AND state IN ('ACTIVE', 'COMPLETED')) THEN
          RAISE EXCEPTION 'More seats of the cohort are taken.' USING ERRCODE = 'check_violation', CONSTRAINT = 'cohort_seats';
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER cohort_seats BEFORE UPDATE OF seats ON cohort FOR EACH ROW
        WHEN (NEW.seats IS DISTINCT FROM OLD.seats) EXECUTE FUNCTION refuse_too_few_seats();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TRIGGER cohort_seats ON cohort;
      DROP TRIGGER enrollment_moves_seat ON enrollment;
      DROP TRIGGER enrollment_takes_seat ON enrollment;
      DROP FUNCTION refuse_too_few_seats();
      DROP FUNCTION refuse_unseated_enrollment();
      DROP TABLE cohort_course;
      ALTER TABLE cohort DROP COLUMN seats;
    `);
  }
}
