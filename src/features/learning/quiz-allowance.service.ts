import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { instantOf } from '../../platform/local-time.js';
import { requireTrainer } from '../catalog/course.policies.js';
import { Course } from '../catalog/course.entity.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { Enrollment } from '../enrollment/enrollment.entity.js';
import { requireOverseer } from '../enrollment/enrollment.policies.js';
import { lockEnrollment } from '../enrollment/enrollment.queries.js';
import { parseEmail } from '../identity/email.js';
import { GradingService } from './grading.service.js';
import { QuizAllowance } from './quiz-allowance.entity.js';
import { moveCloseOfAttempts } from './quiz-allowance.queries.js';
import {
  allowanceRefusals,
  refusalToAllow,
  widened,
  withAllowance,
  type Extra,
} from './quiz-allowance.rules.js';
import { QuizAttempt } from './quiz-attempt.entity.js';
import { settingsOf } from './quiz-settings.rules.js';
import { phaseAt, windowOf } from './quiz-timing.rules.js';

const extraSchema = z.object({
  lessonId: z.string(),
  extraMinutes: z.number(),
  extraAttempts: z.number(),
  closesLocal: z.string().max(40).nullish(),
  closesTimeZone: z.string().max(100).nullish(),
  reason: z.string().trim().min(1).max(500),
});
const byEmailSchema = extraSchema.extend({ email: z.string().max(320) });
const byEnrollmentSchema = extraSchema.extend({ enrollmentId: z.string() });
/** To whoever takes the course by this address. */
export type AllowanceInput = z.input<typeof byEmailSchema>;
/** To the learner of an enrollment. */
export type LearnerAllowanceInput = z.input<typeof byEnrollmentSchema>;
type Given = z.output<typeof extraSchema>;

/** Gives single learners more time, more attempts or a later close. */
@Injectable()
export class QuizAllowanceService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly audit: AuditLog,
    private readonly outlines: Outlines,
    private readonly grading: GradingService,
  ) {}

  /**
   * A trainer gives a learner of their course an allowance in place of the one before; one of nothing takes it back. It holds for
   * attempts begun later, and its time and close for the one under way, which never gets shorter.
   * @throws NotFoundError; what {@link requireTrainer} throws; DomainError about a field of the input
   */
  async give(viewer: Viewer, rawInput: AllowanceInput): Promise<QuizAllowance> {
    const input = parseInput(byEmailSchema, rawInput);
    return this.database.transaction(async (tx) => {
      const quiz = await findQuiz(tx, input.lessonId);
      await requireTrainer(tx, viewer, await tx.findOneByOrFail(Course, { id: quiz.courseId }));
      const enrollment = await lockActive(tx, quiz.courseId, parseEmail(input.email));
      return this.giveTo(tx, viewer, enrollment, { ...input, key: quiz.key });
    });
  }

  /**
   * As {@link give}, by who looks after the learner: a manager of the program that the enrollment is in, or an administrator.
   * @throws NotFoundError, also where the quiz is of another course; what {@link requireOverseer} throws; DomainError
   *   `ALLOWANCE_NOT_LEARNING`, or about a field of the input
   */
  async giveLearner(viewer: Viewer, rawInput: LearnerAllowanceInput): Promise<QuizAllowance> {
    const input = parseInput(byEnrollmentSchema, rawInput);
    return this.database.transaction(async (tx) => {
      const enrollment = await lockEnrollment(tx, parseId(input.enrollmentId));
      if (!enrollment) throw new NotFoundError();
      await requireOverseer(tx, viewer, enrollment);
      const quiz = await findQuiz(tx, input.lessonId);
      if (quiz.courseId !== enrollment.courseId) throw new NotFoundError();
      if (enrollment.state !== 'ACTIVE') throw new DomainError(allowanceRefusals.ALLOWANCE_NOT_LEARNING);
      return this.giveTo(tx, viewer, enrollment, { ...input, key: quiz.key });
    });
  }

  /** The caller holds the lock of the enrollment, which is active. */
  private async giveTo(
    tx: Tx,
    viewer: Viewer,
    enrollment: Enrollment,
    { key, ...input }: Given & { key: string },
  ): Promise<QuizAllowance> {
    const { lessons } = await this.outlines.require(enrollment.versionId, tx);
    const lesson = lessons.find((each) => each.key === key && each.kind === 'QUIZ');
    if (!lesson) throw new DomainError(allowanceRefusals.ALLOWANCE_QUIZ_UNKNOWN);
    const now = this.clock.now();
    const { extraMinutes, extraAttempts, reason } = input;
    const extra = { extraMinutes, extraAttempts, closesAt: closeOf(input) };
    const refusal = refusalToAllow(settingsOf(lesson), extra, now);
    if (refusal) throw new DomainError(refusal);
    const allowance = tx.create(QuizAllowance, {
      ...extra,
      id: this.ids.next(),
      enrollmentId: enrollment.id,
      lessonKey: key,
      reason,
      givenBy: viewer.personId,
      givenAt: now,
    });
    await tx.insert(QuizAllowance, allowance);
    if (extra.closesAt) await moveCloseOfAttempts(tx, allowance, extra.closesAt);
    await this.widenOpenAttempt(tx, enrollment, allowance);
    await this.audit.done(tx, {
      actorId: viewer.personId,
      action: 'quizAllowanceGive',
      subject: `enrollment:${enrollment.id}`,
      detail: { lessonKey: key, ...extra, reason },
    });
    return allowance;
  }

  /** An attempt whose grace is past has ended, though nobody closed it yet: time does not come back. */
  private async widenOpenAttempt(tx: Tx, enrollment: Enrollment, allowance: QuizAllowance): Promise<void> {
    const { enrollmentId, lessonKey } = allowance;
    const attempt = await tx.findOneBy(QuizAttempt, { enrollmentId, lessonKey, state: 'IN_PROGRESS' });
    if (!attempt) return;
    if (phaseAt(this.clock.now(), attempt) === 'EXPIRED')
      return this.grading.closeExpired(tx, enrollment, attempt);
    const asked = await tx.findOneByOrFail(Lesson, { id: attempt.lessonId });
    const settings = widened(attempt.settings, withAllowance(settingsOf(asked), allowance));
    await tx.update(QuizAttempt, { id: attempt.id }, { settings, ...windowOf(attempt.startedAt, settings) });
  }
}

/** The course and the key of a lesson. @throws NotFoundError */
async function findQuiz(tx: Tx, lessonId: string): Promise<{ courseId: string; key: string }> {
  const lesson = await tx.findOneBy(Lesson, { id: parseId(lessonId) });
  if (!lesson) throw new NotFoundError();
  const { courseId } = await tx.findOneByOrFail(CourseVersion, { id: lesson.versionId });
  return { courseId, key: lesson.key };
}

/** The enrollment of somebody who takes a course now, locked. */
async function lockActive(tx: Tx, courseId: string, email: string): Promise<Enrollment> {
  const found = await tx
    .createQueryBuilder(Enrollment, 'enrollment')
    .innerJoin('person', 'person', 'person.id = enrollment.person_id')
    .where(`enrollment.course_id = :courseId AND person.email = :email AND enrollment.state = 'ACTIVE'`, {
      courseId,
      email,
    })
    .getOne();
  const enrollment = found && (await lockEnrollment(tx, found.id));
  if (enrollment?.state !== 'ACTIVE') throw new DomainError(allowanceRefusals.ALLOWANCE_LEARNER_UNKNOWN);
  return enrollment;
}

function closeOf({ closesLocal, closesTimeZone }: Given): Extra['closesAt'] {
  if (!closesLocal) return null;
  try {
    return instantOf(closesLocal, closesTimeZone ?? '');
  } catch (error) {
    if (error instanceof RangeError) throw new DomainError(allowanceRefusals.ALLOWANCE_CLOSE_INVALID);
    throw error;
  }
}
