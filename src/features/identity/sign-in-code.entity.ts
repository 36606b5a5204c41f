import { Column, Entity, Index, PrimaryColumn } from 'typeorm';
import type { Locale } from '../../platform/locale.js';

/** A six-digit code that was mailed. Only a keyed digest of it is stored. */
@Entity()
@Index('sign_in_code_email_created_at_idx', ['email', 'createdAt'])
@Index('sign_in_code_ip_created_at_idx', ['ip', 'createdAt'])
export class SignInCode {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text')
  email!: string;

  @Column('bytea')
  codeHash!: Buffer;

  /** SHA-256 of the secret in the cookie of the browser that asked. */
  @Column('bytea')
  browserHash!: Buffer;

  @Column('inet', { nullable: true })
  ip!: string | null;

  @Column('text')
  locale!: Locale;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  expiresAt!: Date;

  @Column('int', { default: 0 })
  tries!: number;

  @Column('timestamptz', { nullable: true })
  usedAt!: Date | null;
}
