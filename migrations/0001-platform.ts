import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Outbox and delivery ledger, idempotency keys, audit log. */
export class Platform1790000000001 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      CREATE TABLE outbox_event (
        id uuid PRIMARY KEY,
        type text NOT NULL,
        payload jsonb NOT NULL,
        occurred_at timestamptz NOT NULL
      );
      CREATE INDEX outbox_event_occurred_at_idx ON outbox_event (occurred_at);

      CREATE TABLE delivery (
        event_id uuid NOT NULL REFERENCES outbox_event ON DELETE CASCADE,
        handler text NOT NULL,
        state text NOT NULL,
        attempts integer NOT NULL DEFAULT 0,
        queued_at timestamptz,
        finished_at timestamptz,
        last_error text,
        PRIMARY KEY (event_id, handler),
        CONSTRAINT delivery_state_check CHECK (state IN ('PENDING', 'QUEUED', 'DONE', 'PARKED'))
      );
      CREATE INDEX delivery_pending_idx ON delivery (event_id, handler) WHERE state = 'PENDING';
      CREATE INDEX delivery_queued_idx ON delivery (queued_at) WHERE state = 'QUEUED';
      CREATE INDEX delivery_parked_idx ON delivery (event_id, handler) WHERE state = 'PARKED';

      CREATE TABLE idempotency_key (
        person_id uuid NOT NULL,
        key text NOT NULL,
        operation text NOT NULL,
        input_hash text NOT NULL,
        response jsonb,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (person_id, key)
      );
      CREATE INDEX idempotency_key_created_at_idx ON idempotency_key (created_at);

      CREATE TABLE audit_entry (
        id uuid PRIMARY KEY,
        occurred_at timestamptz NOT NULL,
        actor_id uuid,
        action text NOT NULL,
        subject text,
        outcome text NOT NULL,
        ip inet,
        detail jsonb,
        CONSTRAINT audit_entry_outcome_check CHECK (outcome IN ('DONE', 'REFUSED'))
      );
      CREATE INDEX audit_entry_occurred_at_idx ON audit_entry (occurred_at);

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        RAISE EXCEPTION '% is append-only: % is refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'integrity_constraint_violation';
      END $$;

      CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
        FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query(`
      DROP TABLE audit_entry, idempotency_key, delivery, outbox_event;
      DROP FUNCTION refuse_change();
    `);
  }
}
