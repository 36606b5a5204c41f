import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Learners' bookmarks; and the version in which somebody was at a place, so that it is found again in the next one. */
export class Bookmarks1790000000034 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE bookmark (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES person,
        version_id uuid NOT NULL REFERENCES course_version,
        lesson_key text NOT NULL,
        block integer NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT bookmark_person_id_version_id_lesson_key_block_key UNIQUE (person_id, version_id, lesson_key, block),
        CONSTRAINT bookmark_block_check CHECK (block >= 0)
      );

      ALTER TABLE lesson_position ADD COLUMN version_id uuid REFERENCES course_version;
      UPDATE lesson_position SET version_id = enrollment.version_id
        FROM enrollment WHERE enrollment.id = lesson_position.enrollment_id;
      ALTER TABLE lesson_position ALTER COLUMN version_id SET NOT NULL;
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE lesson_position DROP COLUMN version_id; DROP TABLE bookmark;`);
  }
}
