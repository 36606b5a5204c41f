import type { RuleNode } from '../../src/features/grants/eligibility.conditions.js';
import {
  aBusiness,
  aCourse,
  aMember,
  aPerson,
  completeCourse,
  courseFiles,
  recordFact,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { ask, startGrants, type Grants } from '../support/grants.js';
import { recordStatements } from '../support/statements.js';
import type { TestApp } from '../support/test-app.js';

const NBSP = /[\u00a0\u202f]/g;

describe('what a call asks for', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  let aCallFor: Grants['aCallFor'];
  let goTo: Grants['goTo'];
  let startOver: Grants['startOver'];
  beforeAll(async () => {
    ({ app, trainer, course, aCallFor, goTo, startOver } = await startGrants());
  });
  beforeEach(() => startOver());
  afterAll(() => app.close());

  const badgeOf = ({ id }: { id: string }, key = 'badge'): RuleNode => ({
    kind: 'HOLDS_BADGE',
    key,
    courseId: id,
  });
  const country: RuleNode = { kind: 'COUNTRY_IN', key: 'country', countries: ['FR'] };

  describe('the calls that a course leads to', () => {
    const callsOf = async (who: Client, { slug }: BuiltCourse): Promise<string[]> =>
      (
        await who.ask('query ($slug: String!) { course(slug: $slug) { grantCalls { id } } }', { slug })
      ).course.grantCalls.map(({ id }: { id: string }) => id);

    it('are those that ask for its badge, the first to close first, for anyone', async () => {
      const own = await aCourse(trainer);
      const later = await aCallFor(badgeOf(own), { closesLocal: '2027-03-31T12:00' });
      const sooner = await aCallFor({ kind: 'ANY', of: [country, badgeOf(own)] });
      await aCallFor(badgeOf(course));
      await aCallFor(country);
      await aCallFor({ kind: 'NOT', of: badgeOf(own) }); // asks not to hold it
      expect(await callsOf(app.visitor(), own)).toEqual([sooner, later]);
      expect(await callsOf(await aPerson(app), own)).toEqual([sooner, later]);
    });

    it.each([
      ['Pacific/Kiritimati', '2026-12-31T09:59:00.000Z'],
      ['Etc/GMT+12', '2027-01-01T11:59:00.000Z'],
    ])('end with the last moment of the call, in %s too', async (timeZone, close) => {
      const own = await aCourse(trainer);
      const call = await aCallFor(badgeOf(own), { timeZone });
      await goTo(close);
      expect(await callsOf(app.visitor(), own)).toEqual([call]);
      app.clock.moveForward(1);
      expect(await callsOf(app.visitor(), own)).toEqual([]);
    });

    it('are asked by their newest edition of the rules', async () => {
      const own = await aCourse(trainer);
      const call = await aCallFor(country);
      expect(await callsOf(app.visitor(), own)).toEqual([]);
      await app.sql(
        `INSERT INTO rule_set (id, call_id, number, tree, created_at) VALUES (gen_random_uuid(), $1, 2, $2, now())`,
        [call, badgeOf(own)],
      );
      expect(await callsOf(app.visitor(), own)).toEqual([call]);
    });
  });

  describe('the courses of a call', () => {
    const coursesOf = async (who: Client, id: string): Promise<{ slug: string; title: string }[]> =>
      (await who.ask('query ($id: ID!) { grantCall(id: $id) { courses { slug title } } }', { id })).grantCall
        .courses;

    it('are those whose badges it asks for, each once, in the viewer’s language', async () => {
      const other = await aCourse(trainer, { title: 'Another' });
      const id = await aCallFor({
        kind: 'ALL',
        of: [
          badgeOf(other, 'a'),
          { kind: 'ANY', of: [badgeOf(course, 'b'), badgeOf(other, 'c')] },
          { kind: 'NOT', of: badgeOf(await aCourse(trainer), 'd') },
        ],
      });
      expect(await coursesOf(app.visitor({ locale: 'fr' }), id)).toEqual([
        { slug: other.slug, title: 'Another (fr)' },
        { slug: course.slug, title: 'Small course (fr)' },
      ]);
    });

    it('leave out one that nobody can see yet, whose title the rules do not tell either', async () => {
      const draft = { slug: 'secret-plans', files: courseFiles({ title: 'Secret plans' }) };
      await trainer.mutate('courseImport', 'CourseImportInput', draft, 'version { id }');
      const [row] = await app.sql<{ id: string }>(`SELECT id FROM course WHERE slug = $1`, [draft.slug]);
      const id = await aCallFor(badgeOf(row!));
      expect(await coursesOf(app.visitor(), id)).toEqual([]);
      const { grantCall } = await app
        .visitor()
        .ask('query ($id: ID!) { grantCall(id: $id) { conditions { sentence } } }', { id });
      expect(grantCall.conditions).toEqual([{ sentence: 'A badge of the required course is needed.' }]);
    });
  });

  describe('its rules', () => {
    const conditionsOf = async (who: Client, id: string): Promise<any[]> =>
      (
        await who.ask(
          'query ($id: ID!) { grantCall(id: $id) { conditions { key kind negated level sentence } } }',
          { id },
        )
      ).grantCall.conditions;

    it('read as sentences in the language of somebody without a business', async () => {
      const id = await aCallFor({
        kind: 'ALL',
        of: [
          country,
          { kind: 'NOT', of: { kind: 'REGION_IN', key: 'away', regions: ['FR-BRE'] } },
          {
            kind: 'ANY',
            of: [badgeOf(course), { kind: 'TRADING_FOR', key: 'age', moreThanMonths: 12, at: 'CLOSE' }],
          },
        ],
      });
      expect(await conditionsOf(app.visitor(), id)).toEqual([
        {
          key: 'country',
          kind: 'COUNTRY_IN',
          negated: false,
          level: 0,
          sentence: 'The country of the business must be France.',
        },
        {
          key: 'away',
          kind: 'REGION_IN',
          negated: true,
          level: 0,
          sentence: 'The region of the business must not be Brittany.',
        },
        { key: null, kind: null, negated: false, level: 0, sentence: 'At least one of these:' },
        {
          key: 'badge',
          kind: 'HOLDS_BADGE',
          negated: false,
          level: 1,
          sentence: 'A badge of “Small course” is needed.',
        },
        {
          key: 'age',
          kind: 'TRADING_FOR',
          negated: false,
          level: 1,
          sentence: 'Time in business on 31 December 2026: more than 12 months.',
        },
      ]);
      const french = await conditionsOf(app.visitor({ locale: 'fr' }), id);
      expect(french.map(({ sentence }) => sentence.replaceAll(NBSP, ' '))).toEqual([
        'Pays accepté : France.',
        'Région non acceptée : Bretagne.',
        'Au moins un de ces points :',
        'Un badge de « Small course (fr) » est nécessaire.',
        'Ancienneté au 31 décembre 2026 : plus de 12 mois d’activité.',
      ]);
    });
  });

  it('takes as many statements for one call as for ten', async () => {
    const count = async (first: number): Promise<number> => {
      const document = `{ grantCalls(first: ${first}) { nodes { name courses { title } conditions { sentence } } } courses(first: ${first}) { nodes { grantCalls { name conditions { sentence } } } } }`;
      return (await recordStatements(app, () => app.visitor().ask(document))).statements.length;
    };
    for (let more = 0; more < 10; more += 1) await aCallFor(badgeOf(await aCourse(trainer)));
    await count(50); // the outlines are kept from then on
    const one = await count(1);
    expect(one).toBeLessThanOrEqual(8);
    expect(await count(10)).toBeLessThanOrEqual(8);
  });

  describe('what an answer was judged on', () => {
    const evidence = async (who: Client, callId: string, businessId: string): Promise<any[]> =>
      (await ask(who, callId, businessId)).conditions.flatMap((condition) => condition.evidence);

    it('is said in a sentence to whom it concerns: you, a colleague, or the business', async () => {
      const callId = await aCallFor({
        kind: 'ALL',
        of: [
          country,
          { kind: 'HEADCOUNT_BETWEEN', key: 'h', min: { value: 1, inclusive: true }, asOf: 'CLOSE' },
        ],
      });
      const owner = await aPerson(app, { name: 'Nadia' });
      const colleague = await aPerson(app, { name: 'Sami', locale: 'fr' });
      const businessId = await aBusiness(owner);
      await aMember(app, businessId, colleague.personId);
      await recordFact(colleague, businessId, { kind: 'HEADCOUNT', value: '4', asOf: '2026-10-07' });
      expect((await evidence(owner, callId, businessId)).map(({ sentence }) => sentence)).toEqual([
        'Country: France (as of 1 January 2020), stated by you on 7 October 2026',
        'Headcount: 4, stated by Sami on 7 October 2026',
      ]);
      await app.sql('UPDATE person SET name = NULL WHERE id = $1', [owner.personId]);
      const french = await evidence(colleague, callId, businessId);
      expect(french.map(({ sentence }) => sentence.replaceAll(NBSP, ' '))).toEqual([
        'Pays : France (au 1er janvier 2020), déclaré par l’entreprise le 7 octobre 2026',
        'Effectif : 4, déclaré par vous le 7 octobre 2026',
      ]);
      expect(french.map(({ source }) => source)).toEqual(['l’entreprise', 'Sami']);
    });

    it('names the course and the day of a badge, and not whose it is', async () => {
      const callId = await aCallFor(badgeOf(course));
      const owner = await aPerson(app, { name: 'Nadia', locale: 'fr' });
      const businessId = await aBusiness(owner);
      expect(await evidence(owner, callId, businessId)).toMatchObject([
        { kind: 'MINUTES_REMAINING', sentence: expect.stringContaining('encore environ 15') },
      ]);
      await completeCourse(owner, course);
      await app.drainOutbox();
      const [badge] = await evidence(owner, callId, businessId);
      expect(badge.sentence.replaceAll(NBSP, ' ')).toBe(
        'Badge de « Small course (fr) » : délivré le 7 octobre 2026',
      );
      expect(badge.source).toBeNull();
      expect(JSON.stringify(badge)).not.toContain(owner.personId);
    });
  });
});
