import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where learners are in a lesson, their private notes, and how they like to read. */
export class PlaceAndNotes1790000000027 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE lesson_position (
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        lesson_key text NOT NULL,
        block integer NOT NULL,
        video_seconds integer,
        saved_at timestamptz NOT NULL,
        PRIMARY KEY (enrollment_id, lesson_key),
        CONSTRAINT lesson_position_check CHECK (block >= 0 AND video_seconds >= 0)
      );

      CREATE TABLE lesson_note (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES person,
        course_id uuid NOT NULL REFERENCES course,
        lesson_key text NOT NULL,
        text text NOT NULL,
        revision integer NOT NULL,
        updated_at timestamptz NOT NULL,
        CONSTRAINT lesson_note_person_id_course_id_lesson_key_key UNIQUE (person_id, course_id, lesson_key),
        CONSTRAINT lesson_note_text_check CHECK (text <> '')
      );

      ALTER TABLE person
        ADD COLUMN text_size text NOT NULL DEFAULT 'MEDIUM',
        ADD COLUMN low_data boolean NOT NULL DEFAULT false,
        ADD CONSTRAINT person_text_size_check CHECK (text_size IN ('MEDIUM', 'LARGE', 'LARGEST'));
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE person DROP COLUMN text_size, DROP COLUMN low_data; DROP TABLE lesson_note; DROP TABLE lesson_position;`,
    );
  }
}
