import fc from 'fast-check';
import { aCourse, answerQuiz, aPerson, enroll, submitQuiz, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Work as a device keeps it in its outbox until the server has confirmed it. */
interface Work {
  enrollmentId: string;
  lessonId: string;
  claimedAt: string;
  idempotencyKey: string;
}

const READINGS = ['reading-1', 'reading-2', 'extra'];

describe('work that was done offline', () => {
  let app: TestApp;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    course = await aCourse(await aPerson(app, { roles: ['TRAINER'] }));
  });
  afterAll(() => app.close());

  const idOf = (key: string): string => course.lessons.find((lesson) => lesson.key === key)!.id;

  /** What a device did, at hours of its own clock that nobody can trust. */
  const work = (enrollmentId: string, device: string, keys = READINGS): Work[] =>
    keys.map((key, index) => ({
      enrollmentId,
      lessonId: idOf(key),
      claimedAt: `2031-01-0${index + 1}T08:00:00.000Z`,
      idempotencyKey: `${device}-${enrollmentId}-${key}`,
    }));

  const send = async (who: Client, each: Work): Promise<void> => {
    const answer = await who.mutate('lessonComplete', 'LessonCompleteInput', each, 'lesson { key }');
    expect(answer).toMatchObject({ userErrors: [], lesson: { key: expect.any(String) } });
  };

  /** A learner who has passed the quiz: the readings decide whether the course is completed. */
  async function learner(): Promise<{ who: Client; enrollmentId: string }> {
    const who = await aPerson(app);
    const enrollmentId = await enroll(who, course.id);
    await submitQuiz(who, await answerQuiz(who, { enrollmentId, lessonId: idOf('check') }));
    return { who, enrollmentId };
  }

  /** All that the server holds of it, but for its own times and ids. */
  async function state(enrollmentId: string): Promise<object> {
    const lessons = await app.sql<{ lesson_key: string }>(
      `SELECT lesson_key, claimed_at FROM lesson_completion WHERE enrollment_id = $1 ORDER BY lesson_key`,
      [enrollmentId],
    );
    const facts = await app.sql(`SELECT criteria_version FROM course_completion WHERE enrollment_id = $1`, [
      enrollmentId,
    ]);
    const events = await app.sql(
      `SELECT type FROM outbox_event WHERE type = 'learning.course-completed' AND payload->>'enrollmentId' = $1::text`,
      [enrollmentId],
    );
    const [enrollment] = await app.sql('SELECT state FROM enrollment WHERE id = $1', [enrollmentId]);
    return { lessons, facts, events, enrollment };
  }

  it('gives the same state, sent five times in two orders', async () => {
    const first = await learner();
    for (const each of work(first.enrollmentId, 'phone')) await send(first.who, each);
    const once = await state(first.enrollmentId);
    expect(once).toMatchObject({ facts: [{}], events: [{}], enrollment: { state: 'COMPLETED' } });
    const second = await learner();
    const batch = work(second.enrollmentId, 'phone');
    for (const order of [batch, batch.toReversed(), batch, batch.toReversed(), batch]) {
      for (const each of order) await send(second.who, each);
    }
    expect(await state(second.enrollmentId)).toEqual(once);
  });

  it('gives the same state in any order, repeated in any way, one after the other or all at once', async () => {
    const reference = await learner();
    for (const each of work(reference.enrollmentId, 'phone')) await send(reference.who, each);
    const expected = await state(reference.enrollmentId);
    const sendings = fc
      .tuple(
        fc.shuffledSubarray([0, 1, 2], { minLength: 3 }),
        fc.array(fc.nat({ max: 2 }), { maxLength: 7 }),
        fc.boolean(),
      )
      .chain(([all, more, together]) =>
        fc
          .shuffledSubarray([...all, ...more], { minLength: all.length + more.length })
          .map((order) => ({ order, together })),
      );
    await fc.assert(
      fc.asyncProperty(sendings, async ({ order, together }) => {
        const { who, enrollmentId } = await learner();
        const batch = work(enrollmentId, 'phone');
        const steps = order.map((index) => () => send(who, batch[index]!));
        if (together) await Promise.all(steps.map((step) => step()));
        else for (const step of steps) await step();
        expect(await state(enrollmentId)).toEqual(expected);
      }),
      { numRuns: 20 },
    );
  });

  it('of two devices is their union, whatever each did and whichever comes first', async () => {
    const keys = fc.subarray(READINGS);
    await fc.assert(
      fc.asyncProperty(keys, keys, fc.boolean(), async (phone, laptop, together) => {
        const { who, enrollmentId } = await learner();
        const all = [...work(enrollmentId, 'phone', phone), ...work(enrollmentId, 'laptop', laptop)];
        if (together) await Promise.all(all.map((each) => send(who, each)));
        else for (const each of all) await send(who, each);
        const rows = await app.sql<{ lesson_key: string }>(
          `SELECT lesson_key FROM lesson_completion WHERE enrollment_id = $1 AND attempt_id IS NULL`,
          [enrollmentId],
        );
        expect(new Set(rows.map(({ lesson_key: key }) => key))).toEqual(new Set([...phone, ...laptop]));
        expect(rows).toHaveLength(new Set([...phone, ...laptop]).size);
      }),
      { numRuns: 15 },
    );
  });

  it('is dated by the server; what the device claims is kept beside it', async () => {
    const { who, enrollmentId } = await learner();
    await send(who, work(enrollmentId, 'phone')[0]!);
    expect(
      await app.sql(
        'SELECT completed_at, claimed_at FROM lesson_completion WHERE enrollment_id = $1 AND lesson_key = $2',
        [enrollmentId, 'reading-1'],
      ),
    ).toEqual([{ completed_at: app.clock.now(), claimed_at: new Date('2031-01-01T08:00:00.000Z') }]);
  });
});
