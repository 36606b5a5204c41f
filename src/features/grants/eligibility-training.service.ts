import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import type { Tx } from '../../platform/database/database.js';
import { memberIdsOf } from '../businesses/business.queries.js';
import type { Course } from '../catalog/course.entity.js';
import { findCourses } from '../catalog/course.queries.js';
import { Outlines } from '../catalog/outlines.js';
import { findPrerequisiteIds } from '../catalog/prerequisite.queries.js';
import { findCertificateFacts } from '../credentials/credentials.queries.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { findCompletedCourseIds, findNewestEnrollments } from '../enrollment/enrollment.queries.js';
import { findCompletionFacts } from '../learning/completion-facts.queries.js';
import { evaluateCompletion, FIRST_CRITERIA, NO_WORK, type Missing } from '../learning/completion.rules.js';
import type { TrainingFact, TrainingStep } from './eligibility.facts.js';

type CertificateFact = Awaited<ReturnType<typeof findCertificateFacts>>[number];

/** What is known of the courses that a rule asks for, and of those that come before them. */
interface Known {
  courses: ReadonlyMap<string, Course>;
  /** The viewer's newest in each course. */
  enrollments: ReadonlyMap<string, Enrollment>;
  /** What was done in each of these enrollments, and what it is judged by. */
  work: Awaited<ReturnType<typeof findCompletionFacts>>;
  /** Of everybody in the business. */
  certificates: readonly CertificateFact[];
  /** What each course asks for directly. */
  requiredIds: ReadonlyMap<string, readonly string[]>;
  /** Courses that the viewer completed, in whatever cycle. */
  completedIds: ReadonlySet<string>;
}

/** Gathers where a business stands in the courses that a rule asks for. */
@Injectable()
export class EligibilityTraining {
  constructor(private readonly outlines: Outlines) {}

  /**
   * Badges count whoever of the business holds them; what is left to do is what is left for the viewer.
   * @returns the courses with these ids, and those that the viewer has to complete before they may enter one of them.
   */
  async factsOf(tx: Tx, viewer: Viewer, businessId: string, courseIds: string[]): Promise<TrainingFact[]> {
    if (courseIds.length === 0) return [];
    const known = await gather(tx, viewer, businessId, courseIds);
    const facts: TrainingFact[] = [];
    const waiting = [...courseIds];
    for (const courseId of waiting) {
      const fact = await this.factOf(tx, courseId, known);
      facts.push(fact);
      waiting.push(...fact.prerequisiteIds.filter((id) => !waiting.includes(id)));
    }
    return facts;
  }

  private async factOf(tx: Tx, courseId: string, known: Known): Promise<TrainingFact> {
    const course = known.courses.get(courseId);
    if (!course?.publishedVersionId) return unavailable(courseId);
    const enrollment = known.enrollments.get(courseId);
    const active = enrollment?.state === 'ACTIVE' ? enrollment : undefined;
    // A minimum asks nothing of somebody who is yet to begin: it is missed by grades alone.
    const { criteria, ...work } = (active && known.work.get(active.id)) ?? {
      criteria: FIRST_CRITERIA,
      ...NO_WORK,
    };
    const { version, lessons, lessonById } = await this.outlines.require(
      active?.versionId ?? course.publishedVersionId,
      tx,
    );
    const { missing, minutesLeft } = evaluateCompletion(criteria, lessons, work);
    const done = isWaitingForItsBadge(enrollment, known.certificates);
    return {
      courseId,
      courseSlug: course.slug,
      courseTitle: version.titles,
      available: true, // also to who completed it: a badge that is too old is earned anew in another cycle
      badges: known.certificates
        .filter((certificate) => certificate.courseId === courseId)
        .map((certificate) => ({
          certificateId: certificate.id,
          holderPersonId: certificate.personId,
          issuedAt: certificate.issuedAt.toISOString(),
          status: certificate.status,
        })),
      minutesRemaining: done ? 0 : minutesLeft,
      nextSteps: done
        ? []
        : [
            ...(enrollment?.state === 'COMPLETED' ? [takeAgain(version.titles)] : []),
            ...missing.filter(isToBeDone).map(({ code, lessonId, minutes }) => {
              const { key, titles } = lessonById.get(lessonId)!;
              return { kind: STEP_KINDS[code], lessonKey: key, title: titles, minutes };
            }),
          ],
      // Entry alone is what they block.
      prerequisiteIds:
        done || active
          ? []
          : (known.requiredIds.get(courseId) ?? []).filter((id) => !known.completedIds.has(id)),
    };
  }
}

async function gather(tx: Tx, { personId }: Viewer, businessId: string, courseIds: string[]): Promise<Known> {
  const requiredIds = await findPrerequisiteIds(tx, courseIds);
  const ids = [...new Set([...courseIds, ...[...requiredIds.values()].flat()])];
  const enrollments = await findNewestEnrollments(tx, personId, ids);
  return {
    requiredIds,
    enrollments,
    courses: await findCourses(tx, ids),
    certificates: await findCertificateFacts(tx, await memberIdsOf(tx, businessId), ids),
    work: await findCompletionFacts(
      tx,
      [...enrollments.values()].map(({ id }) => id),
    ),
    completedIds: requiredIds.size > 0 ? await findCompletedCourseIds(tx, personId, ids) : new Set(),
  };
}

/** Completed, and the worker has not issued the badge of this cycle yet: nothing is left for the person to do. */
function isWaitingForItsBadge(
  enrollment: Enrollment | undefined,
  certificates: readonly CertificateFact[],
): boolean {
  if (enrollment?.state !== 'COMPLETED') return false;
  return !certificates.some(
    ({ enrollmentId, status }) => status === 'VALID' && enrollmentId === enrollment.id,
  );
}

const STEP_KINDS: Record<Missing['code'], TrainingStep['kind']> = {
  LESSON_MISSING: 'LESSON',
  ACTIVITY_NOT_ACCEPTED: 'LESSON',
  QUIZ_NOT_PASSED: 'QUIZ',
  OVERALL_BELOW_MINIMUM: 'RAISE',
};

/** An overall grade is nothing to be done while a quiz is not passed, which may raise it. */
const isToBeDone = ({ code, minutes }: Missing): boolean => code !== 'OVERALL_BELOW_MINIMUM' || minutes > 0;

/** What comes before the lessons for somebody who completed the course: they are asked whether they mean it. */
const takeAgain = (title: TrainingStep['title']): TrainingStep => ({ kind: 'ENROLL', title, minutes: 0 });

const unavailable = (courseId: string): TrainingFact => ({
  courseId,
  courseSlug: '',
  courseTitle: {},
  available: false,
  badges: [],
  minutesRemaining: 0,
  nextSteps: [],
  prerequisiteIds: [],
});
