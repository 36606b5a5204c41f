import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { QuizClosingDue } from '../../src/features/learning/learning.events.js';
import { Database } from '../../src/platform/database/database.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { aPerson, completeReadings, enroll } from '../support/builders.js';
import { eventually } from '../support/eventually.js';
import { answerInFull, aQuizCourse, saveAnswer, startAttempt } from '../support/quiz.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('a worker that is killed while it closes attempts', () => {
  let app: TestApp;
  const running = new Set<ChildProcess>();
  beforeAll(async () => {
    app = await startTestApp();
  });
  afterAll(async () => {
    for (const worker of running) await kill(worker);
    await app.close();
  });

  /** A process of its own that does the background work, on the clock of the machine. */
  const startWorker = async (): Promise<ChildProcess> => {
    const worker = fork(join(import.meta.dirname, '../kill-trial/worker.js'), {
      env: { PATH: process.env.PATH, DATABASE_URL: app.config.databaseUrl },
      execArgv: [],
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    running.add(worker);
    await once(worker, 'message');
    return worker;
  };
  const kill = async (worker: ChildProcess): Promise<void> => {
    const ended = once(worker, 'exit');
    worker.kill('SIGKILL');
    await ended;
    running.delete(worker);
  };

  it('leaves nothing half done, and the next one closes each of them once', async () => {
    const course = await aQuizCourse(app, await aPerson(app, { roles: ['TRAINER'] }), {
      settings: { timeLimitMinutes: 5 },
    });
    const attemptIds: string[] = [];
    const enrollmentIds: string[] = [];
    for (let count = 0; count < 3; count += 1) {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      await completeReadings(learner, enrollmentId, course);
      const { attempt } = await startAttempt(learner, enrollmentId, course.quizId);
      for (const question of attempt.questions) await saveAnswer(learner, attempt.id, answerInFull(question));
      attemptIds.push(attempt.id);
      enrollmentIds.push(enrollmentId);
    }
    // Long past on the clock of any machine.
    const end = new Date('2020-01-01T10:05:00Z');
    await app.sql(
      `UPDATE quiz_attempt SET started_at = $2::timestamptz - interval '5 minutes', ends_at = $2, expires_at = $2
        WHERE id = ANY($1)`,
      [attemptIds, end],
    );
    const attempts = () =>
      app.sql(`SELECT state, submitted_at, passed FROM quiz_attempt WHERE id = ANY($1)`, [attemptIds]);
    const facts = async (table: string): Promise<number> =>
      (await app.sql(`SELECT 1 FROM ${table} WHERE enrollment_id = ANY($1)`, [enrollmentIds])).length;

    // Whoever completes a course waits: by then the worker has written the grade and the lesson.
    const gate = app.get(Database).dataSource.createQueryRunner();
    await gate.startTransaction();
    await gate.query('LOCK TABLE course_completion IN SHARE MODE');
    await app.get(Database).transaction((tx) => app.get(Outbox).record(tx, QuizClosingDue, {}));
    const first = await startWorker();
    await eventually(
      'the worker is in the middle of closing all three',
      async () =>
        (
          await app.sql(
            `SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'course_completion'::regclass`,
          )
        ).length === 3,
      60_000,
    );
    await kill(first);
    await gate.rollbackTransaction();
    await gate.release();
    await eventually('PostgreSQL noticed', async () => {
      const open = await app.sql(
        `SELECT 1 FROM pg_locks JOIN pg_stat_activity USING (pid)
          WHERE relation = 'course_completion'::regclass AND pid <> pg_backend_pid()`,
      );
      return open.length === 0;
    });
    expect(await attempts()).toEqual(
      attemptIds.map(() => ({ state: 'IN_PROGRESS', submitted_at: null, passed: null })),
    );
    expect([await facts('course_completion'), await facts('certificate')]).toEqual([0, 0]);

    await startWorker();
    await eventually('each has its certificate', async () => (await facts('certificate')) === 3, 90_000);
    expect(await attempts()).toEqual(
      attemptIds.map(() => ({ state: 'GRADED', submitted_at: end, passed: true })),
    );
    expect(await facts('course_completion')).toBe(3);
    const closed = await app.sql(
      `SELECT state FROM delivery JOIN outbox_event event ON event.id = event_id
        WHERE handler = 'learning.close-expired-attempt' AND event.payload->>'attemptId' = ANY($1)`,
      [attemptIds],
    );
    expect(closed).toEqual(attemptIds.map(() => ({ state: 'DONE' })));
  }, 240_000);
});
