import { getIntrospectionQuery } from 'graphql';
import { aBusiness, aCourse, anEmail, aPerson, enroll, type BuiltCourse } from '../support/builders.js';
import type { Client, GraphqlResult } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NOBODY = '018f0000-0000-7000-8000-000000000000';

describe('the GraphQL endpoint', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    course = await aCourse(trainer);
  });
  afterAll(() => app.close());

  const createBusiness = (who: Client, input: object): Promise<any> =>
    who.mutate('businessCreate', 'BusinessCreateInput', input, 'business { id name }');
  const businessesOf = async (who: Client): Promise<{ id: string; name: string }[]> =>
    (await who.ask('{ viewer { businesses { id name } } }')).viewer.businesses;

  describe('idempotency keys', () => {
    it('answers the same again without doing it twice', async () => {
      const owner = await aPerson(app);
      const input = { name: 'Once', idempotencyKey: 'k' };
      const first = await createBusiness(owner, input);
      expect(await createBusiness(owner, input)).toEqual(first);
      expect(await businessesOf(owner)).toEqual([first.business]);
    });

    it('does it once when ten arrive together', async () => {
      const owner = await aPerson(app);
      const input = { name: 'Together', idempotencyKey: 'k' };
      const answers = await Promise.all(Array.from({ length: 10 }, () => createBusiness(owner, input)));
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(await businessesOf(owner)).toEqual([answers[0].business]);
    });

    it('refuses a key that came with another input or another mutation', async () => {
      const owner = await aPerson(app);
      await createBusiness(owner, { name: 'First', idempotencyKey: 'k' });
      const other = await createBusiness(owner, { name: 'Second', idempotencyKey: 'k' });
      expect(other.business).toBeNull();
      expect(other.userErrors[0]).toMatchObject({ code: 'IDEMPOTENCY_KEY_REUSED', field: 'idempotencyKey' });
      const input = { courseId: course.id, idempotencyKey: 'k' };
      const enrollment = await owner.mutate(
        'enrollmentCreate',
        'EnrollmentCreateInput',
        input,
        'enrollment { id }',
      );
      expect(enrollment.userErrors[0].code).toBe('IDEMPOTENCY_KEY_REUSED');
      expect(await businessesOf(owner)).toHaveLength(1);
    });

    it('gives a refusal again, even when it would no longer be refused', async () => {
      const [owner, taker] = [await aPerson(app), await aPerson(app)];
      await createBusiness(taker, { name: 'Taker', registrationNumber: '55210055400013' });
      const input = { name: 'Late', registrationNumber: '55210055400013', idempotencyKey: 'k' };
      const first = await createBusiness(owner, input);
      expect(first.userErrors[0].code).toBe('REGISTRATION_NUMBER_TAKEN');
      await app.sql(
        `UPDATE business SET registration_number = NULL WHERE registration_number = '55210055400013'`,
      );
      expect(await createBusiness(owner, input)).toEqual(first);
      expect(await businessesOf(owner)).toEqual([]);
    });

    it('keeps one person’s keys apart from another’s', async () => {
      const [one, two] = [await aPerson(app), await aPerson(app)];
      const input = { name: 'Mine', idempotencyKey: 'shared' };
      const first = await createBusiness(one, input);
      const second = await createBusiness(two, input);
      expect(second.business.id).not.toBe(first.business.id);
    });

    it('answers again with dates, edges and live fields', async () => {
      const learner = await aPerson(app);
      const send = () =>
        learner.mutate(
          'enrollmentCreate',
          'EnrollmentCreateInput',
          { courseId: course.id, idempotencyKey: 'k' },
          'enrollment { id enrolledAt lastActivityAt course { slug } progress { requiredLessons } }',
        );
      const first = await send();
      expect(first.enrollment.enrolledAt).toBe(app.clock.now().toISOString());
      expect(await send()).toEqual(first);
    });

    it('forgets a key whose mutation failed', async () => {
      const learner = await aPerson(app);
      const input = { courseId: NOBODY, idempotencyKey: 'k' };
      const document = `mutation ($input: EnrollmentCreateInput!) { enrollmentCreate(input: $input) { enrollment { id } } }`;
      expect(await learner.errorCode(document, { input })).toBe('NOT_FOUND');
      expect(await app.sql(`SELECT 1 FROM idempotency_key WHERE person_id = $1`, [learner.personId])).toEqual(
        [],
      );
    });

    it('refuses a key of more than 100 characters', async () => {
      const owner = await aPerson(app);
      expect(
        (await createBusiness(owner, { name: 'Fits', idempotencyKey: 'k'.repeat(100) })).userErrors,
      ).toEqual([]);
      const { userErrors } = await createBusiness(owner, { name: 'Long', idempotencyKey: 'k'.repeat(101) });
      expect(userErrors[0]).toMatchObject({ code: 'TOO_LONG', field: 'idempotencyKey' });
    });
  });

  describe('errors', () => {
    it('have one of five codes', async () => {
      const visitor = app.visitor();
      const stranger = await aPerson(app);
      const enrollTo = (courseId: string) =>
        [
          `mutation ($id: ID!) { enrollmentCreate(input: { courseId: $id }) { enrollment { id } } }`,
          { id: courseId },
        ] as const;
      expect(await visitor.errorCode(...enrollTo(course.id))).toBe('UNAUTHENTICATED');
      expect(await stranger.errorCode(...enrollTo(NOBODY))).toBe('NOT_FOUND');
      expect(await stranger.errorCode(...enrollTo('no-id'))).toBe('NOT_FOUND');
      expect(
        await stranger.errorCode(`query ($id: ID!) { courseVersion(id: $id) { id } }`, {
          id: course.versionId,
        }),
      ).toBe('FORBIDDEN');
      expect(await visitor.errorCode('{ courses(first: 0) { nodes { id } } }')).toBe('BAD_USER_INPUT');
      expect(
        await visitor.errorCode('query ($slug: String!) { course(slug: $slug) { id } }', { slug: 7 }),
      ).toBe('BAD_USER_INPUT');
    });

    it.each([
      [
        'a NUL',
        'a\u0000b',
        {
          data: { lessonUpdate: { lesson: null, userErrors: [{ code: 'INVALID_FORMAT', field: 'title' }] } },
        },
      ],
      [
        'half a surrogate pair',
        'x\udfff',
        { data: null, errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] },
      ],
    ])('name the caller’s fault when a text holds %s', async (_what, title, answer) => {
      const draft = await trainer.mutate(
        'courseDraftCreate',
        'CourseDraftCreateInput',
        { courseId: course.id },
        'version { modules { lessons { id } } }',
      );
      const update = `mutation ($id: ID!, $title: String!) { lessonUpdate(input: { lessonId: $id, locale: "en", title: $title }) { lesson { id } userErrors { code field } } }`;
      const lessonId = draft.version.modules[0].lessons[0].id as string;
      expect(await trainer.send(update, { id: lessonId, title })).toMatchObject(answer);
    });

    it('name the caller’s fault when a slug holds a NUL', async () => {
      expect(
        await app
          .visitor()
          .errorCode('query ($slug: String!) { course(slug: $slug) { id } }', { slug: '\0' }),
      ).toBe('BAD_USER_INPUT');
    });

    it('say nothing of the server', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      // A statement that fails inside the product, however healthy its code is.
      await app.sql('ALTER TABLE lesson_completion RENAME TO lesson_completion_away');
      const answers: GraphqlResult[] = [];
      try {
        answers.push(
          await learner.send('{ viewer { enrollments { id progress { minutesLeft } } } }'),
          await learner.send(
            `mutation ($e: ID!, $l: ID!) { lessonComplete(input: { enrollmentId: $e, lessonId: $l }) { lesson { id } } }`,
            { e: enrollmentId, l: course.lessons[0]!.id },
          ),
        );
      } finally {
        await app.sql('ALTER TABLE lesson_completion_away RENAME TO lesson_completion');
      }
      for (const { errors } of answers) {
        expect(errors![0]!.extensions).toEqual({ code: 'INTERNAL' });
        expect(JSON.stringify(errors)).not.toMatch(
          /lesson_completion|SELECT|INSERT|relation|\.js|node_modules|at /,
        );
      }
    });
  });

  describe('documents that no page sends', () => {
    /** The answer, and the milliseconds it took: a refusal must not cost us. */
    const timed = async (document: string): Promise<{ codes: string[]; ms: number }> => {
      const from = performance.now();
      const { errors = [] } = await app.visitor().send(document);
      return { codes: errors.map(({ extensions }) => extensions.code), ms: performance.now() - from };
    };
    const range = (length: number): number[] => Array.from({ length }, (_, index) => index);
    const deep = (levels: number): string =>
      'course { enrollment { '.repeat(levels) + 'id' + ' } }'.repeat(levels);

    it.each([
      ['deep', `{ viewer { enrollments { ${deep(6)} } } }`],
      [
        'deep through fragments',
        `{ viewer { enrollments { ...A } } } fragment A on Enrollment { ${deep(3)} course { enrollment { ...B } } }
         fragment B on Enrollment { ${deep(4)} }`,
      ],
      [
        'full of aliases',
        `{ ${range(21)
          .map((each) => `a${each}: viewer { id }`)
          .join(' ')} }`,
      ],
      [
        'full of aliases in a fragment',
        `{ ...F } fragment F on Query { ${range(21)
          .map((each) => `a${each}: viewer { id }`)
          .join(' ')} }`,
      ],
      [
        'full of aliases in inline fragments',
        `{ ${range(21)
          .map((each) => `... on Query { a${each}: viewer { id } }`)
          .join(' ')} }`,
      ],
      [
        'full of sign-ins',
        `mutation { ... on Mutation { ${range(21)
          .map((each) => `a${each}: signOut { signedOut }`)
          .join(' ')} } }`,
      ],
      [
        'wide',
        `{ courses(first: 1) { nodes { ${range(601)
          .map((each) => `a${each}: id`)
          .join(' ')} } } }`,
      ],
      [
        'wide in the schema',
        `{ __schema { ${range(601)
          .map((each) => `a${each}: types { name }`)
          .join(' ')} } }`,
      ],
      [
        'going round in fragments',
        '{ viewer { ...A } } fragment A on Viewer { id ...B } fragment B on Viewer { id ...A }',
      ],
      [
        'spreading exponentially',
        `{ viewer { ...F0 } } ${range(40)
          .map((each) => `fragment F${each} on Viewer { ...F${each + 1} ...F${each + 1} }`)
          .join(' ')}
         fragment F40 on Viewer { id }`,
      ],
      ['repeating a field', `{ viewer { ${'id '.repeat(100_000)} } }`],
      ['of one huge list', `{ course(slug: [${'1,'.repeat(100_000)}]) { id } }`],
    ])('are refused at once when %s', async (_what, document) => {
      const { codes, ms } = await timed(document);
      expect(codes.length).toBeGreaterThan(0);
      for (const code of codes) expect(code).toMatch(/^GRAPHQL_(PARSE|VALIDATION)_FAILED$/);
      expect(ms).toBeLessThan(1_000);
    });

    it('still let tools read the schema', async () => {
      const { __schema: schema } = await app.visitor().ask(getIntrospectionQuery());
      expect(schema.queryType.name).toBe('Query');
    });
  });

  describe('requests that are not GraphQL', () => {
    it.each([
      ['a body cut short', '{"query": "{ viewer', {}, 400],
      ['no JSON at all', 'query=1', {}, 400],
      ['a JSON text that is no object', '"query"', {}, 400],
      [
        'an unknown charset',
        '{"query":"{ viewer { id } }"}',
        { 'Content-Type': 'application/json; charset=foo' },
        415,
      ],
      ['an unknown encoding', '{"query":"{ viewer { id } }"}', { 'Content-Encoding': 'foo' }, 415],
      ['no query', '{}', {}, 400],
    ])('answers %s with a JSON refusal', async (_what, body, headers, status) => {
      const response = await app.visitor().rawBody(body, headers);
      expect(response.status).toBe(status);
      expect(response.type).toBe('application/json');
      expect(response.text).not.toMatch(/node_modules|at .*\.js|SyntaxError/);
    });

    it('answers a body above two megabytes with 413', async () => {
      const response = await app
        .visitor()
        .rawBody(JSON.stringify({ query: '{ viewer { id } }', pad: 'x'.repeat(2_100_000) }));
      expect(response.status).toBe(413);
      expect(response.body).toEqual({ error: { code: 'TOO_LARGE', message: 'The request is too large.' } });
    });

    it.each(['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])(
      'refuses a form that another site could post (%s)',
      async (type) => {
        const owner = await aPerson(app);
        const query = 'mutation { businessCreate(input: { name: "Forged" }) { business { id } } }';
        const response = await owner.rawBody(JSON.stringify({ query }), { 'Content-Type': type });
        expect(response.status).toBe(400);
        expect(response.type).toBe('application/json');
        expect(await businessesOf(owner)).toEqual([]);
      },
    );

    it('refuses a link that another site could follow', async () => {
      const response = await app.visitor().get('/graphql?query=%7Bviewer%7Bid%7D%7D');
      expect(response.status).toBe(400);
    });

    it('refuses a mutation sent by GET', async () => {
      const owner = await aPerson(app);
      const query = encodeURIComponent(
        'mutation { businessCreate(input: { name: "Got" }) { business { id } } }',
      );
      const response = await owner.get(`/graphql?query=${query}`, { 'Apollo-Require-Preflight': 'true' });
      expect(response.status).toBe(405);
      expect(await businessesOf(owner)).toEqual([]);
    });
  });

  it('audits what it refuses, and only that', async () => {
    const [owner, stranger] = [await aPerson(app), await aPerson(app)];
    const businessId = await aBusiness(owner);
    const document = `mutation ($c: ID!, $b: ID!) { enrollmentCreate(input: { courseId: $c, businessId: $b }) { enrollment { id } } }`;
    expect(await stranger.errorCode(document, { c: course.id, b: businessId })).toBe('NOT_FOUND');
    expect(await stranger.errorCode(document, { c: course.id, b: NOBODY })).toBe('NOT_FOUND');
    const rows = await app.sql(
      `SELECT action, subject, outcome, host(ip) AS ip FROM audit_entry WHERE actor_id = $1 ORDER BY id`,
      [stranger.personId],
    );
    const refused = { action: 'enrollmentCreate', outcome: 'REFUSED', ip: '127.0.0.1' };
    expect(rows[0]).toEqual({ ...refused, subject: `business:${businessId}` });
  });

  it('never answers one visitor with what it knows of another', async () => {
    const email = anEmail('private');
    await app.signIn(email);
    expect(await app.visitor().ask('{ viewer { email } }')).toEqual({ viewer: null });
  });
});
