import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { requireMember } from '../businesses/business.policies.js';
import { findBusinessesOf } from '../businesses/business.queries.js';
import { Course } from '../catalog/course.entity.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { findOpenCohorts } from '../programs/program.queries.js';
import type { Enrollment } from './enrollment.entity.js';
import { LearnerEnrolled } from './enrollment.events.js';
import { findEnrollmentsOf, findNewestEnrollments, insertEnrollment } from './enrollment.queries.js';
import { answerToEnroll, enrollmentRefusals, theOnly } from './enrollment.rules.js';

export interface EnrollmentWish {
  courseId: string;
  businessId?: string | null;
  cohortId?: string | null;
  again?: boolean | null;
}

/** Who takes which version of which course, for which business, in which cohort. */
@Injectable()
export class EnrollmentService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Enrolls the viewer in the published version. Asked again, gives the enrollment that is there; after one that ended, begins
   * a new cycle.
   * @param input without a business, the viewer's only one; without a cohort, the only one open that offers the course; `again`
   *   for somebody who completed the course and wants to take it once more.
   * @throws DomainError `COURSE_NOT_PUBLISHED`, `COHORT_NOT_OPEN`, `ENROLLMENT_COMPLETED`
   */
  async enroll(viewer: Viewer, input: EnrollmentWish): Promise<Enrollment> {
    return this.database.transaction(async (tx) => {
      // Shared, against a publication: whoever enrolls meanwhile begins with its version, or is there to be moved to it.
      const course = await tx.findOne(Course, {
        where: { id: parseId(input.courseId) },
        lock: { mode: 'pessimistic_read' },
      });
      if (!course) throw new NotFoundError();
      if (!course.publishedVersionId) throw new DomainError(catalogRefusals.COURSE_NOT_PUBLISHED);
      // First of all: who is enrolled stays so, whether or not the intake they came with is still open.
      const newest = await findNewest(tx, viewer, course.id);
      const answer = newest ? answerToEnroll(newest, input.again ?? false) : 'NEW_CYCLE';
      if (answer === 'KEEP') return newest!;
      if (answer !== 'NEW_CYCLE') throw new DomainError(answer);
      const now = this.clock.now();
      const enrollment: Enrollment = {
        id: this.ids.next(),
        personId: viewer.personId,
        courseId: course.id,
        versionId: course.publishedVersionId,
        businessId: await this.chooseBusiness(tx, viewer, input.businessId),
        cohortId: await this.chooseCohort(tx, course.id, now, input.cohortId),
        cycle: (newest?.cycle ?? 0) + 1,
        state: 'ACTIVE',
        enrolledAt: now,
        lastActivityAt: now,
        endedAt: null,
        withdrawalReason: null,
        withdrawalNote: null,
      };
      if (await insertEnrollment(tx, enrollment)) {
        await this.outbox.record(tx, LearnerEnrolled, { enrollmentId: enrollment.id });
        return enrollment;
      }
      return (await findNewest(tx, viewer, course.id))!; // made by a request that came at the same time
    });
  }

  listOf(viewer: Viewer): Promise<Enrollment[]> {
    return this.database.read((tx) => findEnrollmentsOf(tx, viewer.personId));
  }

  private async chooseBusiness(tx: Tx, viewer: Viewer, businessId?: string | null): Promise<string | null> {
    if (businessId) return requireMember(tx, viewer, businessId);
    return theOnly(await findBusinessesOf(tx, viewer.personId))?.id ?? null;
  }

  private async chooseCohort(
    tx: Tx,
    courseId: string,
    at: Date,
    cohortId?: string | null,
  ): Promise<string | null> {
    const open = await findOpenCohorts(tx, courseId, at, cohortId ? parseId(cohortId) : undefined);
    if (cohortId && open.length === 0) throw new DomainError(enrollmentRefusals.COHORT_NOT_OPEN);
    return theOnly(open)?.id ?? null;
  }
}

async function findNewest(tx: Tx, { personId }: Viewer, courseId: string): Promise<Enrollment | undefined> {
  return (await findNewestEnrollments(tx, personId, [courseId])).get(courseId);
}
