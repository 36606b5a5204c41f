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
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE stored_file;
    `);
  }
}
