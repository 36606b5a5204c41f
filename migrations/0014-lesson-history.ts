import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What each save of a lesson's text was, so that none is ever lost. */
export class LessonHistory1790000000014 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE lesson_save (
        id uuid PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES course,
        lesson_key text NOT NULL,
        locale text NOT NULL,
        kind text NOT NULL,
        version_number integer NOT NULL,
        revision integer NOT NULL,
        title text,
        body jsonb,
        content_hash text NOT NULL,
        source_hash text,
        saved_by uuid REFERENCES person,
        started_at timestamptz NOT NULL,
        saved_at timestamptz NOT NULL,
        CONSTRAINT lesson_save_kind_check CHECK (kind IN ('FOUND', 'SAVE', 'AUTOSAVE', 'RESTORE')),
        CONSTRAINT lesson_save_saved_by_check CHECK ((kind = 'FOUND') = (saved_by IS NULL))
      );
      CREATE INDEX lesson_save_lesson_idx ON lesson_save (course_id, lesson_key, locale, id);

      -- Nothing but this: the autosave of somebody who is still writing grows, for two minutes from its beginning.
      CREATE FUNCTION keep_lesson_save() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.kind = 'AUTOSAVE' AND NEW.saved_at BETWEEN OLD.saved_at AND OLD.started_at + interval '2 minutes'
           AND (OLD.id, OLD.course_id, OLD.lesson_key, OLD.locale, OLD.kind, OLD.saved_by, OLD.started_at)
             = (NEW.id, NEW.course_id, NEW.lesson_key, NEW.locale, NEW.kind, NEW.saved_by, NEW.started_at)
        THEN RETURN NEW;
        END IF;
        RAISE EXCEPTION 'lesson_save % is history: it cannot be changed', OLD.id
          USING ERRCODE = 'integrity_constraint_violation';
      END $$;

      CREATE TRIGGER lesson_save_kept BEFORE UPDATE ON lesson_save
        FOR EACH ROW EXECUTE FUNCTION keep_lesson_save();
      CREATE TRIGGER lesson_save_append_only BEFORE DELETE OR TRUNCATE ON lesson_save
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE lesson_save;
      DROP FUNCTION keep_lesson_save();
    `);
  }
}
