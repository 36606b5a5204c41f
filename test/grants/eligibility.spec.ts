import type { RuleNode } from '../../src/features/grants/eligibility.conditions.js';
import {
  aBusiness,
  aMember,
  aPerson,
  completeCourse,
  completeReadings,
  courseFiles,
  enroll,
  recordFact,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { ask, startGrants, type Grants } from '../support/grants.js';
import { START, type TestApp } from '../support/test-app.js';

type Facts = Record<string, string | null>;

describe('whether a business may have a grant', () => {
  let app: TestApp;
  let course: BuiltCourse;
  let trainer: Client;
  let aCallFor: Grants['aCallFor'];
  let goTo: Grants['goTo'];
  let startOver: Grants['startOver'];
  beforeAll(async () => {
    ({ app, course, trainer, aCallFor, goTo, startOver } = await startGrants());
  });
  beforeEach(() => startOver());
  afterAll(() => app.close());

  const badge = (more: object = {}): RuleNode => ({
    kind: 'HOLDS_BADGE',
    key: 'badge',
    courseId: course.id,
    ...more,
  });
  const nothing: Facts = {
    COUNTRY: null,
    REGION: null,
    HEADCOUNT: null,
    FOR_PROFIT: null,
    TRADING_SINCE: null,
  };

  describe.each<[string, RuleNode, { kind: string; value: string }, string, string, string]>([
    [
      'country',
      { kind: 'COUNTRY_IN', key: 'it', countries: ['FR', 'BE'] },
      { kind: 'COUNTRY', value: 'BE' },
      'DE',
      'Country of the business: Belgium. It must be France or Belgium.',
      'Pays de l’entreprise : Belgique. Pays acceptés : France ou Belgique.',
    ],
    [
      'region',
      { kind: 'REGION_IN', key: 'it', regions: ['FR-BRE'] },
      { kind: 'REGION', value: 'FR-BRE' },
      'FR-IDF',
      'Region of the business: Brittany. It must be Brittany.',
      'Région de l’entreprise : Bretagne. Région acceptée : Bretagne.',
    ],
    [
      'headcount',
      {
        kind: 'HEADCOUNT_BETWEEN',
        key: 'it',
        min: { value: 2, inclusive: true },
        max: { value: 50, inclusive: true },
        asOf: '2026-01-01',
      },
      { kind: 'HEADCOUNT', value: '2' },
      '51',
      'Headcount on 1 January 2026: 2. Between 2 and 50 is needed.',
      'Effectif au 1er janvier 2026 : 2. Il faut entre 2 et 50 personnes.',
    ],
    [
      'trading',
      { kind: 'TRADING_FOR', key: 'it', moreThanMonths: 12, at: 'CLOSE' },
      { kind: 'TRADING_SINCE', value: '2025-12-30' },
      '2025-12-31',
      'Start of trading: 30 December 2025. More than 12 months is needed on 31 December 2026.',
      'Début d’activité : 30 décembre 2025. Il faut plus de 12 mois d’activité au 31 décembre 2026.',
    ],
    [
      'for-profit',
      { kind: 'FOR_PROFIT', key: 'it' },
      { kind: 'FOR_PROFIT', value: 'true' },
      'false',
      'For-profit business: yes. A for-profit business is needed.',
      'Entreprise à but lucratif : oui. L’entreprise doit être à but lucratif.',
    ],
  ])('a rule about %s', (_, rules, fact, wrong, english, french) => {
    it('waits for the fact, then says YES with who said so and since when, in both languages', async () => {
      const callId = await aCallFor(rules);
      const owner = await aPerson(app, { name: 'Nadia' });
      const businessId = await aBusiness(owner, nothing);
      const before = await ask(owner, callId, businessId);
      expect(before).toMatchObject({ answer: 'NOT_YET', minutesToEligible: 2 });
      expect(before.conditions).toMatchObject([
        { key: 'it', result: 'OPEN', reason: 'FACT_MISSING', evidence: [] },
      ]);
      const asOf = fact.kind === 'HEADCOUNT' ? '2026-01-01' : '2026-10-07'; // as the rule says, or today
      expect(before.actions).toMatchObject([{ kind: 'STATE_FACT', factKind: fact.kind, factAsOf: asOf }]);

      await recordFact(owner, businessId, { ...fact, asOf });
      const after = await ask(owner, callId, businessId);
      expect(after).toMatchObject({ answer: 'YES', minutesToEligible: 0, actions: [], ruleSetNumber: 1 });
      expect(after.conditions).toMatchObject([{ result: 'TRUE', reason: 'MET', sentence: english }]);
      expect(after.conditions[0]!.evidence).toMatchObject([
        { ...fact, asOf, source: 'Nadia', recordedAt: START.toISOString() },
      ]);
      const colleague = await aPerson(app, { locale: 'fr' });
      await aMember(app, businessId, colleague.personId);
      const sentence = (await ask(colleague, callId, businessId)).conditions[0]!.sentence;
      expect(sentence.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(french);

      // What is said later about the same date counts; the earlier fact stays beside it.
      app.clock.moveForward(60_000);
      await recordFact(owner, businessId, { kind: fact.kind, value: wrong, asOf });
      const refused = await ask(owner, callId, businessId);
      expect(refused).toMatchObject({ answer: 'NO', minutesToEligible: null, actions: [] });
      expect(refused.conditions).toMatchObject([
        { result: 'FALSE', reason: 'NOT_MET', evidence: [{ value: wrong }] },
      ]);
      const { viewer } = await owner.ask('{ viewer { businesses { facts { value } } } }');
      expect(viewer.businesses[0].facts.map(({ value }: { value: string }) => value)).toEqual([
        fact.value,
        wrong,
      ]);
    });
  });

  describe('a badge', () => {
    it('turns NOT_YET into YES, counting the minutes down', async () => {
      const callId = await aCallFor(badge({ withinMonths: 6 }));
      const owner = await aPerson(app, { locale: 'fr' });
      const businessId = await aBusiness(owner);
      const untouched = await ask(owner, callId, businessId);
      expect(untouched).toMatchObject({ answer: 'NOT_YET', minutesToEligible: 15 });
      expect(untouched.actions).toMatchObject([
        { kind: 'FINISH_COURSE', minutes: 15, courseId: course.id, before: '2026-12-31T22:59:00.000Z' },
      ]);
      expect(untouched.actions[0]!.sentence).toContain('Small course (fr)');
      expect(untouched.actions[0]!.steps.map(({ minutes }) => minutes)).toEqual([5, 5, 5]);
      expect(untouched.actions[0]!.steps[2]!.sentence).toContain('Réussissez le quiz');

      await completeReadings(owner, await enroll(owner, course.id), course);
      expect(await ask(owner, callId, businessId)).toMatchObject({ answer: 'NOT_YET', minutesToEligible: 5 });
    });

    it('of a second member counts for the business, and of nobody else', async () => {
      const callId = await aCallFor(badge());
      const [owner, colleague, stranger] = [await aPerson(app), await aPerson(app), await aPerson(app)];
      const businessId = await aBusiness(owner);
      await aMember(app, businessId, colleague.personId);
      await completeCourse(stranger, course);
      await app.drainOutbox();
      expect((await ask(owner, callId, businessId)).answer).toBe('NOT_YET');
      await completeCourse(colleague, course, { businessId });
      await app.drainOutbox();
      const { answer, conditions } = await ask(owner, callId, businessId);
      expect(answer).toBe('YES');
      const { viewer } = await colleague.ask('{ viewer { certificates { id } } }');
      expect(conditions[0]!.evidence[0]).toMatchObject({
        kind: 'BADGE',
        certificateId: viewer.certificates[0].id,
      });
    });

    it('counts up to the same hour six months later, and not a millisecond longer', async () => {
      await goTo('2026-03-30T12:00:00.000Z');
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner);
      await completeCourse(owner, course);
      await app.drainOutbox();
      const callId = await aCallFor(badge({ withinMonths: 6 }));
      await goTo('2026-09-30T12:00:00.000Z');
      expect((await ask(owner, callId, businessId)).answer).toBe('YES');
      await goTo('2026-09-30T12:00:00.001Z');
      const { answer, conditions, actions } = await ask(owner, callId, businessId);
      expect(conditions[0]).toMatchObject({ reason: 'BADGE_TOO_OLD' });
      // The holder may take the course once more, and is sent there; the badge of the new cycle counts.
      expect(answer).toBe('NOT_YET');
      expect(actions).toMatchObject([{ kind: 'FINISH_COURSE', courseId: course.id, minutes: 15 }]);
      expect(actions[0]!.steps[0]!.sentence).toBe('Take the course “Small course” again');
      // Somebody else of the business can take it.
      const colleague = await aPerson(app);
      await aMember(app, businessId, colleague.personId);
      expect(await ask(colleague, callId, businessId)).toMatchObject({
        answer: 'NOT_YET',
        minutesToEligible: 15,
      });
      await completeCourse(owner, course, { again: true });
      const waiting = await ask(owner, callId, businessId);
      expect(waiting).toMatchObject({ answer: 'NOT_YET', minutesToEligible: 0 });
      expect(waiting.actions[0]!.steps).toEqual([]);
      expect(waiting.conditions[0]!.sentence).toContain('its new badge is being issued');
      await app.drainOutbox();
      expect((await ask(owner, callId, businessId)).answer).toBe('YES');
    });

    it('that is too old is no way to a grant after the close, though a new cycle is under way', async () => {
      await goTo('2026-03-30T12:00:00.000Z');
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner);
      await completeCourse(owner, course);
      await app.drainOutbox();
      const callId = await aCallFor(badge({ withinMonths: 6 }));
      await goTo('2026-12-31T22:00:00.000Z');
      await completeReadings(owner, await enroll(owner, course.id, { again: true }), course);
      expect(await ask(owner, callId, businessId)).toMatchObject({ answer: 'NOT_YET', minutesToEligible: 5 });
      await goTo('2026-12-31T22:59:00.001Z');
      const { answer, conditions, actions } = await ask(owner, callId, businessId);
      expect({ answer, actions }).toEqual({ answer: 'NO', actions: [] });
      expect(conditions[0]).toMatchObject({ result: 'FALSE', reason: 'BADGE_TOO_OLD' });
    });

    it('earned in the last minute counts, though the worker issues it after the close', async () => {
      const callId = await aCallFor(badge());
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner);
      await goTo('2026-12-31T22:58:59Z');
      await completeCourse(owner, course);
      await goTo('2027-01-04T09:00:00Z');
      await app.drainOutbox();
      expect((await ask(owner, callId, businessId)).answer).toBe('YES');
    });

    it('earned a second after the close does not', async () => {
      const callId = await aCallFor(badge());
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner);
      await goTo('2026-12-31T22:59:01Z');
      await completeCourse(owner, course);
      await app.drainOutbox();
      const { answer, conditions, actions } = await ask(owner, callId, businessId);
      expect({ answer, actions }).toEqual({ answer: 'NO', actions: [] });
      expect(conditions[0]).toMatchObject({ result: 'FALSE', reason: 'CLOSED_WITHOUT_TRAINING' });
    });

    it('is out of reach when less time is left than the course takes', async () => {
      const callId = await aCallFor(badge());
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner);
      await goTo('2026-12-31T22:44:00Z'); // fifteen minutes before the close, to the second
      expect((await ask(owner, callId, businessId)).answer).toBe('NOT_YET');
      await goTo('2026-12-31T22:44:01Z');
      const { answer, conditions } = await ask(owner, callId, businessId);
      expect(answer).toBe('NO');
      expect(conditions[0]).toMatchObject({ result: 'FALSE', reason: 'TRAINING_TOO_LATE' });
    });

    it('of a course that nobody can take is said to be unavailable', async () => {
      const draft = { slug: 'never-published', files: courseFiles() };
      await trainer.mutate('courseImport', 'CourseImportInput', draft, 'version { id }');
      const [row] = await app.sql<{ id: string }>(`SELECT id FROM course WHERE slug = $1`, [draft.slug]);
      const callId = await aCallFor({ kind: 'HOLDS_BADGE', key: 'badge', courseId: row!.id });
      const owner = await aPerson(app);
      const { answer, conditions } = await ask(owner, callId, await aBusiness(owner));
      expect(answer).toBe('NO');
      expect(conditions[0]).toMatchObject({ reason: 'COURSE_UNAVAILABLE' });
    });
  });

  describe('several conditions', () => {
    const country = (key: string, ...countries: string[]): RuleNode => ({
      kind: 'COUNTRY_IN',
      key,
      countries,
    });
    const profit: RuleNode = { kind: 'FOR_PROFIT', key: 'profit' };
    it.each<[string, RuleNode, Facts, string, string[]]>([
      [
        'ALL of TRUE and OPEN',
        { kind: 'ALL', of: [country('fr', 'FR'), profit] },
        { ...nothing, COUNTRY: 'FR' },
        'NOT_YET',
        ['TRUE', 'OPEN'],
      ],
      [
        'ALL of FALSE and OPEN',
        { kind: 'ALL', of: [country('fr', 'FR'), profit] },
        { ...nothing, COUNTRY: 'BE' },
        'NO',
        ['FALSE', 'OPEN'],
      ],
      [
        'ANY of TRUE and OPEN',
        { kind: 'ANY', of: [country('fr', 'FR'), profit] },
        { ...nothing, COUNTRY: 'FR' },
        'YES',
        ['TRUE', 'OPEN'],
      ],
      [
        'ANY of FALSE and OPEN',
        { kind: 'ANY', of: [country('fr', 'FR'), profit] },
        { ...nothing, COUNTRY: 'BE' },
        'NOT_YET',
        ['FALSE', 'OPEN'],
      ],
      [
        'NOT of TRUE',
        { kind: 'NOT', of: country('fr', 'FR') },
        { ...nothing, COUNTRY: 'FR' },
        'NO',
        ['TRUE'],
      ],
      [
        'NOT of FALSE',
        { kind: 'NOT', of: country('fr', 'FR') },
        { ...nothing, COUNTRY: 'BE' },
        'YES',
        ['FALSE'],
      ],
      ['NOT of OPEN', { kind: 'NOT', of: country('fr', 'FR') }, nothing, 'NOT_YET', ['OPEN']],
      [
        'AT_LEAST 2 of 3',
        { kind: 'AT_LEAST', n: 2, of: [country('fr', 'FR'), profit, country('eu', 'FR', 'BE')] },
        { ...nothing, COUNTRY: 'FR' },
        'YES',
        ['TRUE', 'OPEN', 'TRUE'],
      ],
      [
        'only a person is missing',
        {
          kind: 'ALL',
          of: [
            country('fr', 'FR'),
            { kind: 'HUMAN_REVIEW', key: 'look', question: { en: 'Is it real?', fr: 'Est-ce réel ?' } },
          ],
        },
        { ...nothing, COUNTRY: 'FR' },
        'NEEDS_REVIEW',
        ['TRUE', 'OPEN'],
      ],
    ])('%s', async (_, rules, facts, answer, results) => {
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner, facts);
      const asked = await ask(owner, await aCallFor(rules), businessId);
      expect(asked.answer).toBe(answer);
      expect(asked.conditions.map(({ result }) => result)).toEqual(results);
    });
  });

  /*
   * What the schemes' own pages say, and the cases that follow from their wording. Each is asked through the whole product:
   * facts as an owner types them, a call with its real window and zone.
   */
  describe('published schemes', () => {
    const scheme = {
      // "between 2 and 50 employees on 1 January 2020 ... trading for more than 12 months"; Chèque France Num style wording.
      startBounds: (): RuleNode => ({
        kind: 'ALL',
        of: [
          {
            kind: 'HEADCOUNT_BETWEEN',
            key: 'staff',
            min: { value: 2, inclusive: true },
            max: { value: 50, inclusive: true },
            asOf: '2020-01-01',
          },
          { kind: 'TRADING_FOR', key: 'age', moreThanMonths: 12, at: 'CLOSE' },
          { kind: 'FOR_PROFIT', key: 'profit' },
        ],
      }),
      // Help to Grow: Management, England: 5 to 249 employees, operating for at least one year.
      helpToGrow: (): RuleNode => ({
        kind: 'ALL',
        of: [
          { kind: 'COUNTRY_IN', key: 'uk', countries: ['GB'] },
          {
            kind: 'HEADCOUNT_BETWEEN',
            key: 'staff',
            min: { value: 5, inclusive: true },
            max: { value: 249, inclusive: true },
            asOf: 'CLOSE',
          },
          { kind: 'TRADING_FOR', key: 'age', atLeastMonths: 12, at: 'CLOSE' },
        ],
      }),
      // Trading Online Voucher, Ireland: "10 or fewer" employees, trading for at least 6 months.
      tradingOnline: (): RuleNode => ({
        kind: 'ALL',
        of: [
          { kind: 'COUNTRY_IN', key: 'ireland', countries: ['IE'] },
          { kind: 'HEADCOUNT_BETWEEN', key: 'staff', max: { value: 10, inclusive: true }, asOf: 'CLOSE' },
          { kind: 'TRADING_FOR', key: 'age', atLeastMonths: 6, at: 'CLOSE' },
        ],
      }),
    };
    it.each<[keyof typeof scheme, string, Facts, string]>([
      ['startBounds', '2 people', { HEADCOUNT: '2' }, 'YES'],
      ['startBounds', '50 people', { HEADCOUNT: '50' }, 'YES'],
      ['startBounds', '1 person', { HEADCOUNT: '1' }, 'NO'],
      ['startBounds', '51 people', { HEADCOUNT: '51' }, 'NO'],
      ['startBounds', 'exactly 12 months at the close', { TRADING_SINCE: '2025-12-31' }, 'NO'],
      ['startBounds', '12 months and a day', { TRADING_SINCE: '2025-12-30' }, 'YES'],
      ['startBounds', 'an association', { FOR_PROFIT: 'false' }, 'NO'],
      ['helpToGrow', '4 employees', { COUNTRY: 'GB', HEADCOUNT: '4' }, 'NO'],
      ['helpToGrow', '5 employees', { COUNTRY: 'GB', HEADCOUNT: '5' }, 'YES'],
      ['helpToGrow', '249 employees', { COUNTRY: 'GB', HEADCOUNT: '249' }, 'YES'],
      ['helpToGrow', '250 employees', { COUNTRY: 'GB', HEADCOUNT: '250' }, 'NO'],
      [
        'helpToGrow',
        'a year to the day',
        { COUNTRY: 'GB', HEADCOUNT: '5', TRADING_SINCE: '2025-12-31' },
        'YES',
      ],
      [
        'helpToGrow',
        'a day short of a year',
        { COUNTRY: 'GB', HEADCOUNT: '5', TRADING_SINCE: '2026-01-01' },
        'NO',
      ],
      ['tradingOnline', '10 employees', { COUNTRY: 'IE', HEADCOUNT: '10' }, 'YES'],
      ['tradingOnline', '11 employees', { COUNTRY: 'IE', HEADCOUNT: '11' }, 'NO'],
      ['tradingOnline', 'nobody but the owner', { COUNTRY: 'IE', HEADCOUNT: '0' }, 'YES'],
      ['tradingOnline', 'in Northern Ireland', { COUNTRY: 'GB', HEADCOUNT: '3' }, 'NO'],
      [
        'tradingOnline',
        'six months, at the end of a short month',
        { COUNTRY: 'IE', TRADING_SINCE: '2026-06-30' },
        'YES',
      ],
      ['tradingOnline', 'not said since when', { COUNTRY: 'IE', TRADING_SINCE: null }, 'NOT_YET'],
    ])('%s: %s', async (name, _, facts, answer) => {
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner, facts);
      expect((await ask(owner, await aCallFor(scheme[name]()), businessId)).answer).toBe(answer);
    });
  });
});
