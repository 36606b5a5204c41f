import pg from 'pg';
import { aCourse, aPerson, enroll, type BuiltCourse } from '../support/builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** The database goes away and comes back; the process stays and says what is the matter. */
describe('a database that goes away', () => {
  let app: TestApp;
  let course: BuiltCourse;
  let admin: pg.Client;
  let database: string;
  beforeAll(async () => {
    app = await startTestApp();
    course = await aCourse(await aPerson(app, { roles: ['TRAINER'] }));
    const url = new URL(app.config.databaseUrl);
    database = url.pathname.slice(1);
    admin = new pg.Client({ connectionString: Object.assign(url, { pathname: '/postgres' }).href });
    await admin.connect();
  });
  afterAll(async () => {
    await admin.end();
    await app.close();
  });

  const cutConnections = (): Promise<unknown> =>
    // Those that wait for a lock first: cut after its holder, one of them could finish in between.
    admin.query(
      `SELECT pg_terminate_backend(pid, 5000) FROM (
         SELECT pid FROM pg_stat_activity WHERE datname = $1
          ORDER BY (wait_event_type = 'Lock') IS TRUE DESC) AS backend`,
      [database],
    );
  const allowConnections = (allowed: boolean): Promise<unknown> =>
    admin.query(`ALTER DATABASE ${database} ALLOW_CONNECTIONS ${allowed}`);
  const reads = '{ courses(first: 1) { nodes { slug } } viewer { email } }';

  it('loses no request that comes after its connections were cut', async () => {
    const learner = await aPerson(app);
    for (let round = 0; round < 3; round += 1) {
      await cutConnections();
      const { data, errors } = await learner.send(reads);
      expect(errors).toBeUndefined();
      expect(data.viewer.email).toBe(learner.email);
    }
  });

  it('does a mutation wholly or not at all when its connection is cut under it', async () => {
    const learner = await aPerson(app);
    const enrollmentId = await enroll(learner, course.id);
    const lessonId = course.lessons[0]!.id;
    const complete = `mutation ($input: LessonCompleteInput!) { lessonComplete(input: $input) { lesson { id } userErrors { code } } }`;
    const blocker = new pg.Client({ connectionString: app.config.databaseUrl });
    blocker.on('error', () => {}); // it is cut too
    await blocker.connect();
    await blocker.query('BEGIN');
    await blocker.query('SELECT 1 FROM enrollment WHERE id = $1 FOR UPDATE', [enrollmentId]);
    const cut = learner.send(complete, { input: { enrollmentId, lessonId } });
    for (let waiting = 0; waiting === 0;) {
      const { rows } = await admin.query(
        `SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = $1 AND wait_event_type = 'Lock'`,
        [database],
      );
      waiting = rows[0].waiting;
    }
    await cutConnections();
    const { errors } = await cut;
    expect(errors![0]!.extensions.code).toBe('UNAVAILABLE');
    expect(errors![0]!.message).toBe(
      'The service is briefly unavailable. Nothing was changed; try again in a moment.',
    );

    const done = () => app.sql('SELECT 1 FROM lesson_completion WHERE enrollment_id = $1', [enrollmentId]);
    expect(await done()).toHaveLength(0);
    const again = await learner.ask(complete, { input: { enrollmentId, lessonId } });
    expect(again.lessonComplete).toEqual({ lesson: { id: lessonId }, userErrors: [] });
    expect(await done()).toHaveLength(1);
  });

  it('says that it is unavailable, to people and to load balancers, and recovers by itself', async () => {
    const learner = await aPerson(app);
    expect((await app.visitor().get('/health/ready')).status).toBe(200);
    await allowConnections(false);
    try {
      await cutConnections();
      const ready = await app.visitor().get('/health/ready');
      expect(ready.status).toBe(503);
      expect(ready.body).toEqual({ status: 'unavailable', database: 'unreachable' });
      expect((await app.visitor().get('/health/live')).status).toBe(200);
      // A visitor's query fails in its resolver, a signed-in person's already when their session is looked up.
      for (const client of [app.visitor(), learner]) {
        const response = await client.raw('{ courses(first: 1) { nodes { slug } } }');
        expect(response.type).toMatch(/json/);
        expect(response.body.errors[0].extensions).toEqual({ code: 'UNAVAILABLE' });
        expect(response.text).not.toContain(database);
      }
    } finally {
      await allowConnections(true);
    }
    expect((await app.visitor().get('/health/ready')).status).toBe(200);
    expect((await learner.ask(reads)).viewer.email).toBe(learner.email);
  });
});
