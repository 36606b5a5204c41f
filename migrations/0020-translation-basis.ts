import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the translations of titles, summaries and questions were made from. Those of lessons say it in `lesson_save`. */
export class TranslationBasis1790000000020 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE translation_basis (
        course_id uuid NOT NULL REFERENCES course ON DELETE CASCADE,
        subject text NOT NULL,
        locale text NOT NULL,
        content_hash text NOT NULL,
        source_hash text,
        PRIMARY KEY (course_id, subject, locale)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE translation_basis;`);
  }
}
