import { aCourse, answerQuiz, aPerson, enroll, submitQuiz, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NOBODY = '018f0000-0000-7000-8000-000000000000';
const ATTEMPT = `attempt { id number state startedAt submittedAt passPercent scorePercent passed
  questions { id kind promptHtml chosenOptionIds points explanation options { id text correct feedback } } }`;

describe('a quiz', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer);
  });
  afterAll(() => app.close());

  type Learner = Awaited<ReturnType<typeof aPerson>>;
  const quizOf = (of: BuiltCourse): string => of.lessons.find(({ kind }) => kind === 'QUIZ')!.id;
  const start = (who: Client, enrollmentId: string, lessonId = quizOf(course)): Promise<any> =>
    who.mutate('quizAttemptStart', 'QuizAttemptStartInput', { enrollmentId, lessonId }, ATTEMPT);
  const save = (who: Client, attemptId: string, questionId: string, optionIds: string[]): Promise<any> =>
    who.mutate('quizAnswerSave', 'QuizAnswerSaveInput', { attemptId, questionId, optionIds }, ATTEMPT);
  const submit = (who: Client, attemptId: string): Promise<any> =>
    who.mutate('quizAttemptSubmit', 'QuizAttemptSubmitInput', { attemptId }, ATTEMPT);
  const submitWith = (who: Client, attemptId: string, answers: object[]): Promise<any> =>
    who.mutate('quizAttemptSubmit', 'QuizAttemptSubmitInput', { attemptId, answers }, ATTEMPT);
  const reread = async (who: Client, attemptId: string): Promise<any> =>
    (
      await who.ask(
        `query ($id: ID!) { attempt: quizAttempt(id: $id) ${ATTEMPT.slice('attempt '.length)} }`,
        { id: attemptId },
      )
    ).attempt;
  /** Somebody with an attempt under way. */
  const begun = async (of = course): Promise<{ learner: Learner; enrollmentId: string; attempt: any }> => {
    const learner = await aPerson(app);
    const enrollmentId = await enroll(learner, of.id);
    return { learner, enrollmentId, attempt: (await start(learner, enrollmentId, quizOf(of))).attempt };
  };
  /** Answers the three questions in order and hands in. */
  const handIn = async (answers: string[][], of = course): Promise<any> => {
    const { learner, attempt } = await begun(of);
    for (const [index, optionIds] of answers.entries()) {
      if (optionIds.length > 0) await save(learner, attempt.id, attempt.questions[index].id, optionIds);
    }
    return (await submit(learner, attempt.id)).attempt;
  };

  describe('before it is handed in', () => {
    it('shows what is asked and nothing of what is right', async () => {
      const { learner, enrollmentId, attempt } = await begun();
      expect(attempt).toMatchObject({
        number: 1,
        state: 'IN_PROGRESS',
        passPercent: 80,
        scorePercent: null,
        passed: null,
      });
      expect(attempt.questions.map(({ kind }: any) => kind)).toEqual([
        'SINGLE_CHOICE',
        'MULTIPLE_CHOICE',
        'TRUE_FALSE',
      ]);
      expect(attempt.questions[0].options.map(({ id }: any) => id).sort()).toEqual(['a', 'b', 'c']);
      expect(attempt.questions[2].options.map(({ id }: any) => id)).toEqual(['true', 'false']);

      const [question] = attempt.questions;
      const saved = await save(learner, attempt.id, question.id, ['b']);
      const everything = [
        attempt,
        saved,
        await start(learner, enrollmentId),
        await reread(learner, attempt.id),
        await learner.ask(
          'query ($s: String!) { course(slug: $s) { modules { lessons { id body bodyHtml quiz { questionCount passPercent } } } } }',
          {
            s: course.slug,
          },
        ),
      ];
      expect(secretsIn(everything)).toEqual([]);
      expect(JSON.stringify(everything)).not.toMatch(/Yes\.|No\.|Because\./);
      expect(saved.attempt.questions[0].chosenOptionIds).toEqual(['b']);
    });

    it('keeps the order of its options from one look to the next', async () => {
      const { learner, attempt } = await begun();
      expect((await reread(learner, attempt.id)).questions).toEqual(attempt.questions);
    });

    it('takes an answer in place of the one before, and takes one back', async () => {
      const { learner, attempt } = await begun();
      const [question] = attempt.questions;
      const chosen = (payload: any): string[] => payload.attempt.questions[0].chosenOptionIds;
      expect(chosen(await save(learner, attempt.id, question.id, ['a']))).toEqual(['a']);
      expect(chosen(await save(learner, attempt.id, question.id, ['b']))).toEqual(['b']);
      expect(chosen(await save(learner, attempt.id, question.id, []))).toEqual([]);
    });

    it.each([
      ['an option of another question', 0, ['true'], 'OPTION_UNKNOWN'],
      ['an option that does not exist', 1, ['a', 'z'], 'OPTION_UNKNOWN'],
      ['a name that every object has', 0, ['constructor'], 'OPTION_UNKNOWN'],
      ['two options of a single choice', 0, ['a', 'b'], 'ONE_OPTION_ONLY'],
      ['true and false', 2, ['true', 'false'], 'ONE_OPTION_ONLY'],
      ['a very long option', 0, ['x'.repeat(41)], 'TOO_LONG'],
    ])('refuses %s', async (_what, index, optionIds, code) => {
      const { learner, attempt } = await begun();
      const { attempt: none, userErrors } = await save(
        learner,
        attempt.id,
        attempt.questions[index].id,
        optionIds,
      );
      expect(none).toBeNull();
      expect(userErrors[0].code).toBe(code);
      expect((await reread(learner, attempt.id)).questions[index].chosenOptionIds).toEqual([]);
    });

    it('refuses answers to questions of another quiz', async () => {
      const other = await begun(await aCourse(trainer));
      const { learner, attempt } = await begun();
      for (const questionId of [other.attempt.questions[0].id, NOBODY, 'no-id']) {
        expect((await save(learner, attempt.id, questionId, ['b'])).userErrors[0].code).toBe(
          'QUESTION_NOT_IN_ATTEMPT',
        );
      }
    });

    it('counts a repeated option once', async () => {
      const attempt = await handIn([['b'], ['a', 'a', 'a'], ['true']]);
      expect(attempt.questions[1].points).toBe(0.5);
    });

    it('starts once for two tabs, and for twenty', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      const attempts = await Promise.all(Array.from({ length: 20 }, () => start(learner, enrollmentId)));
      expect(new Set(attempts.map((payload) => JSON.stringify(payload))).size).toBe(1);
      expect(
        await app.sql('SELECT number FROM quiz_attempt WHERE enrollment_id = $1', [enrollmentId]),
      ).toEqual([{ number: 1 }]);
    });

    it('is not started for a reading, a lesson of another course, or a completed course', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      expect((await start(learner, enrollmentId, course.lessons[0]!.id)).userErrors[0].code).toBe(
        'LESSON_IS_NOT_QUIZ',
      );
      expect((await start(learner, enrollmentId, NOBODY)).userErrors[0].code).toBe('LESSON_NOT_IN_VERSION');
      await app.sql(`UPDATE enrollment SET state = 'COMPLETED' WHERE id = $1`, [enrollmentId]);
      expect((await start(learner, enrollmentId)).userErrors[0].code).toBe('ENROLLMENT_NOT_ACTIVE');
    });

    it('is the learner’s alone: to others it does not exist, and their tries are audited', async () => {
      const { enrollmentId, attempt } = await begun();
      const stranger = await aPerson(app);
      const tries: [string, object][] = [
        [
          'mutation ($e: ID!, $l: ID!) { quizAttemptStart(input: { enrollmentId: $e, lessonId: $l }) { attempt { id } } }',
          { e: enrollmentId, l: quizOf(course) },
        ],
        [
          'mutation ($a: ID!, $q: ID!) { quizAnswerSave(input: { attemptId: $a, questionId: $q, optionIds: [] }) { attempt { id } } }',
          { a: attempt.id, q: attempt.questions[0].id },
        ],
        [
          'mutation ($a: ID!) { quizAttemptSubmit(input: { attemptId: $a }) { attempt { id } } }',
          { a: attempt.id },
        ],
        ['query ($a: ID!) { quizAttempt(id: $a) { id } }', { a: attempt.id }],
      ];
      for (const [document, variables] of tries) {
        expect(await stranger.errorCode(document, { ...variables })).toBe('NOT_FOUND');
        expect(await app.visitor().errorCode(document, { ...variables })).toBe('UNAUTHENTICATED');
        expect(await stranger.errorCode(document, { e: NOBODY, l: NOBODY, a: NOBODY, q: NOBODY })).toBe(
          'NOT_FOUND',
        );
        expect(await stranger.errorCode(document, { e: 'x', l: 'x', a: 'x', q: 'x' })).toBe('NOT_FOUND');
      }
      const refused = await app.sql(
        `SELECT action, subject FROM audit_entry WHERE actor_id = $1 AND outcome = 'REFUSED' ORDER BY id`,
        [stranger.personId],
      );
      const subject = `enrollment:${enrollmentId}`;
      expect(refused).toEqual([
        { action: 'quizAttemptStart', subject },
        { action: 'quizAnswerSave', subject },
        { action: 'quizAttemptSubmit', subject },
        { action: 'quizAttempt', subject: `quiz_attempt:${attempt.id}` },
      ]);
    });
  });

  describe('handed in', () => {
    it('shows what was right, and why', async () => {
      const attempt = await handIn([['a'], ['a', 'b'], ['true']]);
      expect(attempt).toMatchObject({ state: 'GRADED', passed: false, scorePercent: 66.66 });
      const [one, many, truth] = attempt.questions;
      const byId = (options: any[], id: string): any => options.find((option) => option.id === id);
      expect(byId(one.options, 'a')).toMatchObject({ correct: false, feedback: 'No.' });
      expect(byId(one.options, 'b')).toMatchObject({ correct: true, feedback: 'Yes.' });
      expect([one.points, many.points, truth.points]).toEqual([0, 1, 1]);
      expect(truth.explanation).toBe('Because.');
    });

    it('explains itself in the learner’s language', async () => {
      const learner = await aPerson(app, { locale: 'fr' });
      const attemptId = await answerQuiz(learner, {
        enrollmentId: await enroll(learner, course.id),
        lessonId: quizOf(course),
      });
      const { attempt } = await submit(learner, attemptId);
      expect(attempt.questions[2].explanation).toBe('Parce que.');
      expect(attempt.questions[0].options.find(({ id }: any) => id === 'b')).toMatchObject({
        text: 'juste',
        feedback: 'Oui.',
      });
    });

    it.each([
      ['all right', [['b'], ['a', 'b'], ['true']], [1, 1, 1], 100, true],
      ['one of two right options', [['b'], ['a'], ['true']], [1, 0.5, 1], 83.33, true],
      ['a right and a wrong option', [['b'], ['a', 'c'], ['true']], [1, 0, 1], 66.66, false],
      ['every option', [['b'], ['a', 'b', 'c'], ['true']], [1, 0, 1], 66.66, false],
      ['only wrong ones', [['a'], ['c'], ['false']], [0, 0, 0], 0, false],
      ['nothing', [[], [], []], [0, 0, 0], 0, false],
    ])('scores %s', async (_what, answers, points, percent, passed) => {
      const attempt = await handIn(answers);
      expect(attempt.questions.map((question: any) => question.points)).toEqual(points);
      expect(attempt).toMatchObject({ scorePercent: percent, passed });
    });

    it.each([
      [50, true],
      [51, false],
    ])(
      'passes at the pass mark exactly: half of the points with a mark of %i',
      async (passPercent, passed) => {
        const attempt = await handIn([['b'], ['a'], ['false']], await aCourse(trainer, { passPercent }));
        expect(attempt).toMatchObject({ passPercent, scorePercent: 50, passed });
      },
    );

    it('takes answers with it, in place of those before, and all or none of them', async () => {
      const { learner, attempt } = await begun();
      const [first, second] = attempt.questions;
      const given = { questionId: second.id, optionIds: [second.options[0].id] };
      await save(learner, attempt.id, second.id, [second.options[1].id]);
      const refused = await submitWith(learner, attempt.id, [
        given,
        { questionId: first.id, optionIds: ['nothing'] },
      ]);
      expect(refused.userErrors).toMatchObject([{ code: 'OPTION_UNKNOWN' }]);
      const before = await reread(learner, attempt.id);
      expect(before.state).toBe('IN_PROGRESS');
      expect(before.questions[1].chosenOptionIds).toEqual([second.options[1].id]);

      const { attempt: graded } = await submitWith(learner, attempt.id, [given]);
      expect(graded.state).toBe('GRADED');
      expect(graded.questions[1].chosenOptionIds).toEqual(given.optionIds);
    });

    it('cannot be changed any more, and handed in again it has the same grade', async () => {
      const { learner, attempt } = await begun();
      await save(learner, attempt.id, attempt.questions[0].id, ['a']);
      const graded = await submit(learner, attempt.id);
      expect((await save(learner, attempt.id, attempt.questions[0].id, ['b'])).userErrors[0]).toMatchObject({
        code: 'ATTEMPT_CLOSED',
        field: 'attemptId',
      });
      app.clock.moveForward(60_000);
      expect(await submit(learner, attempt.id)).toEqual(graded);
      expect((await reread(learner, attempt.id)).questions[0].chosenOptionIds).toEqual(['a']);
    });

    it('counts no answer that is saved while it is handed in, unless it shows', async () => {
      const { learner, attempt } = await begun();
      const [question] = attempt.questions;
      const [handedIn] = await Promise.all([
        submit(learner, attempt.id),
        ...Array.from({ length: 6 }, (_, index) =>
          save(learner, attempt.id, question.id, [index % 2 ? 'a' : 'b']),
        ),
      ]);
      const [shown] = (await reread(learner, attempt.id)).questions;
      expect(shown.points).toBe(shown.chosenOptionIds[0] === 'b' ? 1 : 0);
      expect(handedIn.attempt.questions[0]).toEqual(shown);
    });

    it('may be tried again: failed first, passed then, both kept', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      const tryIt = async (right: boolean) =>
        (
          await submitQuiz(
            learner,
            await answerQuiz(learner, { enrollmentId, lessonId: quizOf(course), right }),
          )
        ).attempt.passed as boolean;
      const done = async () =>
        (await learner.ask('{ viewer { enrollments { completedLessonIds } } }')).viewer.enrollments[0]
          .completedLessonIds;
      expect(await tryIt(false)).toBe(false);
      expect(await done()).toEqual([]);
      expect(await tryIt(true)).toBe(true);
      expect(await done()).toEqual([quizOf(course)]);
      expect(await tryIt(false)).toBe(false); // trying again takes nothing away
      expect(await done()).toEqual([quizOf(course)]);
      const rows = await app.sql(
        'SELECT number, passed FROM quiz_attempt WHERE enrollment_id = $1 ORDER BY number',
        [enrollmentId],
      );
      expect(rows).toEqual([false, true, false].map((passed, index) => ({ number: index + 1, passed })));
    });

    it('tells an idempotent replay of its start no more than the start did', async () => {
      const learner = await aPerson(app);
      const enrollmentId = await enroll(learner, course.id);
      const input = { enrollmentId, lessonId: quizOf(course), idempotencyKey: 'start' };
      const send = () => learner.mutate('quizAttemptStart', 'QuizAttemptStartInput', input, ATTEMPT);
      const first = await send();
      expect(await send()).toEqual(first);
      expect(secretsIn(first)).toEqual([]);
    });
  });
});

/** Wherever an answer tells what is right: the paths of such fields that are not null. */
function secretsIn(value: unknown, path = ''): string[] {
  if (!value || typeof value !== 'object') return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = `${path}.${key}`;
    const secret =
      ['correct', 'feedback', 'explanation', 'points', 'scorePercent', 'passed'].includes(key) &&
      inner !== null;
    return secret ? [here] : secretsIn(inner, here);
  });
}
