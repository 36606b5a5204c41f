import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, JSONObject } from '../../platform/graphql/scalars.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Person } from '../identity/person.entity.js';
import type { SignedBadge } from './badge.proof.js';

export const CERTIFICATE_STATUSES = ['VALID'] as const;
export type CertificateStatus = (typeof CERTIFICATE_STATUSES)[number];
export const CertificateStatusEnum = Object.fromEntries(
  CERTIFICATE_STATUSES.map((status) => [status, status]),
);
registerEnumType(CertificateStatusEnum, { name: 'CertificateStatus' });

/** What a person shows and prints for a completed course. It carries the badge, which a machine verifies. */
@ObjectType({
  description: 'What a person shows for a completed course; it carries the badge that a machine verifies.',
})
@Entity()
@Unique('certificate_enrollment_id_key', ['enrollmentId'])
@Unique('certificate_person_id_course_id_cycle_key', ['personId', 'courseId', 'cycle'])
@Index('certificate_course_id_idx', ['courseId'])
@Check('certificate_status_check', `status IN ('VALID')`)
export class Certificate {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  @Column('uuid')
  @ForeignKey(() => Person)
  personId!: string;

  @Column('uuid')
  @ForeignKey(() => Course)
  courseId!: string;

  @Column('int')
  cycle!: number;

  @Column('uuid')
  @ForeignKey(() => CourseVersion)
  versionId!: string;

  /** As the holder wrote it when the certificate was issued; it is not in the badge. */
  @Field(() => String, {
    name: 'holder',
    nullable: true,
    description: 'As the holder wrote it when it was issued.',
  })
  @Column('text', { nullable: true })
  holderName!: string | null;

  @Field(() => DateTime, { description: 'When the course was completed.' })
  @Column('timestamptz')
  issuedAt!: Date;

  @Field(() => CertificateStatusEnum)
  @Column('text')
  status!: CertificateStatus;

  @Field(() => JSONObject, { description: 'Open Badges 3.0 credential with a Data Integrity proof.' })
  @Column('jsonb')
  badge!: SignedBadge;
}

/** A key that signs badges. Its secret half is sealed under the master key. */
@Entity('signing_key')
@Index('signing_key_one_active_key', ['algorithm'], { unique: true, where: 'retired_at IS NULL' })
@Check('signing_key_algorithm_check', `algorithm IN ('Ed25519')`)
export class SigningKeyRow {
  /** Fragment of its verification method in the issuer's DID document. */
  @PrimaryColumn('text')
  id!: string;

  @Column('text')
  algorithm!: 'Ed25519';

  /** Multikey encoding (W3C Controlled Identifiers, section 2.2.2). */
  @Column('text')
  publicKeyMultibase!: string;

  @Column('text')
  sealedSecretKey!: string;

  @Column('timestamptz')
  createdAt!: Date;

  /** It signs no more from then on; what it signed stays verifiable. */
  @Column('timestamptz', { nullable: true })
  retiredAt!: Date | null;
}
