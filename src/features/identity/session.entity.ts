import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import { Person } from './person.entity.js';

/** A browser in which somebody is signed in. Only the digest of its secret is stored. */
@Entity()
export class Session {
  /** SHA-256 of the cookie's value. */
  @PrimaryColumn('bytea')
  idHash!: Buffer;

  @Index('session_person_id_idx')
  @Column('uuid')
  @ForeignKey(() => Person, { onDelete: 'CASCADE' })
  personId!: string;

  @Column('timestamptz')
  createdAt!: Date;

  @Index('session_expires_at_idx')
  @Column('timestamptz')
  expiresAt!: Date;
}
