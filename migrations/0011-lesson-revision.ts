import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How often a lesson was saved, so that a second tab notices what the first one did. */
export class LessonRevision1790000000011 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE lesson ADD COLUMN revision integer NOT NULL DEFAULT 1;`);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`ALTER TABLE lesson DROP COLUMN revision;`);
  }
}
