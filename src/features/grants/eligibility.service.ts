import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { instantOf } from '../../platform/local-time.js';
import { requireMember } from '../businesses/business.policies.js';
import { findBusinessesOf, findFacts, memberIdsOf, type FactRow } from '../businesses/business.queries.js';
import { findCourses } from '../catalog/course.queries.js';
import { Outlines } from '../catalog/outlines.js';
import { findCertificateFacts } from '../credentials/credentials.queries.js';
import { findNewestEnrollments } from '../enrollment/enrollment.queries.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { findCompletionFacts } from '../learning/completion-facts.queries.js';
import { evaluateCompletion, FIRST_CRITERIA, NO_WORK, type Missing } from '../learning/completion.rules.js';
import { courseIdsOf } from './eligibility.conditions.js';
import type {
  BusinessFact,
  EligibilityFacts,
  EvaluationInstant,
  TrainingFact,
  TrainingStep,
} from './eligibility.facts.js';
import { evaluateEligibility, type EligibilityVerdict } from './eligibility.rules.js';
import { GrantCall, RuleSet } from './grant-call.entity.js';
import { grantRefusals } from './grant-call.rules.js';
import { findRulesInForce } from './grants.queries.js';

/** An answer with everything it was made from. */
export interface EligibilityAnswer {
  call: GrantCall;
  ruleSet: RuleSet;
  facts: EligibilityFacts;
  /** What those who stated facts call themselves, by person id. */
  names: ReadonlyMap<string, string>;
  at: EvaluationInstant;
  verdict: EligibilityVerdict;
}

/** Gathers the facts about a business and its people, and asks the rules of a call. */
@Injectable()
export class EligibilityService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outlines: Outlines,
  ) {}

  /**
   * Whether a business may have a grant, as of now.
   * @param businessId the viewer's only business when left out.
   * @throws NotFoundError when the call does not exist, or the business is not the viewer's; DomainError `BUSINESS_NEEDED`
   */
  async evaluate(viewer: Viewer, callId: string, businessId?: string | null): Promise<EligibilityAnswer> {
    return this.database.read(async (tx) => {
      const call = await tx.findOneBy(GrantCall, { id: parseId(callId) });
      if (!call) throw new NotFoundError();
      const id = await this.chooseBusiness(tx, viewer, businessId);
      const ruleSet = (await findRulesInForce(tx, [call.id])).get(call.id)!;
      const at = {
        now: this.clock.now().toISOString(),
        closesAt: instantOf(call.closesLocal, call.timeZone).toISOString(),
        timeZone: call.timeZone,
      };
      const stated = (await findFacts(tx, [id])).get(id)!;
      const facts: EligibilityFacts = {
        business: stated.map(asBusinessFact),
        training: await this.trainingFacts(tx, viewer, id, courseIdsOf(ruleSet.tree)),
        humanAnswers: [],
      };
      const names = new Map(
        stated.flatMap(({ recordedBy, recordedByName }) =>
          recordedBy && recordedByName ? [[recordedBy, recordedByName]] : [],
        ),
      );
      return { call, ruleSet, facts, names, at, verdict: evaluateEligibility(ruleSet.tree, facts, at) };
    });
  }

  private async chooseBusiness(tx: Tx, viewer: Viewer, businessId?: string | null): Promise<string> {
    if (businessId) return requireMember(tx, viewer, businessId);
    const [only, ...others] = await findBusinessesOf(tx, viewer.personId);
    if (!only || others.length > 0) throw new DomainError(grantRefusals.BUSINESS_NEEDED);
    return only.id;
  }

  /** Badges count whoever of the business holds them; what is left to do is what is left for the viewer. */
  private async trainingFacts(
    tx: Tx,
    viewer: Viewer,
    businessId: string,
    courseIds: string[],
  ): Promise<TrainingFact[]> {
    if (courseIds.length === 0) return [];
    const certificates = await findCertificateFacts(tx, await memberIdsOf(tx, businessId), courseIds);
    const courses = await findCourses(tx, courseIds);
    const enrollments = await findNewestEnrollments(tx, viewer.personId, courseIds);
    const facts = await findCompletionFacts(
      tx,
      [...enrollments.values()].map(({ id }) => id),
    );
    const training: TrainingFact[] = [];
    for (const courseId of courseIds) {
      const course = courses.get(courseId);
      if (!course?.publishedVersionId) {
        training.push(unavailable(courseId));
        continue;
      }
      const enrollment = enrollments.get(courseId);
      const active = enrollment?.state === 'ACTIVE' ? enrollment : undefined;
      // A minimum asks nothing of somebody who is yet to begin: it is missed by grades alone.
      const { criteria, ...work } = (active && facts.get(active.id)) ?? {
        criteria: FIRST_CRITERIA,
        ...NO_WORK,
      };
      const { version, lessons, lessonById } = await this.outlines.require(
        active?.versionId ?? course.publishedVersionId,
        tx,
      );
      const { missing, minutesLeft } = evaluateCompletion(criteria, lessons, work);
      const done = isWaitingForItsBadge(enrollment, certificates);
      training.push({
        courseId,
        courseSlug: course.slug,
        courseTitle: version.titles,
        available: true, // also to who completed it: a badge that is too old is earned anew in another cycle
        badges: certificates
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
      });
    }
    return training;
  }
}

/** Completed, and the worker has not issued the badge of this cycle yet: nothing is left for the person to do. */
function isWaitingForItsBadge(
  enrollment: Enrollment | undefined,
  certificates: { enrollmentId: string; status: string }[],
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

const asBusinessFact = ({ kind, value, asOf, recordedAt, recordedBy }: FactRow): BusinessFact => ({
  kind,
  value,
  asOf,
  recordedAt: recordedAt.toISOString(),
  source: recordedBy ?? '', // erased
});

const unavailable = (courseId: string): TrainingFact => ({
  courseId,
  courseSlug: '',
  courseTitle: {},
  available: false,
  badges: [],
  minutesRemaining: 0,
  nextSteps: [],
});
