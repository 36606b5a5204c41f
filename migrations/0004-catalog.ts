import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Courses, their versions, modules and lessons, and the question bank. What is published can no longer be changed. */
export class Catalog1790000000004 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE course (
        id uuid PRIMARY KEY,
        slug text NOT NULL CONSTRAINT course_slug_key UNIQUE,
        published_version_id uuid,
        created_at timestamptz NOT NULL
      );

      CREATE TABLE course_trainer (
        course_id uuid NOT NULL REFERENCES course ON DELETE CASCADE,
        person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (course_id, person_id)
      );

      CREATE TABLE course_version (
        id uuid PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES course,
        number integer NOT NULL,
        default_locale text NOT NULL,
        locales text[] NOT NULL,
        titles jsonb NOT NULL,
        summaries jsonb NOT NULL,
        outcomes jsonb NOT NULL,
        descriptions jsonb NOT NULL,
        topics text[] NOT NULL,
        license text,
        criteria jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        published_at timestamptz,
        published_by uuid REFERENCES person,
        publish_policy text,
        content_hash text,
        CONSTRAINT course_version_course_id_number_key UNIQUE (course_id, number),
        CONSTRAINT course_version_publish_policy_check CHECK (publish_policy IN ('NEW_LEARNERS_ONLY')),
        CONSTRAINT course_version_published_check CHECK ((published_at IS NULL) = (content_hash IS NULL))
      );
      CREATE UNIQUE INDEX course_version_one_draft_key ON course_version (course_id) WHERE published_at IS NULL;
      ALTER TABLE course ADD CONSTRAINT course_published_version_id_fkey
        FOREIGN KEY (published_version_id) REFERENCES course_version;

      CREATE TABLE course_module (
        id uuid PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES course_version ON DELETE CASCADE,
        key text NOT NULL,
        position integer NOT NULL,
        titles jsonb NOT NULL,
        summaries jsonb NOT NULL,
        CONSTRAINT course_module_version_id_key_key UNIQUE (version_id, key)
      );

      CREATE TABLE lesson (
        id uuid PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES course_version ON DELETE CASCADE,
        module_id uuid NOT NULL REFERENCES course_module ON DELETE CASCADE,
        key text NOT NULL,
        position integer NOT NULL,
        kind text NOT NULL,
        required boolean NOT NULL,
        estimated_minutes integer NOT NULL,
        titles jsonb NOT NULL,
        bodies jsonb,
        quiz_pass_percent integer,
        CONSTRAINT lesson_version_id_key_key UNIQUE (version_id, key),
        CONSTRAINT lesson_kind_check CHECK (kind IN ('READING', 'QUIZ')),
        CONSTRAINT lesson_quiz_check CHECK ((kind = 'QUIZ') = (quiz_pass_percent IS NOT NULL)),
        CONSTRAINT lesson_estimated_minutes_check CHECK (estimated_minutes BETWEEN 1 AND 600)
      );
      CREATE INDEX lesson_module_id_idx ON lesson (module_id);

      CREATE TABLE question (
        id uuid PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES course,
        key text NOT NULL,
        CONSTRAINT question_course_id_key_key UNIQUE (course_id, key)
      );

      CREATE TABLE question_version (
        id uuid PRIMARY KEY,
        question_id uuid NOT NULL REFERENCES question,
        number integer NOT NULL,
        kind text NOT NULL,
        prompts jsonb NOT NULL,
        options jsonb NOT NULL,
        explanations jsonb,
        content_hash text NOT NULL,
        CONSTRAINT question_version_question_id_number_key UNIQUE (question_id, number),
        CONSTRAINT question_version_kind_check CHECK (kind IN ('SINGLE_CHOICE', 'MULTIPLE_CHOICE', 'TRUE_FALSE'))
      );

      CREATE TABLE quiz_question (
        lesson_id uuid NOT NULL REFERENCES lesson ON DELETE CASCADE,
        question_version_id uuid NOT NULL REFERENCES question_version,
        position integer NOT NULL,
        PRIMARY KEY (lesson_id, question_version_id),
        CONSTRAINT quiz_question_lesson_id_position_key UNIQUE (lesson_id, position)
      );
      CREATE INDEX quiz_question_question_version_id_idx ON quiz_question (question_version_id);

      -- The share lock makes an edit wait for a publication under way, and then find the version published.
      CREATE FUNCTION refuse_change_to_published_version(version uuid, what text) RETURNS void LANGUAGE plpgsql AS $$
      DECLARE published timestamptz;
      BEGIN
        SELECT published_at INTO published FROM course_version WHERE id = version FOR SHARE;
        IF published IS NOT NULL THEN
          RAISE EXCEPTION 'course version % is published: its % cannot be changed', version, what
            USING ERRCODE = 'integrity_constraint_violation';
        END IF;
      END $$;

      CREATE FUNCTION keep_published_outline() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP <> 'INSERT' THEN PERFORM refuse_change_to_published_version(OLD.version_id, TG_TABLE_NAME); END IF;
        IF TG_OP <> 'DELETE' THEN
          PERFORM refuse_change_to_published_version(NEW.version_id, TG_TABLE_NAME);
          RETURN NEW;
        END IF;
        RETURN OLD;
      END $$;

      CREATE FUNCTION keep_published_quiz() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          PERFORM refuse_change_to_published_version(version_id, 'quiz') FROM lesson WHERE id = OLD.lesson_id;
        END IF;
        IF TG_OP <> 'DELETE' THEN
          PERFORM refuse_change_to_published_version(version_id, 'quiz') FROM lesson WHERE id = NEW.lesson_id;
          RETURN NEW;
        END IF;
        RETURN OLD;
      END $$;

      CREATE FUNCTION keep_published_version() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.published_at IS NOT NULL THEN
          RAISE EXCEPTION 'course version % is published: it cannot be changed', OLD.id
            USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
      END $$;

      CREATE TRIGGER course_version_frozen BEFORE UPDATE OR DELETE ON course_version
        FOR EACH ROW EXECUTE FUNCTION keep_published_version();
      CREATE TRIGGER course_module_frozen BEFORE INSERT OR UPDATE OR DELETE ON course_module
        FOR EACH ROW EXECUTE FUNCTION keep_published_outline();
      CREATE TRIGGER lesson_frozen BEFORE INSERT OR UPDATE OR DELETE ON lesson
        FOR EACH ROW EXECUTE FUNCTION keep_published_outline();
      CREATE TRIGGER quiz_question_frozen BEFORE INSERT OR UPDATE OR DELETE ON quiz_question
        FOR EACH ROW EXECUTE FUNCTION keep_published_quiz();
      CREATE TRIGGER question_version_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON question_version
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER course_version_not_emptied BEFORE TRUNCATE ON course_version
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER course_module_not_emptied BEFORE TRUNCATE ON course_module
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER lesson_not_emptied BEFORE TRUNCATE ON lesson
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER quiz_question_not_emptied BEFORE TRUNCATE ON quiz_question
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE course DROP CONSTRAINT course_published_version_id_fkey;
      DROP TABLE quiz_question, question_version, question, lesson, course_module, course_version, course_trainer, course;
      DROP FUNCTION keep_published_version(), keep_published_quiz(), keep_published_outline(),
        refuse_change_to_published_version(uuid, text);
    `);
  }
}
