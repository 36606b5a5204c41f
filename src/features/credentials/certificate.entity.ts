import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from 'typeorm';
import { DateTime, JSONObject } from '../../platform/graphql/scalars.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Course } from '../catalog/course.entity.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { Person } from '../identity/person.entity.js';
import { CourseCompletion } from '../learning/course-completion.entity.js';
import type { SignedBadge } from './badge.proof.js';

export const CERTIFICATE_STATUSES = ['VALID', 'REVOKED'] as const;
export type CertificateStatus = (typeof CERTIFICATE_STATUSES)[number];
export const CertificateStatusEnum = Object.fromEntries(
  CERTIFICATE_STATUSES.map((status) => [status, status]),
);
registerEnumType(CertificateStatusEnum, {
  name: 'CertificateStatus',
  valuesMap: { REVOKED: { description: 'It holds no more, for good; why is in `revocationReason`.' } },
});

/** What a person shows and prints for a completed course. It carries the badge, which a machine verifies. */
@ObjectType({
  description: 'What a person shows for a completed course; it carries the badge that a machine verifies.',
})
@Entity()
@Unique('certificate_completion_id_key', ['completionId'])
@Unique('certificate_status_index_key', ['statusIndex'])
@Index('certificate_enrollment_id_valid_key', ['enrollmentId'], { unique: true, where: `status = 'VALID'` })
@Index('certificate_person_id_course_id_cycle_valid_key', ['personId', 'courseId', 'cycle'], {
  unique: true,
  where: `status = 'VALID'`,
})
@Index('certificate_course_id_idx', ['courseId'])
@Index('certificate_person_id_idx', ['personId'])
@Index('certificate_revoked_idx', ['statusIndex'], { where: `status = 'REVOKED'` })
@Check('certificate_status_check', `status IN ('VALID', 'REVOKED')`)
@Check(
  'certificate_revoked_check',
  `(status = 'REVOKED') = (revoked_at IS NOT NULL) AND (revoked_at IS NULL) = (revocation_reason IS NULL)`,
)
export class Certificate {
  @Field(() => ID)
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  @ForeignKey(() => Enrollment)
  enrollmentId!: string;

  /** That it was issued for: one certificate for each, whatever becomes of it. */
  @Column('uuid')
  @ForeignKey(() => CourseCompletion)
  completionId!: string;

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

  /** Where its status stands, from 1, over all status lists. */
  @Column('int')
  statusIndex!: number;

  @Field(() => DateTime, { nullable: true, description: 'Null exactly when it is not revoked.' })
  @Column('timestamptz', { nullable: true })
  revokedAt!: Date | null;

  @Field(() => String, { nullable: true, description: 'In the words of whoever revoked it.' })
  @Column('text', { nullable: true })
  revocationReason!: string | null;

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
