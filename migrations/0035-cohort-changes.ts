import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Of two managers who change one cohort, the later one is told what the other changed. */
export class CohortChanges1790000000035 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      ALTER TABLE cohort ADD COLUMN revision integer NOT NULL DEFAULT 1;

      CREATE TABLE cohort_change (
        cohort_id uuid NOT NULL REFERENCES cohort ON DELETE CASCADE,
        revision integer NOT NULL,
        changed_by uuid REFERENCES person ON DELETE SET NULL,
        changed_at timestamptz NOT NULL,
        fields jsonb NOT NULL,
        PRIMARY KEY (cohort_id, revision),
        CONSTRAINT cohort_change_revision_check CHECK (revision > 1)
      );
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE cohort_change;
      ALTER TABLE cohort DROP COLUMN revision;
    `);
  }
}
