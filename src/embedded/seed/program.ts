import type { INestApplicationContext } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { RuleNode } from '../../features/grants/eligibility.conditions.js';
import { GrantCallService } from '../../features/grants/grant-call.service.js';
import { Cohort, Program } from '../../features/programs/program.entity.js';
import { findCohortsOf } from '../../features/programs/program.queries.js';
import { ProgramService } from '../../features/programs/program.service.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { INTAKES, ZONE } from './history.rules.js';

const SLUG = 'digital-springboard';

/** The program, if a start made it already. */
export function findDemoProgram(database: Database): Promise<Program | null> {
  return database.read((tx) => tx.findOneBy(Program, { slug: SLUG }));
}

/**
 * The program with its intakes.
 * @param today the day that the intakes are counted from.
 * @returns the cohorts in the order of the intakes.
 */
export async function ensureProgram(
  app: INestApplicationContext,
  manager: Viewer,
  { courseIds, today }: { courseIds: string[]; today: Date },
): Promise<Cohort[]> {
  const database = app.get(Database);
  const known = await findDemoProgram(database);
  if (known) return (await database.read((tx) => findCohortsOf(tx, [known.id]))).get(known.id)!;
  const day = DateTime.fromJSDate(today, { zone: ZONE });
  const { cohorts } = await app.get(ProgramService).create({
    slug: SLUG,
    names: { en: 'Digital springboard, Paris region', fr: 'Tremplin numérique, Île-de-France' },
    timeZone: ZONE,
    managerIds: [manager.personId],
    courseIds,
    cohorts: INTAKES.map(({ opened, closes }) => {
      const startsOn = day.minus({ days: opened });
      return {
        name: `Session ${startsOn.setLocale('fr').toFormat('LLLL yyyy')}`,
        startsOn: startsOn.toISODate()!,
        endsOn: day.minus({ days: closes }).toISODate()!,
      };
    }),
  });
  return cohorts;
}

/** The grant call that the badge of the course is for. */
export async function createCall(
  app: INestApplicationContext,
  manager: Viewer,
  programId: string,
  courseId: string,
): Promise<void> {
  const today = DateTime.fromJSDate(app.get(Clock).now(), { zone: ZONE });
  const yearStart = today.startOf('year').toISODate()!;
  const rules: RuleNode = {
    kind: 'ALL',
    of: [
      { kind: 'COUNTRY_IN', key: 'country', countries: ['FR'] },
      { kind: 'REGION_IN', key: 'region', regions: ['FR-IDF'] },
      {
        kind: 'HEADCOUNT_BETWEEN',
        key: 'headcount',
        min: { value: 1, inclusive: true },
        max: { value: 50, inclusive: true },
        asOf: yearStart,
      },
      { kind: 'TRADING_FOR', key: 'trading', moreThanMonths: 12, at: 'CLOSE' },
      { kind: 'FOR_PROFIT', key: 'for-profit' },
      { kind: 'HOLDS_BADGE', key: 'badge', courseId, withinMonths: 6 },
    ],
  };
  await app.get(GrantCallService).create({
    programId,
    names: {
      en: 'Get online: a grant for very small businesses',
      fr: 'Se mettre en ligne : une aide pour les très petites entreprises',
    },
    opensLocal: `${today.minus({ days: 7 }).toISODate()}T09:00`,
    closesLocal: `${today.plus({ days: 90 }).toISODate()}T23:59`,
    timeZone: ZONE,
    rules,
    createdBy: manager.personId,
  });
}
