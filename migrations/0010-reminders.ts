import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger of reminders. */
export class Reminders1790000000010 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE reminder (
        id uuid PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES person,
        kind text NOT NULL,
        obligation text NOT NULL,
        channel text NOT NULL,
        enrollment_id uuid NOT NULL REFERENCES enrollment,
        idle_since timestamptz NOT NULL,
        planned_for timestamptz NOT NULL,
        state text NOT NULL,
        reason text,
        created_at timestamptz NOT NULL,
        settled_at timestamptz,
        CONSTRAINT reminder_person_id_kind_obligation_channel_key UNIQUE (person_id, kind, obligation, channel),
        CONSTRAINT reminder_state_check CHECK (state IN ('PLANNED', 'DUE', 'SENDING', 'SENT', 'DECLINED')),
        CONSTRAINT reminder_reason_check CHECK ((state = 'DECLINED') = (reason IS NOT NULL))
      );
      CREATE INDEX reminder_planned_idx ON reminder (planned_for) WHERE state = 'PLANNED';
      CREATE INDEX reminder_enrollment_id_idx ON reminder (enrollment_id);
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`DROP TABLE reminder;`);
  }
}
