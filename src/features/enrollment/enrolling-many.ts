import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { Ids } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { findOnlyBusinesses } from '../businesses/business.queries.js';
import { Course } from '../catalog/course.entity.js';
import { findCohortOffering, lockCohort } from '../programs/program.queries.js';
import { refusalToJoin } from './cohort.rules.js';
import { LearnerEnrolled } from './enrollment.events.js';
import { findHeldUp, insertFirstEnrollments } from './enrollment.queries.js';

/** Enrolls many people at once, where there is nothing to decide about any of them: the statements do not grow with them. */
@Injectable()
export class EnrollingMany {
  constructor(
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Enrolls people who never took a course, as `EnrollmentService.enroll` would one by one. Left out is whoever it might refuse: who
   * has to complete another course first, and everybody where the course is not published, or the cohort does not offer it, is not
   * open or counts its seats.
   * @param people whose accounts the caller has locked; with the business that they act for, or else their only one
   * @returns the enrollment of each person who was enrolled
   */
  async enrollNew(
    tx: Tx,
    { courseId, cohortId }: { courseId: string; cohortId: string },
    people: readonly { personId: string; businessId?: string }[],
  ): Promise<Map<string, string>> {
    if (people.length === 0) return new Map();
    // As for one: of a publication at the same moment and this one comes first.
    const course = await tx.findOne(Course, { where: { id: courseId }, lock: { mode: 'pessimistic_read' } });
    const cohort = await findCohortOffering(tx, cohortId, courseId);
    const now = this.clock.now();
    if (!course?.publishedVersionId || !cohort || refusalToJoin(cohort, now)) return new Map();
    // A limit that is set at this moment waits, or is seen.
    if ((await lockCohort(tx, cohortId, 'SHARED'))!.seats !== null) return new Map();
    const personIds = people.map(({ personId }) => personId);
    const heldUp = await findHeldUp(tx, personIds, courseId);
    const only = await findOnlyBusinesses(tx, personIds);
    const enrolled = await insertFirstEnrollments(
      tx,
      { courseId, versionId: course.publishedVersionId, cohortId, now },
      people
        .filter(({ personId }) => !heldUp.has(personId))
        .map(({ personId, businessId }) => ({
          id: this.ids.next(),
          personId,
          businessId: businessId ?? only.get(personId) ?? null,
        })),
    );
    await this.outbox.recordAll(
      tx,
      LearnerEnrolled,
      [...enrolled.values()].map((enrollmentId) => ({ enrollmentId })),
    );
    return enrolled;
  }
}
