import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Businesses, their members, dated facts about them. */
export class Businesses1790000000003 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE business (
        id uuid PRIMARY KEY,
        name text NOT NULL,
        registration_number text,
        created_at timestamptz NOT NULL
      );
      CREATE UNIQUE INDEX business_registration_number_key ON business (registration_number)
        WHERE registration_number IS NOT NULL;

      CREATE TABLE business_member (
        business_id uuid NOT NULL REFERENCES business ON DELETE CASCADE,
        person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (business_id, person_id)
      );
      CREATE INDEX business_member_person_id_idx ON business_member (person_id);

      CREATE TABLE business_fact (
        id uuid PRIMARY KEY,
        business_id uuid NOT NULL REFERENCES business ON DELETE CASCADE,
        kind text NOT NULL,
        value jsonb NOT NULL,
        as_of date NOT NULL,
        recorded_at timestamptz NOT NULL,
        recorded_by uuid REFERENCES person ON DELETE SET NULL,
        CONSTRAINT business_fact_kind_check
          CHECK (kind IN ('COUNTRY', 'REGION', 'HEADCOUNT', 'FOR_PROFIT', 'TRADING_SINCE', 'SECTOR'))
      );
      CREATE INDEX business_fact_business_id_kind_as_of_idx ON business_fact (business_id, kind, as_of, recorded_at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE business_fact, business_member, business;`);
  }
}
