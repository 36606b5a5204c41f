import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { Ids } from '../../platform/ids.js';
import { LOCALES } from '../../platform/locale.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { Course } from '../catalog/course.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { lockEnrollment } from '../enrollment/enrollment.queries.js';
import { Person } from '../identity/person.entity.js';
import { findMinimumPercent } from '../learning/completion-criteria.queries.js';
import { CompletionReversal, CourseCompletion } from '../learning/course-completion.entity.js';
import { buildBadge } from './badge.rules.js';
import { signBadge } from './badge.proof.js';
import { Certificate } from './certificate.entity.js';
import { criteriaNarrative } from './certificate.rules.js';
import { CertificateIssued } from './credentials.events.js';
import { insertCertificate, nextStatusIndex } from './credentials.queries.js';
import { SigningKeys } from './signing-keys.js';

/** Issues certificates with their badges. */
@Injectable()
export class IssuingService {
  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly outlines: Outlines,
    private readonly keys: SigningKeys,
    private readonly outbox: Outbox,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Issues the certificate of a completion that holds. Issued again, it is the same one: a unique index holds it. The enrollment's
   * lock decides between it and a reversal: whichever comes second sees the other.
   *
   * It is dated by the completion, not by the worker: someone who finished a minute before a call closed is not late
   * because a queue was long.
   */
  async issue(tx: Tx, completionId: string): Promise<void> {
    const completion = await tx.findOneByOrFail(CourseCompletion, { id: completionId });
    const enrollment = (await lockEnrollment(tx, completion.enrollmentId))!;
    if (await tx.existsBy(CompletionReversal, { completionId })) return;
    if (await tx.existsBy(Certificate, { completionId })) return;
    const person = await tx.findOneByOrFail(Person, { id: enrollment.personId });
    const course = await tx.findOneByOrFail(Course, { id: enrollment.courseId });
    const { version, lessons } = await this.outlines.require(completion.versionId, tx);
    const overallMinimumPercent = await findMinimumPercent(tx, course.id, completion.criteriaVersion);
    const locale = version.locales.includes(person.locale) ? person.locale : version.defaultLocale;
    const key = await this.keys.active(tx);
    const certificateId = this.ids.next();
    const statusIndex = await nextStatusIndex(tx);
    const badge = buildBadge({
      publicUrl: this.config.publicUrl,
      certificateId,
      statusIndex,
      issuedAt: completion.occurredAt,
      issuerName: this.config.issuerName,
      issuerDid: key.did,
      holder: { email: person.email, salt: randomBytes(16).toString('hex'), subjectId: this.ids.next() },
      achievement: {
        courseSlug: course.slug,
        versionNumber: version.number,
        names: version.titles,
        descriptions: version.summaries,
        criteriaNarrative: criteriaNarrative(
          { lessons, overallMinimumPercent },
          LOCALES.find((spoken) => spoken === locale) ?? person.locale,
        ),
        locale,
      },
    });
    const inserted = await insertCertificate(tx, {
      id: certificateId,
      enrollmentId: enrollment.id,
      completionId,
      personId: person.id,
      courseId: course.id,
      cycle: enrollment.cycle,
      versionId: version.id,
      holderName: person.name,
      issuedAt: completion.occurredAt,
      status: 'VALID',
      statusIndex,
      revokedAt: null,
      revocationReason: null,
      badge: await signBadge(badge, key, this.clock.now()),
    });
    if (inserted) await this.outbox.record(tx, CertificateIssued, { certificateId });
  }
}
