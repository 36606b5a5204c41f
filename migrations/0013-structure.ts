import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What trainers need to build a course in the studio: places that are each taken once, what was deleted and may come back,
 * and locales that are explicitly incomplete.
 */
export class Structure1790000000013 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE course_version
        ADD COLUMN partial_locales text[] NOT NULL DEFAULT '{}',
        ADD COLUMN revision integer NOT NULL DEFAULT 1,
        ADD CONSTRAINT course_version_partial_locales_check
          CHECK (partial_locales <@ locales AND NOT (default_locale = ANY (partial_locales)));

      -- Checked at the end of a transaction: to move a lesson is to give several a place that another still has.
      ALTER TABLE course_module ADD CONSTRAINT course_module_version_id_position_key
        UNIQUE (version_id, position) DEFERRABLE INITIALLY DEFERRED;
      ALTER TABLE lesson ADD CONSTRAINT lesson_version_id_position_key
        UNIQUE (version_id, position) DEFERRABLE INITIALLY DEFERRED;

      CREATE TABLE outline_trash (
        id uuid PRIMARY KEY,
        version_id uuid NOT NULL REFERENCES course_version ON DELETE CASCADE,
        module_id uuid,
        position integer NOT NULL,
        content jsonb NOT NULL,
        deleted_at timestamptz NOT NULL,
        deleted_by uuid NOT NULL REFERENCES person
      );
      CREATE INDEX outline_trash_version_id_idx ON outline_trash (version_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE outline_trash;
      ALTER TABLE lesson DROP CONSTRAINT lesson_version_id_position_key;
      ALTER TABLE course_module DROP CONSTRAINT course_module_version_id_position_key;
      ALTER TABLE course_version
        DROP CONSTRAINT course_version_partial_locales_check,
        DROP COLUMN revision,
        DROP COLUMN partial_locales;
    `);
  }
}
