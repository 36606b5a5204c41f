import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Files of courses, what each trainer may do in a course, and comments on what is written in it. */
export class FilesAndTeams1790000000015 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE stored_file (
        sha256 text PRIMARY KEY CONSTRAINT stored_file_sha256_check CHECK (sha256 ~ '^[0-9a-f]{64}$'),
        media_type text NOT NULL,
        bytes integer NOT NULL CONSTRAINT stored_file_bytes_check CHECK (bytes > 0),
        width integer,
        height integer,
        variants integer[] NOT NULL DEFAULT '{}',
        created_at timestamptz NOT NULL,
        created_by uuid,
        CONSTRAINT stored_file_picture_check CHECK ((width IS NULL) = (height IS NULL))
      );

      ALTER TABLE course_trainer
        ADD COLUMN role text NOT NULL DEFAULT 'AUTHOR',
        ADD CONSTRAINT course_trainer_role_check CHECK (role IN ('AUTHOR', 'EDITOR', 'REVIEWER'));

      CREATE TABLE lesson_comment (
        id uuid PRIMARY KEY,
        course_id uuid NOT NULL REFERENCES course ON DELETE CASCADE,
        lesson_key text NOT NULL,
        locale text NOT NULL,
        block_index integer,
        excerpt text NOT NULL,
        parent_id uuid REFERENCES lesson_comment ON DELETE CASCADE,
        author_id uuid NOT NULL REFERENCES person,
        text text NOT NULL,
        created_at timestamptz NOT NULL,
        resolved_at timestamptz,
        resolved_by uuid REFERENCES person,
        CONSTRAINT lesson_comment_resolved_check CHECK ((resolved_at IS NULL) = (resolved_by IS NULL)),
        CONSTRAINT lesson_comment_reply_check CHECK (parent_id IS NULL OR resolved_at IS NULL)
      );
      CREATE INDEX lesson_comment_course_id_lesson_key_idx ON lesson_comment (course_id, lesson_key);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE lesson_comment;
      ALTER TABLE course_trainer DROP COLUMN role;
      DROP TABLE stored_file;
    `);
  }
}
