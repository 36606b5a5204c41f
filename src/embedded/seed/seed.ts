import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule } from '../../app.module.js';
import { Course } from '../../features/catalog/course.entity.js';
import { GrantCall } from '../../features/grants/grant-call.entity.js';
import { logger } from '../../http-app.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import type { Surroundings } from '../../platform/platform.module.js';
import { DEMO_PEOPLE } from '../demo-people.js';
import { MemoryMailbox } from '../mailbox.js';
import { importCourses } from './courses.js';
import { replayLearners, type Past } from './learners.js';
import { ensureBusiness, ensurePerson } from './people.js';
import { createCall, ensureProgram, findDemoProgram } from './program.js';
import { ReplayClock } from './replay-clock.js';

/** The program is older than its first learner by this. */
const PROGRAM_AGE_DAYS = 200;
const DAY_MS = 86_400_000;

type Say = (line: string) => void;

/**
 * Fills an empty database for a first look: the shipped courses, demo people, a business in Île-de-France, a program with
 * half a year of learners, and a grant call. Each step looks whether it was done, so a start that was cut short goes on
 * where it stopped; and everything goes through the services that real people use.
 *
 * Background work of the present must not have begun: it would act on the past as if it were today.
 */
export async function seedDemo(
  present: INestApplicationContext,
  surroundings: Surroundings,
  say: Say,
): Promise<void> {
  const database = present.get(Database);
  const finished = await database.read((tx) => tx.createQueryBuilder(GrantCall, 'grant_call').getCount());
  if (finished > 0) return;
  say('Preparing the demonstration (once) ...');
  // A start that was cut short planned its histories for its own moment.
  const begun = await findDemoProgram(database);
  const now = begun
    ? new Date(begun.createdAt.getTime() + PROGRAM_AGE_DAYS * DAY_MS)
    : present.get(Clock).now();
  const clock = new ReplayClock(new Date(now.getTime() - PROGRAM_AGE_DAYS * DAY_MS));
  const app = await NestFactory.createApplicationContext(
    AppModule.with({ ...surroundings, clock, mailer: new MemoryMailbox(clock) }),
    { logger: logger(surroundings.config) },
  );
  try {
    await fill({ app, clock }, now, say);
  } finally {
    await app.close();
  }
}

async function fill(past: Past, now: Date, say: Say): Promise<void> {
  const { app, clock } = past;
  const trainer = await ensurePerson(app, DEMO_PEOPLE.trainer);
  const manager = await ensurePerson(app, DEMO_PEOPLE.manager);
  const courseIds = await importCourses(app, trainer, say);
  const cohorts = await ensureProgram(app, manager, { courseIds, today: now });
  const courseId = courseIds[0]!;
  const course = await app.get(Database).read((tx) => tx.findOneByOrFail(Course, { id: courseId }));
  await replayLearners(
    past,
    {
      courseId,
      versionId: course.publishedVersionId!,
      cohortIds: cohorts.map(({ id }) => id),
      until: now,
    },
    say,
  );
  await clock.at(now, async () => {
    const owner = await ensurePerson(app, DEMO_PEOPLE.owner);
    await ensurePerson(app, DEMO_PEOPLE.admin);
    await ensureBusiness(app, owner);
    await createCall(app, manager, cohorts[0]!.programId, courseId);
  });
  say(
    'Made demo people, a bakery in Île-de-France, a program with half a year of learners, and a grant call.',
  );
}
