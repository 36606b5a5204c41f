import type { RuleNode } from '../../src/features/grants/eligibility.conditions.js';
import { GrantCallService } from '../../src/features/grants/grant-call.service.js';
import { aBusiness, aPerson, recordFact } from '../support/builders.js';
import { ask, ELIGIBILITY, startGrants, type Grants } from '../support/grants.js';
import type { TestApp } from '../support/test-app.js';

describe('grant calls', () => {
  let app: TestApp;
  let manager: Grants['manager'];
  let aCallFor: Grants['aCallFor'];
  let goTo: Grants['goTo'];
  let startOver: Grants['startOver'];
  beforeAll(async () => {
    ({ app, manager, aCallFor, goTo, startOver } = await startGrants());
  });
  beforeEach(() => startOver());
  afterAll(() => app.close());

  describe('whose business', () => {
    let callId: string;
    beforeAll(async () => {
      callId = await aCallFor({ kind: 'COUNTRY_IN', key: 'fr', countries: ['FR'] });
    });

    it('is the only one when none is named; otherwise it must be said', async () => {
      const owner = await aPerson(app);
      const needed = async () => (await owner.send(ELIGIBILITY, { callId })).errors![0]!;
      expect(await needed()).toMatchObject({
        message: expect.stringContaining('businessId: '),
        extensions: { code: 'BAD_USER_INPUT' },
      });
      await aBusiness(owner);
      expect((await ask(owner, callId)).answer).toBe('YES');
      await aBusiness(owner, { COUNTRY: 'BE' });
      expect(await needed()).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    });

    it("is not somebody else's, and the attempt is audited", async () => {
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner);
      const stranger = await aPerson(app);
      expect(await stranger.errorCode(ELIGIBILITY, { callId, businessId })).toBe('NOT_FOUND');
      expect(await manager.errorCode(ELIGIBILITY, { callId, businessId })).toBe('NOT_FOUND');
      const audited = await app.sql(`SELECT action FROM audit_entry WHERE actor_id = $1 AND subject = $2`, [
        stranger.personId,
        `business:${businessId}`,
      ]);
      expect(audited).toEqual([{ action: 'eligibility' }]);
    });

    it('is asked by someone signed in, about a call that exists', async () => {
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner);
      expect(await app.visitor().errorCode(ELIGIBILITY, { callId, businessId })).toBe('UNAUTHENTICATED');
      for (const unknown of ['00000000-0000-7000-8000-000000000000', 'not-an-id']) {
        expect(await owner.errorCode(ELIGIBILITY, { callId: unknown, businessId })).toBe('NOT_FOUND');
      }
    });
  });

  describe('a call', () => {
    it('shows its window as instants, its zone and its rules to anyone', async () => {
      const rules: RuleNode = { kind: 'COUNTRY_IN', key: 'fr', countries: ['FR'] };
      const id = await aCallFor(rules, { timeZone: 'Pacific/Apia' });
      const { grantCall } = await app
        .visitor({ locale: 'fr' })
        .ask(`query ($id: ID!) { grantCall(id: $id) { name opensAt closesAt timeZone rules } }`, { id });
      expect(grantCall).toEqual({
        name: 'Appel',
        opensAt: '2026-08-31T20:00:00.000Z',
        closesAt: '2026-12-31T10:59:00.000Z',
        timeZone: 'Pacific/Apia',
        rules,
      });
    });

    it.each([
      ['twice: the earlier', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'],
      ['never: after the change', '2027-03-28T02:30', '2027-03-28T01:30:00.000Z'],
    ])('that closes at a time which comes %s', async (_, closesLocal, closesAt) => {
      const id = await aCallFor({ kind: 'FOR_PROFIT', key: 'it' }, { closesLocal });
      const { grantCall } = await app
        .visitor()
        .ask(`query ($id: ID!) { grantCall(id: $id) { closesAt } }`, { id });
      expect(grantCall.closesAt).toBe(closesAt);
    });

    it('takes what was true by its close, to the second', async () => {
      const callId = await aCallFor({ kind: 'REGION_IN', key: 'it', regions: ['FR-IDF'] });
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner);
      await goTo('2027-02-01T00:00:00Z');
      await recordFact(owner, businessId, { kind: 'REGION', value: 'FR-BRE', asOf: '2027-01-01' }); // moved after the close
      expect((await ask(owner, callId, businessId)).answer).toBe('YES');
      await recordFact(owner, businessId, { kind: 'REGION', value: 'FR-BRE', asOf: '2026-12-31' });
      expect((await ask(owner, callId, businessId)).answer).toBe('NO');
    });

    it.each([
      ['UPDATE rule_set SET tree = \'{"kind":"FOR_PROFIT","key":"x"}\' WHERE call_id = $1'],
      ['DELETE FROM rule_set WHERE call_id = $1'],
      ['UPDATE rule_set SET number = 7 WHERE call_id = $1'],
    ])('keeps its rules against %s', async (statement) => {
      const callId = await aCallFor({ kind: 'FOR_PROFIT', key: 'it' });
      await expect(app.sql(statement, [callId])).rejects.toThrow('append-only');
    });

    it('keeps its rules against TRUNCATE', async () => {
      await expect(app.sql('TRUNCATE rule_set')).rejects.toThrow('append-only');
    });

    it('answers by its newest edition of the rules', async () => {
      const callId = await aCallFor({ kind: 'COUNTRY_IN', key: 'it', countries: ['BE'] });
      const owner = await aPerson(app);
      const businessId = await aBusiness(owner);
      expect(await ask(owner, callId, businessId)).toMatchObject({ answer: 'NO', ruleSetNumber: 1 });
      await app.sql(
        `INSERT INTO rule_set (id, call_id, number, tree, created_at)
         VALUES (gen_random_uuid(), $1, 2, '{"kind":"COUNTRY_IN","key":"it","countries":["FR"]}', now())`,
        [callId],
      );
      expect(await ask(owner, callId, businessId)).toMatchObject({ answer: 'YES', ruleSetNumber: 2 });
    });

    const profit = { kind: 'FOR_PROFIT', key: 'it' };
    const deep = (levels: number): object => (levels === 0 ? profit : { kind: 'NOT', of: deep(levels - 1) });
    it.each<[string, unknown, RegExp]>([
      ['no rule', null, /kind|object/i],
      [
        'an unknown kind',
        { kind: 'ALL', of: [profit, { kind: 'TURNOVER_OVER', key: 'x' }] },
        /"of",\s*1,\s*"kind"/,
      ],
      ['an unknown key', { ...profit, surprise: true }, /surprise/],
      ['an empty list', { kind: 'ANY', of: [] }, /"of"/],
      [
        'one key for two conditions',
        { kind: 'ALL', of: [profit, { kind: 'NOT', of: profit }] },
        /already the key of rule\.of\[0\]/,
      ],
      ['more than there are', { kind: 'AT_LEAST', n: 2, of: [profit] }, /"n"/],
      ['the country UK', { kind: 'COUNTRY_IN', key: 'c', countries: ['FR', 'UK'] }, /"countries",\s*1/],
      [
        'bounds that nobody meets',
        {
          kind: 'HEADCOUNT_BETWEEN',
          key: 'h',
          min: { value: 5, inclusive: false },
          max: { value: 5, inclusive: true },
          asOf: 'CLOSE',
        },
        /no headcount can meet/,
      ],
      ['no bounds', { kind: 'HEADCOUNT_BETWEEN', key: 'h', asOf: 'CLOSE' }, /needs .*min.*max.* or both/],
      ['a date that is none', { kind: 'TRADING_FOR', key: 't', atLeastMonths: 3, at: '2026-02-30' }, /"at"/],
      [
        'both ways of counting',
        { kind: 'TRADING_FOR', key: 't', atLeastMonths: 3, moreThanMonths: 3, at: 'CLOSE' },
        /exactly one/,
      ],
      ['a course that is no id', { kind: 'HOLDS_BADGE', key: 'b', courseId: 'get-found' }, /"courseId"/],
      ['a question in one language', { kind: 'HUMAN_REVIEW', key: 'q', question: { en: 'Is it?' } }, /"fr"/],
      ['too deep a tree', deep(9), /nested more than 8 deep/],
      ['a bottomless tree', deep(5000), /nested more than 8 deep/],
      ['too wide a tree', { kind: 'ANY', of: Array(101).fill(profit) }, /more than 100/],
    ])('is refused with %s, and nothing is stored', async (_, rules, place) => {
      const count = () => app.sql('SELECT count(*) FROM grant_call');
      const before = await count();
      await expect(aCallFor(rules as RuleNode)).rejects.toThrow(place);
      expect(await count()).toEqual(before);
    });

    it.each([
      ['a close before the opening', { closesLocal: '2026-08-31T09:00' }],
      ['a date that is none', { closesLocal: '2026-13-01T09:00' }],
      ['an instant instead of a local time', { closesLocal: '2026-12-31T23:59Z' }],
      ['an unknown zone', { timeZone: 'Europe/Atlantis' }],
    ])('is refused with %s', async (_, window) => {
      await expect(aCallFor({ kind: 'FOR_PROFIT', key: 'it' }, window)).rejects.toThrow(RangeError);
    });
  });

  it('sets calls up with the service only: nobody can make one through the API', async () => {
    expect(app.get(GrantCallService)).toBeDefined();
    const { __schema } = await app.visitor().ask('{ __schema { mutationType { fields { name } } } }');
    expect(
      __schema.mutationType.fields.filter(({ name }: { name: string }) => /^grant|^rule/i.test(name)),
    ).toEqual([]);
  });
});
