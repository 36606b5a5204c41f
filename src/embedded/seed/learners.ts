import type { INestApplicationContext } from '@nestjs/common';
import { DateTime } from 'luxon';
import { BusinessService } from '../../features/businesses/business.service.js';
import { Outlines } from '../../features/catalog/outlines.js';
import type { Enrollment } from '../../features/enrollment/enrollment.entity.js';
import { EnrollmentService } from '../../features/enrollment/enrollment.service.js';
import { LessonService } from '../../features/learning/lesson.service.js';
import { QuizService } from '../../features/learning/quiz.service.js';
import { findQuizQuestions } from '../../features/learning/quiz.queries.js';
import { QuizAnswer } from '../../features/learning/quiz-attempt.entity.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { Jobs } from '../../platform/jobs/jobs.js';
import { Deliveries, type DeliveryKey } from '../../platform/outbox/deliveries.js';
import { Relay } from '../../platform/outbox/relay.js';
import { planLearners, ZONE, type PlannedLearner, type Step } from './history.rules.js';
import { ensurePerson } from './people.js';
import type { ReplayClock } from './replay-clock.js';

/** Learners played side by side: enough to keep two processors busy, fewer than there are connections. */
const SIDE_BY_SIDE = 6;
/** Days between two rounds of background work. A reminder waits for four, so none is missed. */
const ROUND_DAYS = 3;

/** What has its place in time is done there; see {@link ReplayClock}. */
export interface Past {
  app: INestApplicationContext;
  clock: ReplayClock;
}

interface Learner {
  plan: PlannedLearner;
  viewer: Viewer;
  enrollment: Enrollment;
}

/**
 * Plays two hundred learners from the past up to a moment, through the services and handlers that real ones use.
 *
 * Background work is played in its place too: badges are issued by their handler, and whoever was idle was reminded back
 * then. That is why nobody is written to today about what happened long ago: it was settled at its time, and the mail of
 * the past went to a post office of the past, which `seed.ts` gives to this application only.
 *
 * Cut short and begun again, it goes on: what an enrollment has seen already (`lastActivityAt`) is not played again.
 * @param until the moment that the histories were planned for.
 */
export async function replayLearners(
  past: Past,
  {
    courseId,
    versionId,
    cohortIds,
    until,
  }: { courseId: string; versionId: string; cohortIds: string[]; until: Date },
  say: (line: string) => void,
): Promise<void> {
  const course = await readCourse(past.app, versionId);
  const plans = planLearners(until, course.lessons).sort((a, b) => +a.enrolledAt - +b.enrolledAt);
  say(`Making ${plans.length} learners of the last six months ...`);
  const learners: Learner[] = [];
  await runDue(past.app, { offerAgain: true });
  for (const moment of roundsUntil(plans[0]!.enrolledAt, until)) {
    const newcomers = plans.filter((plan, index) => index >= learners.length && plan.enrolledAt <= moment);
    await sideBySide(newcomers, async (plan) => {
      learners.push(
        await past.clock.at(plan.enrolledAt, () => ensureLearner(past.app, plan, { courseId, cohortIds })),
      );
    });
    await sideBySide(learners, (learner) => learnUntil(past, learner, course, moment));
    await past.clock.at(moment, async () => {
      await past.app.get(Jobs).tickAll();
      await runDue(past.app);
    });
    if (Math.floor(learners.length / 50) > Math.floor((learners.length - newcomers.length) / 50))
      say(
        `  ${learners.length} of ${plans.length} learners enrolled by ${moment.toISOString().slice(0, 10)}`,
      );
  }
}

/** Evenings on which background work is played, and the last moment: by then all that was due has been settled. */
function roundsUntil(first: Date, until: Date): Date[] {
  // Just before the quiet hours begin: what fell due on a day is sent on that day.
  let evening = DateTime.fromJSDate(until, { zone: ZONE }).set({
    hour: 19,
    minute: 59,
    second: 0,
    millisecond: 0,
  });
  if (evening.toJSDate() > until) evening = evening.minus({ days: 1 });
  const rounds = [until];
  for (; evening.toJSDate() > first; evening = evening.minus({ days: ROUND_DAYS }))
    rounds.unshift(evening.toJSDate());
  return rounds;
}

async function ensureLearner(
  app: INestApplicationContext,
  plan: PlannedLearner,
  { courseId, cohortIds }: { courseId: string; cohortIds: string[] },
): Promise<Learner> {
  const viewer = await ensurePerson(app, { ...plan, roles: [] });
  const [known] = await app.get(EnrollmentService).listOf(viewer);
  if (known) return { plan, viewer, enrollment: known };
  const businesses = app.get(BusinessService);
  if (plan.business && (await businesses.listOf(viewer)).length === 0) {
    const { name, region, sector, headcount, tradingSince } = plan.business;
    const facts = {
      COUNTRY: 'FR',
      REGION: region,
      HEADCOUNT: String(headcount),
      FOR_PROFIT: 'true',
      TRADING_SINCE: tradingSince,
      SECTOR: sector,
    };
    await businesses.create(viewer, {
      name,
      facts: Object.entries(facts).map(([kind, value]) => ({
        kind: kind as keyof typeof facts,
        value,
        asOf: tradingSince,
      })),
    });
  }
  const enrollment = await app
    .get(EnrollmentService)
    .enroll(viewer, { courseId, cohortId: cohortIds[plan.intake]! });
  return { plan, viewer, enrollment };
}

/** Plays what a learner did up to a moment and was not played yet: all of it or, when cut short, nothing. */
async function learnUntil(
  { app, clock }: Past,
  learner: Learner,
  course: DemoCourse,
  moment: Date,
): Promise<void> {
  const { plan, viewer, enrollment } = learner;
  const due = plan.steps.filter(({ at }) => at > enrollment.lastActivityAt && at <= moment);
  if (due.length === 0) return;
  await app.get(Database).enclosing(async () => {
    for (const step of due)
      await clock.at(step.at, () => take(app, course, { viewer, enrollmentId: enrollment.id, step }));
  });
  enrollment.lastActivityAt = due.at(-1)!.at;
}

async function take(
  app: INestApplicationContext,
  course: DemoCourse,
  { viewer, enrollmentId, step }: { viewer: Viewer; enrollmentId: string; step: Step },
): Promise<void> {
  const lessonId = course.lessonIds.get(step.lessonKey)!;
  if (step.passes === undefined) {
    await app.get(LessonService).complete(viewer, { enrollmentId, lessonId });
    return;
  }
  const quizzes = app.get(QuizService);
  const attempt = await quizzes.start(viewer, { enrollmentId, lessonId });
  // Written at once rather than one by one through the service, which looks six times for each: there are five thousand
  // answers, and somebody waits for their first start.
  const answers = attempt.paper.map(({ questionVersionId }, index) => {
    const { right, wrong } = course.answers.get(questionVersionId)!;
    // Half of the answers wrong is short of every pass mark there is in the course.
    const optionKeys = step.passes || index % 2 === 1 ? right : wrong;
    return {
      attemptId: attempt.id,
      questionVersionId,
      optionKeys,
      text: null,
      pairs: null,
      savedAt: step.at,
      score: null,
    };
  });
  await app.get(Database).transaction((tx) => tx.insert(QuizAnswer, answers));
  const { attempt: graded } = await quizzes.submit(viewer, attempt.id);
  if (graded.passed !== step.passes) throw new Error(`The quiz ${step.lessonKey} went other than planned.`);
}

interface DemoCourse {
  /** The required ones. */
  lessons: { key: string; isQuiz: boolean; minutes: number }[];
  lessonIds: Map<string, string>;
  /** By the id of the question's version: option keys that earn its point, and that earn none. */
  answers: Map<string, { right: string[]; wrong: string[] }>;
}

async function readCourse(app: INestApplicationContext, versionId: string): Promise<DemoCourse> {
  const { lessons } = await app.get(Outlines).require(versionId);
  const required = lessons.filter((lesson) => lesson.required);
  const answers: DemoCourse['answers'] = new Map();
  for (const lesson of required) {
    for (const { id, options } of await app.get(Database).read((tx) => findQuizQuestions(tx, lesson.id))) {
      const keysOf = (correct: boolean): string[] =>
        options.filter((option) => option.correct === correct).map(({ key }) => key);
      answers.set(id, { right: keysOf(true), wrong: keysOf(false).slice(0, 1) });
    }
  }
  return {
    lessons: required.map(({ key, kind, estimatedMinutes }) => ({
      key,
      isQuiz: kind === 'QUIZ',
      minutes: estimatedMinutes,
    })),
    lessonIds: new Map(required.map(({ key, id }) => [key, id])),
    answers,
  };
}

/**
 * Does the background work that is due, and what comes of it, without a queue.
 * @param offerAgain begins with what a start that was cut short had taken and not done.
 */
async function runDue(app: INestApplicationContext, { offerAgain = false } = {}): Promise<void> {
  const [relay, deliveries] = [app.get(Relay), app.get(Deliveries)];
  const due: DeliveryKey[] = [];
  const take = async (keys: DeliveryKey[]): Promise<void> => void due.push(...keys);
  if (offerAgain) await relay.offerAgain(take, 0, async () => true);
  do {
    await sideBySide(due.splice(0), (key) => deliveries.run(key));
    while (await relay.moveBatch(take));
  } while (due.length > 0);
}

async function sideBySide<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, worker));
}
