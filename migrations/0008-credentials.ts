import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Certificates with their badges, and the keys that sign them. */
export class Credentials1790000000008 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE signing_key (
        id text PRIMARY KEY,
        algorithm text NOT NULL,
        public_key_multibase text NOT NULL,
        sealed_secret_key text NOT NULL,
        created_at timestamptz NOT NULL,
        retired_at timestamptz,
        CONSTRAINT signing_key_algorithm_check CHECK (algorithm IN ('Ed25519'))
      );
      CREATE UNIQUE INDEX signing_key_one_active_key ON signing_key (algorithm) WHERE retired_at IS NULL;

      CREATE TABLE certificate (
        id uuid PRIMARY KEY,
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        person_id uuid NOT NULL REFERENCES person,
        course_id uuid NOT NULL REFERENCES course,
        cycle integer NOT NULL,
        version_id uuid NOT NULL REFERENCES course_version,
        holder_name text,
        issued_at timestamptz NOT NULL,
        status text NOT NULL,
        badge jsonb NOT NULL,
        CONSTRAINT certificate_enrollment_id_key UNIQUE (enrollment_id),
        CONSTRAINT certificate_person_id_course_id_cycle_key UNIQUE (person_id, course_id, cycle),
        CONSTRAINT certificate_status_check CHECK (status IN ('VALID'))
      );
      CREATE INDEX certificate_course_id_idx ON certificate (course_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE certificate, signing_key;`);
  }
}
