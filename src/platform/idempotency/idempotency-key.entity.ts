import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** The first answer to a keyed mutation. */
@Entity()
export class IdempotencyKey {
  @PrimaryColumn('uuid')
  personId!: string;

  @PrimaryColumn('text')
  key!: string;

  @Column('text')
  operation!: string;

  @Column('text')
  inputHash!: string;

  @Column('jsonb', { nullable: true })
  response!: unknown;

  @Index('idempotency_key_created_at_idx')
  @Column('timestamptz')
  createdAt!: Date;
}
