import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { BadInputError, DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { requireMember } from '../businesses/business.policies.js';
import { findBusinessesOf } from '../businesses/business.queries.js';
import { Course } from '../catalog/course.entity.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { cohortPhase } from '../programs/cohort.rules.js';
import type { Cohort } from '../programs/program.entity.js';
import { findCohortOffering, findCohortsOffering } from '../programs/program.queries.js';
import { cohortRefusals } from './cohort.rules.js';
import { CohortService } from './cohort.service.js';
import type { Enrollment } from './enrollment.entity.js';
import { LearnerEnrolled } from './enrollment.events.js';
import { findEnrollmentsOf, findNewestEnrollments, insertEnrollment } from './enrollment.queries.js';
import { answerToEnroll, theOnly } from './enrollment.rules.js';
import { Prerequisites } from './prerequisites.js';

export interface EnrollmentWish {
  courseId: string;
  businessId?: string | null;
  cohortId?: string | null;
  withoutCohort?: boolean | null;
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
    private readonly cohorts: CohortService,
    private readonly prerequisites: Prerequisites,
  ) {}

  /**
   * Enrolls the viewer in the published version. Asked again, gives the enrollment that is there; after one that ended, begins
   * a new cycle.
   * @param input without a business, the viewer's only one; without a cohort, the only one open that offers the course, unless they
   *   want none; `again` for somebody who completed the course and wants to take it once more.
   * @throws DomainError `COURSE_NOT_PUBLISHED`, `ENROLLMENT_COMPLETED`, `PREREQUISITE_MISSING`, `COHORT_WITHOUT_COURSE`,
   *   `COHORT_NOT_OPEN`, `COHORT_FULL`
   */
  async enroll(viewer: Viewer, input: EnrollmentWish): Promise<Enrollment> {
    return this.database.transaction(async (tx) => {
      // Shared, against a publication: whoever enrolls meanwhile begins with its version, or is there to be moved to it; and against
      // a change of the prerequisites.
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
      await this.prerequisites.require(tx, viewer.personId, course.id);
      const now = this.clock.now();
      const enrollment: Enrollment = {
        id: this.ids.next(),
        personId: viewer.personId,
        courseId: course.id,
        versionId: course.publishedVersionId,
        businessId: await this.chooseBusiness(tx, viewer, input.businessId),
        cohortId: await this.chooseCohort(tx, viewer, course.id, input),
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

  /** Full is not the same as none: who would be left out of the only cohort is told so, and may say that they want none. */
  private async chooseCohort(
    tx: Tx,
    { personId }: Viewer,
    courseId: string,
    { cohortId, withoutCohort }: EnrollmentWish,
  ): Promise<string | null> {
    if (cohortId && withoutCohort) throw new BadInputError('Give cohortId or withoutCohort, not both.');
    if (withoutCohort) return null;
    const cohort = cohortId
      ? await findCohortOffering(tx, parseId(cohortId), courseId)
      : await this.onlyOpenCohort(tx, courseId);
    if (cohort) await this.cohorts.join(tx, cohort, personId);
    else if (cohortId) throw new DomainError(cohortRefusals.COHORT_WITHOUT_COURSE);
    return cohort?.id ?? null;
  }

  private async onlyOpenCohort(tx: Tx, courseId: string): Promise<Cohort | null> {
    const now = this.clock.now();
    const offering = (await findCohortsOffering(tx, [courseId], now)).get(courseId)!;
    return theOnly(offering.filter((cohort) => cohortPhase(cohort, now) === 'OPEN'));
  }
}

async function findNewest(tx: Tx, { personId }: Viewer, courseId: string): Promise<Enrollment | undefined> {
  return (await findNewestEnrollments(tx, personId, [courseId])).get(courseId);
}
