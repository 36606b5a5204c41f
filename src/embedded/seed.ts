import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { INestApplicationContext } from '@nestjs/common';
import { DateTime } from 'luxon';
import { BusinessService } from '../features/businesses/business.service.js';
import { AuthoringService } from '../features/catalog/authoring.service.js';
import { Course } from '../features/catalog/course.entity.js';
import { ImportService } from '../features/catalog/import.service.js';
import type { ImportFile } from '../features/catalog/import/import-problems.js';
import type { RuleNode } from '../features/grants/eligibility.conditions.js';
import { GrantCall } from '../features/grants/grant-call.entity.js';
import { GrantCallService } from '../features/grants/grant-call.service.js';
import { findOrCreatePerson } from '../features/identity/identity.queries.js';
import { Person } from '../features/identity/person.entity.js';
import { Program } from '../features/programs/program.entity.js';
import { ProgramService } from '../features/programs/program.service.js';
import type { Viewer } from '../platform/access/viewer.js';
import { Clock } from '../platform/clock.js';
import { Database } from '../platform/database/database.js';
import { Ids } from '../platform/ids.js';
import { DEMO_PEOPLE, type DemoPerson } from './demo-people.js';

/** From dist/src/embedded to the project's folder. */
const CONTENT = join(import.meta.dirname, '../../../content');
const ZONE = 'Europe/Paris';
const PROGRAM = 'digital-springboard';

type Say = (line: string) => void;

/**
 * Fills an empty database for a first look: the shipped courses, demo people, a business in Île-de-France, a program with a
 * cohort and a grant call. Each step looks whether it was done, so a start that was cut short goes on where it stopped;
 * and everything goes through the services that real people use.
 */
export async function seedDemo(app: INestApplicationContext, say: Say): Promise<void> {
  const database = app.get(Database);
  const finished = await database.read((tx) => tx.createQueryBuilder(GrantCall, 'grant_call').getCount());
  if (finished > 0) return;
  say('Preparing the demonstration (once) ...');
  const owner = await ensurePerson(app, DEMO_PEOPLE.owner);
  const trainer = await ensurePerson(app, DEMO_PEOPLE.trainer);
  const manager = await ensurePerson(app, DEMO_PEOPLE.manager);
  await ensurePerson(app, DEMO_PEOPLE.admin);
  const courseIds = await importCourses(app, trainer, say);
  await ensureBusiness(app, owner);
  const programId = await ensureProgram(app, manager, courseIds);
  await createCall(app, manager, programId, courseIds[0]!);
  say('Made demo people, a bakery in Île-de-France, a program with a cohort, and a grant call.');
}

async function ensurePerson(
  app: INestApplicationContext,
  { email, name, locale, roles }: DemoPerson,
): Promise<Viewer> {
  const now = app.get(Clock).now();
  const person = await app.get(Database).transaction(async (tx) => {
    const { id } = await findOrCreatePerson(tx, {
      id: app.get(Ids).next(),
      email,
      locale,
      timeZone: ZONE,
      createdAt: now,
    });
    await tx.update(Person, { id }, { name, roles });
    return tx.findOneByOrFail(Person, { id });
  });
  const { timeZone } = person;
  return {
    personId: person.id,
    email,
    locale,
    timeZone,
    roles: new Set(roles),
    sessionHash: Buffer.alloc(0),
  };
}

/** Imports every folder of content/ as a trainer would, and publishes it. */
async function importCourses(app: INestApplicationContext, trainer: Viewer, say: Say): Promise<string[]> {
  const folders = readdirSync(CONTENT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const courseIds: string[] = [];
  for (const { name: slug } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const known = await app.get(Database).read((tx) => tx.findOneBy(Course, { slug }));
    if (known?.publishedVersionId) {
      courseIds.push(known.id);
      continue;
    }
    const files = readFolder(join(CONTENT, slug));
    const { report, version } = await app.get(ImportService).importOrFail(trainer, { slug, files });
    for (const { file, line, message } of report.problems) say(`  ${slug}/${file}:${line} ${message}`);
    await app.get(AuthoringService).publish(trainer, version.id, 'NEW_LEARNERS_ONLY');
    const { modules, lessons, questions } = report.understood;
    say(`Imported the course ${slug}: ${modules} modules, ${lessons} lessons, ${questions} questions.`);
    courseIds.push(version.courseId);
  }
  return courseIds;
}

function readFolder(folder: string): ImportFile[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return { path: path.slice(folder.length + 1).replaceAll('\\', '/'), text: readFileSync(path, 'utf8') };
    });
}

async function ensureBusiness(app: INestApplicationContext, owner: Viewer): Promise<void> {
  const businesses = app.get(BusinessService);
  if ((await businesses.listOf(owner)).length > 0) return;
  const facts = {
    COUNTRY: 'FR',
    REGION: 'FR-IDF',
    HEADCOUNT: '4',
    FOR_PROFIT: 'true',
    TRADING_SINCE: '2019-03-01',
    SECTOR: '10.7',
  };
  await businesses.create(owner, {
    name: 'Boulangerie Benali',
    registrationNumber: '000 000 001',
    facts: Object.entries(facts).map(([kind, value]) => ({
      kind: kind as keyof typeof facts,
      value,
      asOf: '2019-03-01',
    })),
  });
}

async function ensureProgram(
  app: INestApplicationContext,
  manager: Viewer,
  courseIds: string[],
): Promise<string> {
  const known = await app.get(Database).read((tx) => tx.findOneBy(Program, { slug: PROGRAM }));
  if (known) return known.id;
  const today = DateTime.fromJSDate(app.get(Clock).now(), { zone: ZONE });
  const { program } = await app.get(ProgramService).create({
    slug: PROGRAM,
    names: { en: 'Digital springboard, Paris region', fr: 'Tremplin numérique, Île-de-France' },
    timeZone: ZONE,
    managerIds: [manager.personId],
    courseIds,
    cohorts: [
      {
        name: String(today.year),
        startsOn: today.minus({ days: 30 }).toISODate()!,
        endsOn: today.plus({ years: 1 }).toISODate()!,
      },
    ],
  });
  return program.id;
}

async function createCall(
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
