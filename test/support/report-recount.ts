import { randomUUID } from 'node:crypto';
import { anEmail, type BuiltCourse } from './builders.js';
import { START, type TestApp } from './test-app.js';

export const DAY = 86_400_000;
const now = START.getTime();
/** An instant some days ago, and milliseconds. */
export const ago = (days: number, milliseconds = 0): Date => new Date(now - days * DAY + milliseconds);

export interface Rate {
  value: number | null;
  numerator: number;
  denominator: number;
}
export interface Figures {
  rateEnrolled: Rate;
  rateStarted: Rate;
  rateMatured: Rate;
  notYetMatured: number;
  funnel: { stage: string; count: number }[];
}

/** A learner as a test states them; written to the tables as the product would have. */
export interface Given {
  course?: BuiltCourse;
  cohortId: string | null;
  enrolledAt: Date;
  /** Required lessons done, 0 to 3. */
  lessons?: number;
  optionalLesson?: boolean;
  /** Days after enrolling. */
  completedAfter?: { days: number; milliseconds?: number };
  badge?: boolean;
  /** Days after enrolling. */
  withdrawnAfter?: { days: number; milliseconds?: number };
  region?: { value: string; asOf: string } | null;
  roles?: string[];
  isTest?: boolean;
}

const after = (instant: Date, { days, milliseconds = 0 }: { days: number; milliseconds?: number }): Date =>
  new Date(instant.getTime() + days * DAY + milliseconds);

/** Writes a learner to the tables, as the product would have. @returns the id of the enrollment. */
export async function insertLearner(
  app: TestApp,
  { course, cohortId, enrolledAt, lessons = 0, region = null, ...given }: Given & { course: BuiltCourse },
): Promise<string> {
  const [personId, enrollmentId, businessId] = [randomUUID(), randomUUID(), region && randomUUID()];
  await app.sql(
    `INSERT INTO person (id, email, locale, time_zone, roles, is_test, created_at) VALUES ($1, $2, 'en', 'Europe/Paris', $3, $4, $5)`,
    [personId, anEmail('learner'), given.roles ?? [], given.isTest ?? false, enrolledAt],
  );
  if (region) {
    await app.sql(`INSERT INTO business (id, name, created_at) VALUES ($1, 'x', $2)`, [
      businessId,
      enrolledAt,
    ]);
    await app.sql(
      `INSERT INTO business_fact (id, business_id, kind, value, as_of, recorded_at) VALUES (gen_random_uuid(), $1, 'REGION', $2, $3, $4)`,
      [businessId, JSON.stringify(region.value), region.asOf, enrolledAt],
    );
  }
  await app.sql(
    `INSERT INTO enrollment (id, person_id, course_id, version_id, business_id, cohort_id, cycle, state, enrolled_at, last_activity_at,
                             ended_at, withdrawal_reason)
     VALUES ($1, $2, $3, $4, $5, $6, 1, $7, $8, $8, $9, $10)`,
    [
      enrollmentId,
      personId,
      course.id,
      course.versionId,
      businessId,
      cohortId,
      given.completedAfter ? 'COMPLETED' : given.withdrawnAfter ? 'WITHDRAWN' : 'ACTIVE',
      enrolledAt,
      given.withdrawnAfter ? after(enrolledAt, given.withdrawnAfter) : null,
      given.withdrawnAfter ? 'NO_TIME' : null,
    ],
  );
  const required = course.lessons.filter((lesson) => lesson.required).slice(0, lessons);
  const optional = given.optionalLesson ? course.lessons.filter((lesson) => !lesson.required) : [];
  for (const { id, key } of [...required, ...optional]) {
    await app.sql(
      `INSERT INTO lesson_completion (enrollment_id, lesson_key, lesson_id, completed_at) VALUES ($1, $2, $3, $4)`,
      [enrollmentId, key, id, enrolledAt],
    );
  }
  if (given.completedAfter) {
    await app.sql(
      `INSERT INTO course_completion (id, enrollment_id, version_id, criteria_version, evidence, occurred_at, evaluated_at)
       VALUES (gen_random_uuid(), $1, $2, 1, '[]', $3, $3)`,
      [enrollmentId, course.versionId, after(enrolledAt, given.completedAfter)],
    );
  }
  if (given.badge) {
    await app.sql(
      `INSERT INTO certificate (id, enrollment_id, person_id, course_id, cycle, version_id, issued_at, status, badge)
       VALUES (gen_random_uuid(), $1, $2, $3, 1, $4, $5, 'VALID', '{}')`,
      [enrollmentId, personId, course.id, course.versionId, enrolledAt],
    );
  }
  return enrollmentId;
}

/** A small generator (Park and Miller's minimal standard) so that a failing fixture can be made again. */
const randomFrom = (seed: number): ((below: number) => number) => {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
};

/** Forty learners of two courses and two cohorts; the same seed makes the same. */
export function randomLearners(
  seed: number,
  courses: [BuiltCourse, BuiltCourse],
  cohortIds: [string, string],
): (Given & { course: BuiltCourse })[] {
  const random = randomFrom(seed * 7919);
  const regions = ['FR-IDF', 'FR-BRE', 'FR-OCC'];
  return Array.from({ length: 40 }, () => {
    const lessons = random(4);
    const isCompleted = lessons === 3 && random(4) > 0;
    const region = regions[random(5)];
    return {
      course: courses[random(2) ? 0 : 1],
      cohortId: cohortIds[random(3) ? 0 : 1],
      enrolledAt: ago(random(120), -random(DAY)),
      lessons,
      optionalLesson: random(2) === 1,
      completedAfter: isCompleted ? { days: random(90) } : undefined,
      badge: isCompleted && random(3) > 0,
      withdrawnAfter: !isCompleted && random(4) === 0 ? { days: 10 + random(8) } : undefined,
      region: region ? { value: region, asOf: '2020-01-01' } : null,
      roles: random(10) === 0 ? ['TRAINER'] : [],
      isTest: random(10) === 0,
    };
  });
}

/** The figures of these learners, counted in plain code. */
export function recount(all: Given[], horizonDays: number): Figures {
  const of = all.filter(({ withdrawnAfter }) => !withdrawnAfter || withdrawnAfter.days > 14);
  const inTime = ({ completedAfter }: Given): boolean =>
    completedAfter !== undefined && completedAfter.days <= horizonDays;
  const mature = of.filter(({ enrolledAt }) => enrolledAt.getTime() <= now - horizonDays * DAY);
  const started = of.filter(({ lessons = 0 }) => lessons > 0);
  const rate = (denominator: Given[]): Rate => {
    const numerator = denominator.filter(inTime).length;
    return {
      value: denominator.length ? numerator / denominator.length : null,
      numerator,
      denominator: denominator.length,
    };
  };
  const stages: [string, (learner: Given) => boolean][] = [
    ['ENROLLED', () => true],
    ['STARTED', ({ lessons = 0 }) => lessons > 0],
    ['QUARTER_DONE', ({ lessons = 0 }) => lessons / 3 >= 0.25],
    ['HALF_DONE', ({ lessons = 0 }) => lessons / 3 >= 0.5],
    ['THREE_QUARTERS_DONE', ({ lessons = 0 }) => lessons / 3 >= 0.75],
    ['COMPLETED', ({ completedAfter }) => completedAfter !== undefined],
    ['BADGE', ({ badge }) => badge === true],
  ];
  return {
    rateEnrolled: rate(of),
    rateStarted: rate(started),
    rateMatured: rate(mature),
    notYetMatured: of.length - mature.length,
    funnel: stages.map(([stage, reached]) => ({ stage, count: of.filter(reached).length })),
  };
}
