import { RegradingService } from '../../src/features/learning/regrading.service.js';
import { Database } from '../../src/platform/database/database.js';
import { aPerson } from '../support/builders.js';
import { submitAttempt } from '../support/quiz.builders.js';
import {
  aLearner,
  aMendableCourse,
  applyRegrade,
  mendSingle,
  readGrade,
  readRegrade,
  type Course,
} from '../support/regrade.builders.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;

describe('a regrade, whatever else happens', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());
  // So many sign in from one address that it would be refused.
  beforeEach(() => void app.clock.moveForward(3_600_000));

  const drain = async (): Promise<void> => expect(await app.drainOutbox()).toEqual([]);
  const batch = (regradeId: string, after: string | null = null): Promise<void> =>
    app.get(Database).transaction((tx) => app.get(RegradingService).regradeBatch(tx, regradeId, after));

  /** So many attempts of one learner that have the first of two questions right, by the key that is to be mended. */
  const attemptsOfOne = async (count: number): Promise<{ course: Course; regradeId: string }> => {
    const course = await aMendableCourse(app, trainer);
    const { take } = await aLearner(app, course);
    const { id } = await take('b');
    await app.sql(
      `WITH copies AS (
         INSERT INTO quiz_attempt SELECT (jsonb_populate_record(attempt, jsonb_build_object('id', gen_random_uuid(), 'number', n))).*
           FROM quiz_attempt attempt, generate_series(2, $2::int) n WHERE attempt.id = $1 RETURNING id)
       INSERT INTO quiz_answer SELECT (jsonb_populate_record(answer, jsonb_build_object('attempt_id', copies.id))).*
         FROM copies, quiz_answer answer WHERE answer.attempt_id = $1`,
      [id, count],
    );
    await mendSingle(app, trainer, course);
    const { regrade } = await applyRegrade(trainer, course);
    return { course, regradeId: regrade.id };
  };
  const scores = (regradeId: string) =>
    app.sql(
      `SELECT count(*)::int AS rows, count(DISTINCT attempt_id)::int AS attempts FROM quiz_score WHERE regrade_id = $1`,
      [regradeId],
    );

  it('goes through all attempts, some at a time, and tells how far it is', async () => {
    const { regradeId } = await attemptsOfOne(250);
    await batch(regradeId);
    expect(await readRegrade(trainer, regradeId)).toMatchObject({
      attemptsFound: 250,
      attemptsDone: 100,
      finishedAt: null,
    });
    await drain();
    expect(await readRegrade(trainer, regradeId)).toMatchObject({
      attemptsDone: 250,
      finishedAt: app.clock.now().toISOString(),
      counts: [{ effect: 'STAYS_PASSED', count: 250 }],
    });
    expect(await scores(regradeId)).toEqual([{ rows: 250, attempts: 250 }]);
    const [sum] = await app.sql(
      `SELECT count(*) FILTER (WHERE attempt.score <> total.score)::int AS wrong FROM quiz_score scored
         JOIN quiz_attempt attempt ON attempt.id = scored.attempt_id
         JOIN LATERAL (SELECT sum(score) AS score FROM quiz_answer WHERE attempt_id = attempt.id) total ON true
        WHERE scored.regrade_id = $1`,
      [regradeId],
    );
    expect(sum).toEqual({ wrong: 0 });
  });

  it('asks as many statements for a hundred attempts as for five', async () => {
    const counted = [];
    for (const count of [5, 99]) {
      const { regradeId } = await attemptsOfOne(count);
      counted.push((await recordStatements(app, () => batch(regradeId))).statements.length);
      expect(await scores(regradeId)).toEqual([{ rows: count, attempts: count }]);
      await drain();
    }
    expect(counted[1]).toBe(counted[0]);
    expect(counted[0]).toBeLessThan(20);
  });

  it('goes on where a worker died, and does nothing twice', async () => {
    const { regradeId } = await attemptsOfOne(120);
    const service = app.get(RegradingService);
    const killed = app.get(Database).transaction(async (tx) => {
      await service.regradeBatch(tx, regradeId, null);
      throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await scores(regradeId)).toEqual([{ rows: 0, attempts: 0 }]);
    await Promise.all([batch(regradeId), batch(regradeId), batch(regradeId)]);
    await drain();
    const before = await app.sql(`SELECT * FROM quiz_score WHERE regrade_id = $1 ORDER BY attempt_id`, [
      regradeId,
    ]);
    expect(before).toHaveLength(120);
    await batch(regradeId);
    await batch(regradeId, before[99]!.attempt_id as string);
    await drain();
    expect(
      await app.sql(`SELECT * FROM quiz_score WHERE regrade_id = $1 ORDER BY attempt_id`, [regradeId]),
    ).toEqual(before);
    expect(await readRegrade(trainer, regradeId)).toMatchObject({ attemptsDone: 120 });
  });

  it('asked for by twenty at once is one', async () => {
    const course = await aMendableCourse(app, trainer);
    await (await aLearner(app, course)).take('a');
    await mendSingle(app, trainer, course);
    const asked = await Promise.all(Array.from({ length: 20 }, () => applyRegrade(trainer, course)));
    expect(asked.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(asked.map(({ regrade }) => regrade.id)).size).toBe(1);
    await drain();
    expect(await scores(asked[0].regrade.id)).toEqual([{ rows: 1, attempts: 1 }]);
  });

  it('and handing in at the same instant: everybody is graded by the mended key, and completed once', async () => {
    const course = await aMendableCourse(app, trainer);
    const crowd = await Promise.all(Array.from({ length: 12 }, () => aLearner(app, course)));
    const attempts: any[] = [];
    for (const { start, read } of crowd) {
      await read();
      attempts.push(await start());
    }
    await (await aLearner(app, course)).take('a');
    await mendSingle(app, trainer, course);
    const handIn = ({ learner, answersOf }: (typeof crowd)[number], index: number): Promise<any> =>
      submitAttempt(learner, attempts[index].id, answersOf(attempts[index], index % 3 === 0 ? 'b' : 'a'));
    const early = crowd.slice(0, 4).map(handIn);
    const applied = applyRegrade(trainer, course).then(async ({ regrade }) => {
      await Promise.all([batch(regrade.id), app.drainOutbox()]);
      return regrade.id as string;
    });
    const late = crowd.slice(4).map((who, index) => handIn(who, index + 4));
    const handedIn = await Promise.all([...early, ...late]);
    expect(handedIn.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    await applied;
    await drain();
    for (const [index, { learner, enrollmentId }] of crowd.entries()) {
      const isRight = index % 3 !== 0;
      const grade = await readGrade(learner, attempts[index].id);
      expect(grade.scorePercent).toBe(isRight ? 100 : 50);
      // Who handed in before it began has passed by the old key, and stays so.
      const wasPassed = grade.regrades[0]?.scorePercentBefore === 100;
      expect(grade.passed).toBe(isRight || wasPassed);
      expect(grade.regrades).toHaveLength(1); // all of them began before
      const [{ done, certificates }] = await app.sql<any>(
        `SELECT (SELECT count(*)::int FROM course_completion WHERE enrollment_id = $1) AS done,
                (SELECT count(*)::int FROM certificate WHERE enrollment_id = $1) AS certificates`,
        [enrollmentId],
      );
      expect({ done, certificates }).toEqual(
        grade.passed ? { done: 1, certificates: 1 } : { done: 0, certificates: 0 },
      );
    }
  });

  it('leaves scores that no SQL of the product can change, and a grade that changes by a record alone', async () => {
    const { regradeId } = await attemptsOfOne(2);
    await drain();
    for (const statement of [
      'UPDATE quiz_score SET score_before = 0, points_before = points_after - score_after',
      'DELETE FROM quiz_score',
      'TRUNCATE quiz_score',
    ])
      await expect(app.sql(statement)).rejects.toThrow(/append-only/);
    const [{ id }] = await app.sql<any>(`SELECT attempt_id AS id FROM quiz_score WHERE regrade_id = $1`, [
      regradeId,
    ]);
    for (const change of [
      'score = score + 1',
      'passed = false',
      `state = 'ABANDONED', score = NULL, submitted_at = NULL`,
    ])
      await expect(app.sql(`UPDATE quiz_attempt SET ${change} WHERE id = $1`, [id])).rejects.toThrow(
        /by a regrade on record alone/,
      );
    await app.sql(`UPDATE quiz_attempt SET settings = settings WHERE id = $1`, [id]);
  });
});
