import { planLearners } from '../../src/embedded/seed/history.rules.js';
import { seedDemo } from '../../src/embedded/seed/seed.js';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const DAY = 86_400_000;

/** Two hundred learners take a while to make, so all is told of one making. */
describe('the demonstration of a first start', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(() => app.close());

  const seed = async (cutShortAt?: string): Promise<string[]> => {
    const said: string[] = [];
    const { config, clock, mailbox: mailer } = app;
    await seedDemo(app.nest, { config, clock, mailer }, (line) => {
      said.push(line);
      if (cutShortAt && line.includes(cutShortAt)) throw new Error('cut short');
    });
    return said;
  };
  const count = async (what: string): Promise<number> =>
    (await app.sql<{ count: number }>(`SELECT count(*)::int AS count FROM ${what}`))[0]!.count;

  it('is finished by the next start when it was cut short, and made once', async () => {
    await expect(seed(' of 200 learners')).rejects.toThrow('cut short');
    const partly = await count('enrollment');
    expect(partly).toBeGreaterThan(0);
    expect(partly).toBeLessThan(200);
    app.clock.moveForward(3_600_000); // the histories stay those of the first start
    await seed();
    expect(await seed()).toEqual([]);
    const lessons: { key: string; isQuiz: boolean; minutes: number }[] = await app.sql(
      `SELECT lesson.key, kind = 'QUIZ' AS "isQuiz", estimated_minutes AS minutes FROM lesson
         JOIN course_module module ON module.id = lesson.module_id WHERE required
        ORDER BY lesson.position`,
    );
    const planned = planLearners(START, lessons);
    const steps = planned.flatMap((plan) => plan.steps);
    expect(await count('person')).toBe(planned.length + 4);
    expect(await count('person WHERE is_test')).toBe(0);
    expect(await count('enrollment')).toBe(planned.length);
    expect(await count('enrollment WHERE cohort_id IS NULL')).toBe(0);
    expect(await count('business')).toBe(planned.filter(({ business }) => business).length + 1);
    expect(await count('lesson_completion')).toBe(steps.filter(({ passes }) => passes !== false).length);
    expect(await count('quiz_attempt')).toBe(steps.filter(({ passes }) => passes !== undefined).length);
    const played = await app.sql<{ email: string; at: Date }>(
      `SELECT email, last_activity_at AS at FROM enrollment JOIN person ON person.id = person_id`,
    );
    expect(new Map(played.map(({ email, at }) => [email, at]))).toEqual(
      new Map(planned.map(({ email, enrolledAt, steps: own }) => [email, own.at(-1)?.at ?? enrolledAt])),
    );
  }, 300_000);

  it('has badges for those who completed, issued when they did', async () => {
    expect(await count('course_completion')).toBe(80);
    const certificates = await app.sql<{ issuedAt: Date; occurredAt: Date }>(
      `SELECT issued_at AS "issuedAt", occurred_at AS "occurredAt" FROM certificate JOIN course_completion USING (enrollment_id)`,
    );
    expect(certificates).toHaveLength(80);
    for (const { issuedAt, occurredAt } of certificates) expect(issuedAt).toEqual(occurredAt);
    expect(await count(`delivery WHERE state <> 'DONE'`)).toBe(0);
  });

  it('is counted in the report, with people of every kind', async () => {
    const manager = await app.signIn('manager@tremplin.example');
    const { program } = await manager.ask('{ program(slug: "digital-springboard") { id cohorts { name } } }');
    expect(program.cohorts).toHaveLength(3);
    const { completionReport, learnersAtRisk } = await manager.ask(
      `query ($id: ID!) { completionReport(programId: $id) { funnel { stage count } regions { code } }
         learnersAtRisk(programId: $id, first: 100) { totalCount nodes { reasons { code } } } }`,
      { id: program.id },
    );
    const reached = Object.fromEntries(
      completionReport.funnel.map(({ stage, count: people }: any) => [stage, people]),
    );
    expect(reached).toMatchObject({ ENROLLED: 200, STARTED: 165, COMPLETED: 80, BADGE: 80 });
    expect(completionReport.regions.length).toBeGreaterThan(5);
    expect(learnersAtRisk.totalCount).toBeGreaterThan(20);
    expect(learnersAtRisk.totalCount).toBeLessThan(50);
    const reasons = learnersAtRisk.nodes.flatMap((node: any) => node.reasons.map(({ code }: any) => code));
    expect([...new Set(reasons)].sort()).toEqual(['NOT_STARTED', 'NO_ACTIVITY', 'QUIZ_FAILED', 'TOO_SLOW']);
  });

  it('writes to nobody about the past: only those who fall idle from now on hear of it', async () => {
    const reminded = async (): Promise<string[]> => {
      await app.get(Jobs).tickAll();
      expect(await app.drainOutbox()).toEqual([]);
      return app.mailbox.list().flatMap(({ to, subject }) => (/code|connexion/.test(subject) ? [] : [to]));
    };
    expect(await reminded()).toEqual([]);
    expect(await count(`reminder WHERE state = 'SENT'`)).toBeGreaterThan(50);
    app.clock.set(new Date(START.getTime() + 3 * DAY).toISOString());
    const recent = await app.sql<{ email: string }>(
      `SELECT email FROM enrollment JOIN person ON person.id = person_id
        WHERE state = 'ACTIVE' AND last_activity_at > $1 ORDER BY email`,
      [new Date(START.getTime() - 3 * DAY)],
    );
    expect((await reminded()).sort()).toEqual(recent.map(({ email }) => email));
  });
});
