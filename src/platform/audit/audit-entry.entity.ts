import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** One line of the audit log. A trigger refuses to change or delete it. */
@Entity()
@Check('audit_entry_outcome_check', `outcome IN ('DONE', 'REFUSED')`)
export class AuditEntry {
  @PrimaryColumn('uuid')
  id!: string;

  @Index('audit_entry_occurred_at_idx')
  @Column('timestamptz')
  occurredAt!: Date;

  @Column('uuid', { nullable: true })
  actorId!: string | null;

  @Column('text')
  action!: string;

  @Column('text', { nullable: true })
  subject!: string | null;

  @Column('text')
  outcome!: 'DONE' | 'REFUSED';

  @Column('inet', { nullable: true })
  ip!: string | null;

  @Column('jsonb', { nullable: true })
  detail!: unknown;
}
