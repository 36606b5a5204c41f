import { Database } from '../../src/platform/database/database.js';
import { declaredSchedules } from '../../src/platform/jobs/schedules.js';
import { MailNotSentError, type Mail } from '../../src/platform/mail/mailer.js';
import { Deliveries, type DeliveryKey } from '../../src/platform/outbox/deliveries.js';
import { Outbox } from '../../src/platform/outbox/outbox.js';
import { PlanningService } from '../../src/features/reminders/planning.service.js';
import { ReminderRoundDue } from '../../src/features/reminders/reminder.events.js';
import { SendingService } from '../../src/features/reminders/sending.service.js';
import {
  aCourse,
  aPerson,
  completeCourse,
  completeReadings,
  enroll,
  type BuiltCourse,
} from '../support/builders.js';
import { startTestApp, type TestApp, type TestAppOptions } from '../support/test-app.js';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const SEND = 'reminders.send';

/** Apps of one test, closed after it even when it failed: one left open would keep the run from ending. */
const opened: TestApp[] = [];
const anApp = async (options: TestAppOptions = {}): Promise<TestApp> => {
  const app = await startTestApp(options);
  opened.unshift(app);
  return app;
};
afterEach(async () => {
  for (const app of opened.splice(0)) await app.close();
});

type Learner = Awaited<ReturnType<typeof aPerson>> & { enrollmentId: string };
interface Row {
  id: string;
  state: string;
  reason: string | null;
  planned_for: Date;
}

describe('reminders to those who stopped', () => {
  let app: TestApp;
  let course: BuiltCourse;
  /** Every call to the mail server, so that a mail kept once but sent twice is seen. */
  let handedOver: Mail[];
  let failure: (() => Promise<void>) | undefined;
  beforeAll(async () => {
    app = await startTestApp();
    course = await aCourse(await aPerson(app, { name: 'trainer', roles: ['TRAINER'] }));
    const send = app.mailbox.send.bind(app.mailbox);
    app.mailbox.send = async (mail) => {
      handedOver.push(mail);
      if (mail.subject.includes('Small course')) await failure?.();
      await send(mail);
    };
    await app.drainOutbox();
  });
  beforeEach(async () => {
    app.clock.set('2026-10-07T10:00:00Z');
    handedOver = [];
    failure = undefined;
    await app.sql('DELETE FROM sign_in_code'); // how many may be asked for in an hour is another matter
    await app.sql('DELETE FROM reminder');
    await app.sql(`UPDATE enrollment SET last_activity_at = '2020-01-01'`); // learners of other tests are long gone
  });
  afterAll(() => app.close());

  /** Somebody who enrolled at an instant and did nothing since. */
  const anIdleLearner = async ({
    since = '2026-10-07T10:00:00Z',
    ...options
  }: Parameters<typeof aPerson>[1] & { since?: string } = {}): Promise<Learner> => {
    const person = await aPerson(app, options);
    await goTo(since);
    return Object.assign(person, { enrollmentId: await enroll(person, course.id) });
  };
  const goTo = async (instant: string | number): Promise<void> => {
    await app.sql(`UPDATE session SET expires_at = '2100-01-01'`);
    app.clock.set(new Date(instant).toISOString());
  };
  const mailsTo = ({ email }: { email: string }) =>
    handedOver.filter((mail) => mail.to === email && mail.subject.includes('Small course'));
  const rowsOf = ({ personId }: { personId: string }) =>
    app.sql<Row>(
      'SELECT id, state, reason, planned_for FROM reminder WHERE person_id = $1 ORDER BY created_at, id',
      [personId],
    );
  const tick = () => app.get(Database).transaction((tx) => app.get(Outbox).record(tx, ReminderRoundDue, {}));
  /** The schedule's tick, and everything that follows from it. */
  const round = async (): Promise<Error[]> => {
    await tick();
    return app.drainOutbox();
  };
  const unfinished = (handler: string): Promise<DeliveryKey[]> =>
    app.sql(
      `SELECT event_id AS "eventId", handler FROM delivery WHERE handler = $1 AND state IN ('PENDING', 'QUEUED')`,
      [handler],
    );
  /** Plans and takes due reminders without running the jobs that send them. */
  const planOnly = () => app.get(Database).transaction((tx) => app.get(PlanningService).round(tx));

  it('are looked for every minute', () => {
    expect([...declaredSchedules().values()]).toContainEqual({
      name: 'reminders-round',
      everyMs: 60_000,
      eventType: ReminderRoundDue,
    });
  });

  it('come once, three days after the last activity, in the language of the learner, and say what is next', async () => {
    const learner = await anIdleLearner({ locale: 'fr' });
    await completeReadings(learner, learner.enrollmentId, { ...course, lessons: course.lessons.slice(0, 1) });
    await goTo('2026-10-10T09:59:59.999Z');
    await round();
    expect(mailsTo(learner)).toEqual([]);
    for (let minutes = 0; minutes <= 300; minutes += 20) {
      await goTo(Date.parse('2026-10-10T10:00:00Z') + minutes * 60_000);
      expect(await round()).toEqual([]);
    }
    const [mail, ...more] = mailsTo(learner);
    expect(more).toEqual([]);
    expect(mail!.subject).toBe('Reprenez « Small course (fr) » là où vous en étiez');
    expect(mail!.text).toContain('1 des 3 leçons');
    expect(mail!.text).toContain('environ 10 minutes');
    expect(mail!.text).toContain('La suite : Lecture 2, environ 5 minutes.');
    expect(mail!.text).toContain(`http://localhost:3000/courses/${course.slug}`);
    expect(await rowsOf(learner)).toMatchObject([
      { state: 'SENT', reason: null, planned_for: new Date('2026-10-10T10:00:00Z') },
    ]);
  });

  it.each([
    // Zone, last activity, the first round that may send: three days later, moved out of 20:00 to 08:00 there.
    ['Europe/Paris', '2026-10-07T10:00:00Z', '2026-10-10T10:00:00Z'],
    ['Europe/Paris', '2026-10-07T20:30:00Z', '2026-10-11T06:00:00Z'],
    ['Pacific/Apia', '2026-10-07T10:00:00Z', '2026-10-10T19:00:00Z'], // 23:00 there, then 08:00 at UTC+13
    ['Pacific/Pago_Pago', '2026-10-07T10:00:00Z', '2026-10-10T19:00:00Z'], // 23:00 the day before, then 08:00 at UTC-11
    ['Asia/Kathmandu', '2026-10-07T02:14:00Z', '2026-10-10T02:15:00Z'], // 07:59 at UTC+5:45
    ['Europe/Paris', '2026-10-21T22:00:00Z', '2026-10-25T07:00:00Z'], // the night that has an hour more
    ['Europe/Paris', '2027-03-25T22:00:00Z', '2027-03-29T06:00:00Z'], // the day after the short night
    ['Europe/Paris', '2027-03-24T21:00:00Z', '2027-03-28T06:00:00Z'], // the night that has an hour less
    ['America/New_York', '2026-10-29T02:00:00Z', '2026-11-01T13:00:00Z'],
    ['America/New_York', '2027-03-11T03:00:00Z', '2027-03-14T12:00:00Z'],
  ])('in %s, idle since %s: at %s', async (timeZone, since, sendAt) => {
    const learner = await anIdleLearner({ timeZone, since });
    for (const early of [Date.parse(since) + 3 * DAY, Date.parse(sendAt) - 1]) {
      await goTo(Math.min(early, Date.parse(sendAt) - 1));
      await round();
    }
    expect(mailsTo(learner)).toEqual([]);
    await goTo(sendAt);
    await round();
    expect(mailsTo(learner)).toHaveLength(1);
    const hour = Number(
      new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone }).format(app.clock.now()),
    );
    expect(hour).toBeGreaterThanOrEqual(8);
    expect(hour).toBeLessThan(20);
  });

  describe('at most one for an idle spell', () => {
    it('when the round runs twice, and when many ticks wait after an outage', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      for (let ticks = 0; ticks < 10; ticks += 1) await tick();
      await app.drainOutbox();
      await round();
      expect(mailsTo(learner)).toHaveLength(1);
      expect(await rowsOf(learner)).toHaveLength(1);
    });

    it('when workers run one round, different rounds and the sending at the same time', async () => {
      const learners = [await anIdleLearner(), await anIdleLearner(), await anIdleLearner()];
      await goTo('2026-10-10T10:00:00Z');
      const other = await anApp({ config: { databaseUrl: app.config.databaseUrl } });
      other.clock.set('2026-10-10T10:00:00Z');
      other.mailbox.send = app.mailbox.send;
      await Promise.all([tick(), tick(), tick()]);
      const workers = [app.get(Deliveries), other.get(Deliveries)];
      const inParallel = async (handler: string): Promise<void> => {
        const keys = await unfinished(handler);
        await Promise.all(
          keys.flatMap((key) => workers.flatMap((worker) => [worker.run(key), worker.run(key)])),
        );
      };
      await inParallel('reminders.plan');
      await inParallel(SEND);
      await app.drainOutbox();
      for (const learner of learners) {
        expect(mailsTo(learner)).toHaveLength(1);
        // The ledger is true, whichever worker came last.
        expect(await rowsOf(learner)).toMatchObject([{ state: 'SENT', reason: null }]);
      }
    });

    it('when two rounds are in open transactions at once', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      await Promise.all([planOnly(), planOnly(), planOnly(), planOnly()]);
      await app.drainOutbox();
      expect(await rowsOf(learner)).toHaveLength(1);
      expect(mailsTo(learner)).toHaveLength(1);
    });

    it('when a round was interrupted before its end', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      const interrupted = app.get(Database).transaction(async (tx) => {
        await app.get(PlanningService).round(tx);
        throw new Error('the machine went down');
      });
      await expect(interrupted).rejects.toThrow('went down');
      expect(await rowsOf(learner)).toEqual([]);
      await round();
      expect(mailsTo(learner)).toHaveLength(1);
    });

    it('and one more for a second spell, not two', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      await round();
      await goTo('2026-10-12T09:00:00Z');
      await completeReadings(learner, learner.enrollmentId, {
        ...course,
        lessons: course.lessons.slice(0, 1),
      });
      for (let day = 13; day < 30; day += 1) {
        await goTo(`2026-10-${day}T12:00:00Z`);
        await round();
      }
      const mails = mailsTo(learner);
      expect(mails).toHaveLength(2);
      expect(mails[1]!.text).toContain('1 of 3 lessons');
      expect(new Set(mails.map(({ messageKey }) => messageKey)).size).toBe(2);
    });

    it('when the mail server failed before it took the mail: the job is tried again', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      failure = () => Promise.reject(new MailNotSentError('connection refused'));
      expect(await round()).toMatchObject([{ message: 'connection refused' }]);
      expect(await rowsOf(learner)).toMatchObject([{ state: 'DUE', reason: null }]);
      expect(
        app.mailbox.list(learner.email).filter(({ subject }) => subject.includes('Small course')),
      ).toEqual([]);
      failure = undefined;
      const [key] = await unfinished(SEND);
      await app.get(Deliveries).run(key!);
      await app.get(Deliveries).run(key!);
      await round();
      expect(
        app.mailbox.list(learner.email).filter(({ subject }) => subject.includes('Small course')),
      ).toHaveLength(1);
      expect(mailsTo(learner)).toHaveLength(2); // the refused one and the one that arrived
      expect(await rowsOf(learner)).toMatchObject([{ state: 'SENT' }]);
    });
  });

  describe('not sent, and the reason is kept', () => {
    const declined = async (learner: Learner, reason: string): Promise<void> => {
      expect(mailsTo(learner)).toEqual([]);
      expect(await rowsOf(learner)).toMatchObject([{ state: 'DECLINED', reason }]);
    };

    it('to someone who finished after the reminder was due', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      await planOnly();
      await completeCourse(learner, course);
      await app.drainOutbox();
      expect(mailsTo(learner).map(({ subject }) => subject)).toEqual(['Your badge: Small course']);
      expect(await rowsOf(learner)).toMatchObject([{ state: 'DECLINED', reason: 'COMPLETED' }]);
    });

    it('to someone who came back, though only to the quiz', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      await planOnly();
      await goTo('2026-10-10T10:00:30Z');
      const quiz = course.lessons.find(({ kind }) => kind === 'QUIZ')!;
      const input = { enrollmentId: learner.enrollmentId, lessonId: quiz.id };
      await learner.mutate('quizAttemptStart', 'QuizAttemptStartInput', input, 'attempt { id }');
      await app.drainOutbox();
      await declined(learner, 'ACTIVE_AGAIN');
    });

    it('when the worker comes more than four days late', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      await planOnly();
      await goTo('2026-10-14T10:00:00.001Z');
      await app.drainOutbox();
      await declined(learner, 'TOO_LATE');
    });

    it('again after the worker died while it was sending', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      await planOnly();
      await app.sql(`UPDATE reminder SET state = 'SENDING' WHERE person_id = $1`, [learner.personId]); // committed; then it died
      await app.drainOutbox();
      await declined(learner, 'SEND_INTERRUPTED');
      await round();
      await declined(learner, 'SEND_INTERRUPTED');
    });

    it('again when the mail may have gone out before the connection was lost', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      failure = () => Promise.reject(new Error('connection lost'));
      await round();
      failure = undefined;
      for (const key of await unfinished(SEND)) await app.get(Deliveries).run(key);
      await round();
      expect(mailsTo(learner)).toHaveLength(1);
      expect(await rowsOf(learner)).toMatchObject([{ state: 'DECLINED', reason: 'SEND_INTERRUPTED' }]);
    });

    it('as sent, though a second job took the first for dead', async () => {
      const learner = await anIdleLearner();
      await goTo('2026-10-10T10:00:00Z');
      await planOnly();
      const [{ id }] = (await rowsOf(learner)) as [Row];
      failure = async () => {
        failure = undefined;
        await app.get(SendingService).send(id); // while the first is still talking to the mail server
      };
      await app.get(SendingService).send(id);
      expect(mailsTo(learner)).toHaveLength(1);
      expect(await rowsOf(learner)).toMatchObject([{ state: 'SENT', reason: null }]);
    });
  });

  it('wait for the morning when the job runs in the quiet hours', async () => {
    const learner = await anIdleLearner();
    await goTo('2026-10-10T10:00:00Z');
    await planOnly();
    await goTo('2026-10-10T19:00:00Z'); // 21:00 in Paris
    await app.drainOutbox();
    expect(mailsTo(learner)).toEqual([]);
    expect(await rowsOf(learner)).toMatchObject([
      { state: 'PLANNED', planned_for: new Date('2026-10-11T06:00:00Z') },
    ]);
    await goTo('2026-10-11T05:59:00Z');
    await round();
    expect(mailsTo(learner)).toEqual([]);
    await goTo('2026-10-11T06:00:00Z');
    await round();
    await round();
    expect(mailsTo(learner)).toHaveLength(1);
  });

  it('follow a learner who moved to another time zone meanwhile', async () => {
    const learner = await anIdleLearner({ timeZone: 'Europe/Paris' });
    await goTo('2026-10-10T10:00:00Z');
    await planOnly();
    await app.sql(`UPDATE person SET time_zone = 'Pacific/Apia' WHERE id = $1`, [learner.personId]); // 23:00 there
    await app.drainOutbox();
    expect(await rowsOf(learner)).toMatchObject([
      { state: 'PLANNED', planned_for: new Date('2026-10-10T19:00:00Z') },
    ]);
  });

  it('are not planned for someone who stopped longer ago than the horizon', async () => {
    const learner = await anIdleLearner();
    await goTo('2026-10-14T10:00:00Z'); // seven days: no worker ran for a week
    await round();
    expect(await rowsOf(learner)).toEqual([]);
    await goTo('2026-10-14T09:59:59.999Z');
    await round();
    expect(mailsTo(learner)).toHaveLength(1);
  });

  it('are not planned for someone who completed', async () => {
    const learner = await aPerson(app);
    await completeCourse(learner, course);
    await goTo('2026-10-11T10:00:00Z');
    await round();
    expect(await rowsOf(learner)).toEqual([]);
  });

  it('reach everyone at once when more stopped on one day than a round can plan', async () => {
    const before = await anIdleLearner();
    await app.sql(
      `WITH learner AS (
         INSERT INTO person (id, email, locale, time_zone, created_at)
         SELECT gen_random_uuid(), 'crowd-' || n || '@example.org', 'en', 'Europe/Paris', now() FROM generate_series(1, 1200) n RETURNING id)
       INSERT INTO enrollment (id, person_id, course_id, version_id, cycle, state, enrolled_at, last_activity_at)
       SELECT gen_random_uuid(), learner.id, course_id, version_id, 1, 'ACTIVE', enrolled_at, last_activity_at
         FROM learner, enrollment WHERE enrollment.id = $1`,
      [before.enrollmentId],
    );
    await goTo('2026-10-10T10:00:00Z');
    await tick();
    let rounds = 0;
    for (
      let keys = await unfinished('reminders.plan');
      keys.length > 0;
      keys = await unfinished('reminders.plan')
    ) {
      expect((rounds += keys.length)).toBeLessThan(10);
      for (const key of keys) await app.get(Deliveries).run(key);
    }
    const states = await app.sql(`SELECT state, count(*)::int FROM reminder GROUP BY state`);
    expect(states).toEqual([{ state: 'DUE', count: 1201 }]);
    expect(await unfinished(SEND)).toHaveLength(1201);
    await app.sql(`DELETE FROM delivery WHERE handler = $1 AND state = 'PENDING'`, [SEND]);
  });

  it('come for each course that stands still, as each is an obligation of its own', async () => {
    const learner = await anIdleLearner();
    const other = await aCourse(await aPerson(app, { roles: ['TRAINER'] }), { title: 'Small course too' });
    await enroll(learner, other.id);
    await goTo('2026-10-10T10:00:00Z');
    await round();
    await round();
    expect(
      mailsTo(learner)
        .map(({ subject }) => subject)
        .sort(),
    ).toEqual(['Pick up “Small course too” where you left off', 'Pick up “Small course” where you left off']);
  });
});
