import type { MigrationInterface, QueryRunner } from 'typeorm';

/** People, sessions, sign-in codes. */
export class Identity1790000000002 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE person (
        id uuid PRIMARY KEY,
        email text NOT NULL CONSTRAINT person_email_key UNIQUE,
        name text,
        locale text NOT NULL,
        time_zone text NOT NULL,
        roles text[] NOT NULL DEFAULT '{}',
        is_test boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL,
        CONSTRAINT person_locale_check CHECK (locale IN ('en', 'fr')),
        CONSTRAINT person_roles_check CHECK (roles <@ ARRAY['TRAINER', 'MANAGER', 'ADMIN']),
        CONSTRAINT person_email_check CHECK (email = lower(email))
      );

      CREATE TABLE session (
        id_hash bytea PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES person ON DELETE CASCADE,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL
      );
      CREATE INDEX session_person_id_idx ON session (person_id);
      CREATE INDEX session_expires_at_idx ON session (expires_at);

      CREATE TABLE sign_in_code (
        id uuid PRIMARY KEY,
        email text NOT NULL,
        code_hash bytea NOT NULL,
        browser_hash bytea NOT NULL,
        ip inet,
        locale text NOT NULL,
        created_at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        tries integer NOT NULL DEFAULT 0,
        used_at timestamptz
      );
      CREATE INDEX sign_in_code_email_created_at_idx ON sign_in_code (email, created_at);
      CREATE INDEX sign_in_code_ip_created_at_idx ON sign_in_code (ip, created_at);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE sign_in_code, session, person;`);
  }
}
