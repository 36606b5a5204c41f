import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Calls of a program, and their rules, edition by edition. */
export class Grants1790000000009 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE grant_call (
        id uuid PRIMARY KEY,
        program_id uuid NOT NULL REFERENCES program,
        names jsonb NOT NULL,
        opens_local text NOT NULL,
        closes_local text NOT NULL,
        time_zone text NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT grant_call_window_check CHECK (opens_local < closes_local)
      );
      CREATE INDEX grant_call_program_id_idx ON grant_call (program_id);

      CREATE TABLE rule_set (
        id uuid PRIMARY KEY,
        call_id uuid NOT NULL REFERENCES grant_call,
        number integer NOT NULL,
        tree jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        created_by uuid REFERENCES person,
        CONSTRAINT rule_set_call_id_number_key UNIQUE (call_id, number)
      );
      CREATE TRIGGER rule_set_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON rule_set
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE rule_set, grant_call;`);
  }
}
