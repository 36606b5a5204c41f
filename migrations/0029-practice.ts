import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What learners answered when they went over questions again, and what they do not want to go over. */
export class Practice1790000000029 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE practice_answer (
        person_id uuid NOT NULL REFERENCES person,
        id uuid NOT NULL,
        question_version_id uuid NOT NULL REFERENCES question_version,
        option_keys text[] NOT NULL,
        text text,
        pairs jsonb,
        score integer NOT NULL,
        claimed_at timestamptz,
        answered_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, id),
        CONSTRAINT practice_answer_answered_at_check CHECK (answered_at <= claimed_at)
      );
      -- An answer is never changed; it may go with its person.
      CREATE TRIGGER practice_answer_unchanged BEFORE UPDATE ON practice_answer
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

      CREATE TABLE practice_question_stop (
        person_id uuid NOT NULL REFERENCES person,
        question_id uuid NOT NULL REFERENCES question,
        stopped_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, question_id)
      );
      CREATE TABLE practice_course_stop (
        person_id uuid NOT NULL REFERENCES person,
        course_id uuid NOT NULL REFERENCES course,
        stopped_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, course_id)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE practice_course_stop;
      DROP TABLE practice_question_stop;
      DROP TABLE practice_answer;
    `);
  }
}
