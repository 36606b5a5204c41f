import { aBusiness, aPerson, recordFact } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('a business and what is true of it', () => {
  let app: TestApp;
  let owner: Awaited<ReturnType<typeof aPerson>>;
  beforeAll(async () => {
    app = await startTestApp();
    owner = await aPerson(app, { name: 'owner' });
  });
  afterAll(() => app.close());

  const create = (client: Client, input: object) =>
    client.mutate('businessCreate', 'BusinessCreateInput', input, 'business { id name registrationNumber }');
  const factsOf = async (client: Client, businessId: string) => {
    const { viewer } = await client.ask('{ viewer { businesses { id facts { kind value asOf } } } }');
    return viewer.businesses.find(({ id }: { id: string }) => id === businessId)?.facts;
  };
  const record = `mutation ($input: BusinessFactRecordInput!) { businessFactRecord(input: $input) { fact { kind } } }`;

  it('keeps every fact with its date, oldest first, and changes none', async () => {
    const businessId = await aBusiness(owner, {
      REGION: null,
      COUNTRY: null,
      FOR_PROFIT: null,
      TRADING_SINCE: null,
    });
    await recordFact(owner, businessId, { kind: 'HEADCOUNT', value: '9', asOf: '2024-05-01' });
    await recordFact(owner, businessId, { kind: 'HEADCOUNT', value: '7', asOf: '2022-01-01' });
    await recordFact(owner, businessId, { kind: 'HEADCOUNT', value: '8', asOf: '2022-01-01' });
    expect(await factsOf(owner, businessId)).toEqual([
      { kind: 'HEADCOUNT', value: '3', asOf: '2020-01-01' },
      { kind: 'HEADCOUNT', value: '7', asOf: '2022-01-01' },
      { kind: 'HEADCOUNT', value: '8', asOf: '2022-01-01' },
      { kind: 'HEADCOUNT', value: '9', asOf: '2024-05-01' },
    ]);
  });

  it.each([
    ['COUNTRY', ' fr ', 'FR'],
    ['COUNTRY', 'GB', 'GB'],
    ['REGION', 'fr-idf', 'FR-IDF'],
    ['HEADCOUNT', '0', '0'],
    ['HEADCOUNT', '100000', '100000'],
    ['FOR_PROFIT', 'false', 'false'],
    ['TRADING_SINCE', '2024-02-29', '2024-02-29'],
    ['SECTOR', '56.10', '56.10'],
  ])('takes %s %j', async (kind, value, kept) => {
    const businessId = await aBusiness(owner);
    const { fact, userErrors } = await recordFact(owner, businessId, { kind, value, asOf: '2026-01-01' });
    expect(userErrors).toEqual([]);
    expect(fact).toMatchObject({ kind, value: kept, asOf: '2026-01-01' });
  });

  it.each([
    ['COUNTRY', 'UK', 'COUNTRY_INVALID'], // not ISO 3166-1: rules say GB, and a fact must be comparable
    ['COUNTRY', 'SU', 'COUNTRY_INVALID'], // no longer assigned
    ['COUNTRY', 'ZZ', 'COUNTRY_INVALID'],
    ['COUNTRY', 'France', 'COUNTRY_INVALID'],
    ['REGION', 'IDF', 'REGION_INVALID'],
    ['REGION', 'UK-ENG', 'REGION_INVALID'],
    ['REGION', 'FR-TOOLONG', 'REGION_INVALID'],
    ['HEADCOUNT', '-1', 'HEADCOUNT_INVALID'],
    ['HEADCOUNT', '2.5', 'HEADCOUNT_INVALID'],
    ['HEADCOUNT', '1e3', 'HEADCOUNT_INVALID'],
    ['HEADCOUNT', '100001', 'HEADCOUNT_INVALID'],
    ['HEADCOUNT', '٣', 'HEADCOUNT_INVALID'],
    ['FOR_PROFIT', 'yes', 'FOR_PROFIT_INVALID'],
    ['TRADING_SINCE', '2023-02-29', 'DATE_INVALID'],
    ['TRADING_SINCE', '03/01/2019', 'DATE_INVALID'],
    ['TRADING_SINCE', '0000-01-01', 'DATE_INVALID'],
    ['TRADING_SINCE', '2026-10-09', 'DATE_IN_FUTURE'],
    ['SECTOR', 'bakery', 'SECTOR_INVALID'],
    ['SECTOR', '', 'REQUIRED'],
    ['SECTOR', '   ', 'SECTOR_INVALID'],
    ['SECTOR', '1'.repeat(101), 'TOO_LONG'],
    ['SECTOR', '10\u0000', 'INVALID_FORMAT'],
  ])('refuses %s %j with %s', async (kind, value, code) => {
    const businessId = await aBusiness(owner);
    const { fact, userErrors } = await recordFact(owner, businessId, { kind, value, asOf: '2026-01-01' });
    expect(fact).toBeNull();
    expect(userErrors).toEqual([{ code, field: 'value', message: expect.stringMatching(/\S.*\.$/) }]);
    expect(await factsOf(owner, businessId)).toHaveLength(5);
  });

  it('takes the day it is in the easternmost zone, and refuses the next, and the year 0', async () => {
    const businessId = await aBusiness(owner); // it is 7 October, noon in Paris; in UTC+14 it is 8 October
    const on = (asOf: string) => recordFact(owner, businessId, { kind: 'HEADCOUNT', value: '4', asOf });
    expect((await on('2026-10-08')).userErrors).toEqual([]);
    expect((await on('2026-10-09')).userErrors[0]).toMatchObject({ code: 'DATE_IN_FUTURE', field: 'asOf' });
    expect((await on('0000-01-01')).userErrors[0]).toMatchObject({ code: 'DATE_INVALID', field: 'asOf' });
    const fact = { kind: 'HEADCOUNT', value: '4', asOf: '2026-02-30' };
    expect(await owner.errorCode(record, { input: { businessId, fact } })).toBe('BAD_USER_INPUT');
  });

  it('makes no business when one of its facts is wrong', async () => {
    const newcomer = await aPerson(app);
    const facts = [
      { kind: 'HEADCOUNT', value: '4', asOf: '2026-01-01' },
      { kind: 'REGION', value: 'nowhere', asOf: '2026-01-01' },
    ];
    const { business, userErrors } = await create(newcomer, {
      name: 'Half',
      registrationNumber: 'HALF1',
      facts,
    });
    expect(business).toBeNull();
    expect(userErrors[0]).toMatchObject({ code: 'REGION_INVALID', field: 'facts.1.value' });
    expect(await newcomer.ask('{ viewer { businesses { id } } }')).toEqual({ viewer: { businesses: [] } });
    expect((await create(newcomer, { name: 'Half', registrationNumber: 'HALF1' })).userErrors).toEqual([]);
  });

  it.each([
    ['x'.repeat(161), 'TOO_LONG', 'C’est trop long : 160 caractères au maximum.'],
    ['   ', 'REQUIRED', 'Cette information est nécessaire.'],
    ['a\u0000b', 'INVALID_FORMAT', 'Cela n’a pas la forme attendue.'],
  ])('refuses the name %j in words, in the language of the person', async (name, code, message) => {
    const french = await aPerson(app, { locale: 'fr' });
    const { business, userErrors } = await create(french, { name });
    expect(business).toBeNull();
    expect(userErrors).toEqual([{ code, field: 'name', message }]);
  });

  it('takes a name of 160 characters, trimmed, and gives it back as it was', async () => {
    const name = `“L’Épi d’or” <b>& fils</b> 面包 ${'x'.repeat(128)}`;
    const { business } = await create(owner, { name: `  ${name} ` });
    expect(business.name).toBe(name);
  });

  it('knows a registration number however it is written', async () => {
    const { business } = await create(owner, { name: 'First', registrationNumber: 'sc 123.456-78' });
    expect(business.registrationNumber).toBe('SC12345678');
    const again = await create(await aPerson(app), { name: 'Second', registrationNumber: 'SC12345678' });
    expect(again.business).toBeNull();
    expect(again.userErrors[0]).toMatchObject({
      code: 'REGISTRATION_NUMBER_TAKEN',
      field: 'registrationNumber',
    });
  });

  it('gives a registration number to one of ten that ask at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => create(owner, { name: 'Race', registrationNumber: '552 100 554' })),
    );
    expect(answers.filter(({ business }) => business)).toHaveLength(1);
    const codes = answers.flatMap(({ userErrors }) => userErrors.map(({ code }: { code: string }) => code));
    expect(codes).toEqual(Array(9).fill('REGISTRATION_NUMBER_TAKEN'));
  });

  it('makes one business of two requests with one idempotency key', async () => {
    const newcomer = await aPerson(app);
    const input = { name: 'Once', idempotencyKey: 'once' };
    const [first, second] = await Promise.all([create(newcomer, input), create(newcomer, input)]);
    expect(first.business.id).toBe(second.business.id);
    expect((await newcomer.ask('{ viewer { businesses { id } } }')).viewer.businesses).toHaveLength(1);
  });

  it("hides someone else's business, the same as one that does not exist, and audits the attempt", async () => {
    const businessId = await aBusiness(owner);
    const stranger = await aPerson(app, { name: 'stranger' });
    const fact = { kind: 'HEADCOUNT', value: '4', asOf: '2026-01-01' };
    const unknown = '00000000-0000-4000-8000-000000000000';
    const answers = [];
    for (const id of [businessId, unknown, 'not-an-id']) {
      const { data, errors } = await stranger.send(record, { input: { businessId: id, fact } });
      answers.push({ data, message: errors![0]!.message, code: errors![0]!.extensions.code });
    }
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ code: 'NOT_FOUND' });
    const audited = await app.sql(
      `SELECT action, subject, outcome FROM audit_entry WHERE actor_id = $1 AND subject = $2`,
      [stranger.personId, `business:${businessId}`],
    );
    expect(audited).toEqual([
      { action: 'businessFactRecord', subject: `business:${businessId}`, outcome: 'REFUSED' },
    ]);
    expect(await factsOf(owner, businessId)).toHaveLength(5);
  });

  it('says who stated a fact, by name where they gave one', async () => {
    const document = '{ viewer { businesses { facts { kind statedBy statedByViewer } } } }';
    const ask = async (client: Client) =>
      (await client.ask(document)).viewer.businesses.flatMap(({ facts }: { facts: object[] }) => facts);
    const teller = await aPerson(app, { name: 'Nadia' });
    const businessId = await aBusiness(teller);
    expect((await ask(teller))[0]).toMatchObject({ statedBy: 'Nadia', statedByViewer: true });
    const partner = await aPerson(app);
    await app.sql(`INSERT INTO business_member (business_id, person_id, created_at) VALUES ($1, $2, now())`, [
      businessId,
      partner.personId,
    ]);
    await recordFact(partner, businessId, { kind: 'SECTOR', value: '10', asOf: '2026-01-01' });
    const facts: { kind: string }[] = await ask(partner);
    expect(facts.find(({ kind }) => kind === 'HEADCOUNT')).toMatchObject({
      statedBy: 'Nadia',
      statedByViewer: false,
    });
    expect(facts.find(({ kind }) => kind === 'SECTOR')).toMatchObject({ statedByViewer: true });
  });

  it('names regions in the language of who asks', async () => {
    const regionsOf = async (locale: string) =>
      (await app.visitor({ locale }).ask('{ places { regions { code name } } }')).places.regions;
    expect(await regionsOf('fr')).toContainEqual({ code: 'FR-BRE', name: 'Bretagne' });
    const english = await regionsOf('en');
    expect(english).toContainEqual({ code: 'FR-BRE', name: 'Brittany' });
    const names = english.map(({ name }: { name: string }) => name);
    expect(names).toEqual([...names].sort((one, other) => one.localeCompare(other, 'en')));
  });

  it('knows the id of a business in upper case', async () => {
    const businessId = await aBusiness(owner);
    const fact = { kind: 'HEADCOUNT', value: '4', asOf: '2026-01-01' };
    expect((await recordFact(owner, businessId.toUpperCase(), fact)).userErrors).toEqual([]);
  });

  it('needs somebody who is signed in', async () => {
    const create = 'mutation { businessCreate(input: { name: "x" }) { business { id } } }';
    expect(await app.visitor().errorCode(create)).toBe('UNAUTHENTICATED');
  });
});
