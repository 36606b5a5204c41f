import { randomUUID } from 'node:crypto';
import type { QuizContent } from '../../src/features/catalog/course-content.js';
import { aPerson, enroll, type BuiltCourse } from '../support/builders.js';
import {
  answerInFull,
  aQuizCourse,
  draftContent,
  everyKind,
  publish,
  QUIZ_SECRETS,
  quizCourseContent,
  startAttempt,
  submitAttempt,
} from '../support/quiz.builders.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;
type Course = BuiltCourse & { quizId: string };

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const QUESTION = `id kind promptHtml options { id text correct feedback } matches { id text } chosenOptionIds text
  pairs { optionId matchId } points feedback explanation solution { texts optionIds pairs { optionId matchId } }`;
const CARD = `id versionId rung dueOn course { slug } lesson { key } readAgain { key } question { ${QUESTION} }`;
const PRACTICE = `practice { today dueCount nextDueOn cards(first: 20) { ${CARD} } stoppedCards { id }
  stoppedCourses { slug } }`;
const ANSWER = `answer { id answeredAt right question { ${QUESTION} } card { id rung dueOn } }`;

describe('going over questions again', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());
  // So many sign in from one address that it would be refused.
  beforeEach(() => void app.clock.moveForward(HOUR));

  const practice = async (who: Person): Promise<any> =>
    (await who.ask(`{ viewer { ${PRACTICE} } }`)).viewer.practice;
  const send = (who: Person, input: object): Promise<any> =>
    who.mutate('practiceAnswerSend', 'PracticeAnswerSendInput', { id: randomUUID(), ...input }, ANSWER);
  const stop = (who: Person, scope: object, name = 'practiceStop'): Promise<any> =>
    who.mutate(name, 'PracticeScopeInput', scope, PRACTICE);
  const aCourse = (quiz: Partial<QuizContent> = {}): Promise<Course> => aQuizCourse(app, trainer, quiz);

  /** Hands in an attempt in which all is right but the questions of these keys, which are left open. */
  const handIn = async (who: Person, enrollmentId: string, course: Course, open: string[]): Promise<void> => {
    const { attempt } = await startAttempt(who, enrollmentId, course.quizId);
    const isOpen = ({ promptHtml }: any) => open.includes(/Question (\w+)/.exec(promptHtml)![1]!);
    const answers = attempt.questions.filter((each: any) => !isOpen(each)).map(answerInFull);
    expect((await submitAttempt(who, attempt.id, answers)).userErrors).toEqual([]);
  };
  const learnerOf = async (
    course: Course,
    open: string[],
    person: Parameters<typeof aPerson>[1] = {},
  ): Promise<{ who: Person; enrollmentId: string }> => {
    const who = await aPerson(app, person);
    const enrollmentId = await enroll(who, course.id);
    await handIn(who, enrollmentId, course, open);
    return { who, enrollmentId };
  };
  const full = (card: any): object => ({ ...answerInFull(card.question), questionVersionId: card.versionId });
  /** The words of the prompt: "single". */
  const keyOf = ({ question }: any): string => /Question (\w+)/.exec(question.promptHtml)![1]!;

  it('brings back the day after what was answered wrong, of every kind, and says nothing of what is right', async () => {
    const course = await aCourse();
    const { who } = await learnerOf(
      course,
      everyKind().map(({ key }) => key),
    );
    const tomorrow = (await practice(who)).nextDueOn as string;
    expect(await practice(who)).toMatchObject({ dueCount: 0, cards: [] });
    app.clock.moveForward(DAY);
    const { today, dueCount, nextDueOn, cards } = await practice(who);
    expect({ today, dueCount, nextDueOn }).toEqual({ today: tomorrow, dueCount: 7, nextDueOn: null });
    expect(cards.map(keyOf).sort()).toEqual(
      everyKind()
        .map(({ key }) => key)
        .sort(),
    );
    for (const card of cards) {
      expect(card).toMatchObject({
        rung: 1,
        dueOn: today,
        course: { slug: course.slug },
        lesson: { key: 'quiz' },
        readAgain: [{ key: 'reading' }],
        question: { points: null, explanation: null, solution: null },
      });
      const text = JSON.stringify(card.question);
      expect(QUIZ_SECRETS.filter((secret) => text.includes(secret))).toEqual([]);
      expect(card.question.options.every(({ correct }: any) => correct === null)).toBe(true);
    }
    for (const card of cards) {
      const { answer, userErrors } = await send(who, full(card));
      expect(userErrors).toEqual([]);
      expect(answer).toMatchObject({ right: true, question: { points: 1 }, card: { id: card.id, rung: 2 } });
      expect(answer.question.explanation).toBe(`Because-${keyOf(card)}`);
    }
    expect(await practice(who)).toMatchObject({ dueCount: 0, cards: [] });
    app.clock.moveForward(3 * DAY);
    expect(await practice(who)).toMatchObject({ dueCount: 7 });
  });

  it('begins anew after a wrong answer, and takes "I do not know" for one', async () => {
    const { who } = await learnerOf(await aCourse(), ['single']);
    app.clock.moveForward(DAY);
    const [card] = (await practice(who)).cards;
    await send(who, full(card));
    app.clock.moveForward(3 * DAY);
    const { answer } = await send(who, { questionId: card.id });
    expect(answer).toMatchObject({ right: false, question: { points: 0 }, card: { rung: 1 } });
    expect(answer.question.options.filter(({ correct }: any) => correct).map(({ id }: any) => id)).toEqual([
      'b',
    ]);
    app.clock.moveForward(DAY);
    expect((await practice(who)).dueCount).toBe(1);
    // Half a point is not yet known.
    const half = await learnerOf(await aCourse(), ['word']);
    app.clock.moveForward(DAY);
    const [word] = (await practice(half.who)).cards;
    expect((await send(half.who, { questionId: word.id, text: 'a sesame' })).answer).toMatchObject({
      right: false,
      question: { points: 0.5 },
      card: { rung: 1 },
    });
  });

  it('has nothing of what was answered right, and of what was not handed in', async () => {
    const course = await aCourse();
    const { who } = await learnerOf(course, []);
    const { who: other } = { who: await aPerson(app) };
    await startAttempt(other, await enroll(other, course.id), course.quizId);
    app.clock.moveForward(DAY);
    for (const person of [who, other])
      expect(await practice(person)).toMatchObject({ dueCount: 0, nextDueOn: null });
  });

  it('counts a wrong answer in a later attempt', async () => {
    const course = await aCourse();
    const { who, enrollmentId } = await learnerOf(course, ['single', 'several', 'truth']);
    app.clock.moveForward(DAY);
    for (const card of (await practice(who)).cards) await send(who, full(card));
    await handIn(who, enrollmentId, course, ['truth', 'number']);
    app.clock.moveForward(DAY);
    expect((await practice(who)).cards.map(keyOf).sort()).toEqual(['number', 'truth']);
  });

  it('takes days by the calendar of the person, on both sides of the date line', async () => {
    const course = await aCourse();
    for (const [timeZone, hoursToMidnight] of [
      ['Pacific/Tongatapu', 13],
      ['Pacific/Pago_Pago', -11],
    ] as const) {
      const { who } = await learnerOf(course, ['single'], { timeZone });
      const now = app.clock.now().getTime();
      const local = (now + hoursToMidnight * HOUR) % DAY;
      app.clock.moveForward(DAY - local - 1);
      expect((await practice(who)).dueCount).toBe(0);
      app.clock.moveForward(1);
      expect((await practice(who)).dueCount).toBe(1);
    }
  });

  it.each([
    ['AFTER_PASS', 0],
    ['NEVER', 0],
    ['AFTER_CLOSE', 0],
    ['AFTER_ATTEMPT', 1],
  ] as const)('asks only what the rule %s lets be seen', async (showAnswers, count) => {
    const closesAt = new Date(app.clock.now().getTime() + 3 * DAY).toISOString();
    const course = await aCourse({ settings: { showAnswers, closesAt }, passPercent: 100 });
    const { who, enrollmentId } = await learnerOf(course, ['single']);
    app.clock.moveForward(DAY);
    expect((await practice(who)).dueCount).toBe(count);
    // Nothing can be found out by sending answers either.
    const [{ id }] = (await app.sql<{ id: string }>(
      `SELECT id FROM question WHERE course_id = $1 AND key = 'single'`,
      [course.id],
    )) as [{ id: string }];
    const { answer, userErrors } = await send(who, { questionId: id, optionIds: ['b'] });
    expect([answer === null, userErrors.map(({ code }: any) => code)]).toEqual(
      count ? [false, []] : [true, ['PRACTICE_QUESTION_UNKNOWN']],
    );
    if (showAnswers === 'AFTER_PASS') {
      expect((await practice(who)).nextDueOn).toBeNull();
      await handIn(who, enrollmentId, course, []);
      // It was due, and answered right in the quiz: a rung up.
      app.clock.moveForward(3 * DAY);
      expect((await practice(who)).cards).toMatchObject([{ rung: 2 }]);
    }
    if (showAnswers === 'AFTER_CLOSE') {
      app.clock.moveForward(2 * DAY + 1);
      expect((await practice(who)).dueCount).toBe(1);
    }
  });

  it('asks a mended question as it was mended, and judges by what was asked', async () => {
    const course = await aCourse();
    const { who } = await learnerOf(course, ['single']);
    app.clock.moveForward(DAY);
    const [before] = (await practice(who)).cards;
    const mended = everyKind();
    const [single] = mended;
    single!.options[0]!.correct = true;
    single!.options[1]!.correct = false;
    const publishNext = async (
      questions: typeof mended,
      policy: 'NEW_LEARNERS_ONLY' | 'MOVE_IN_PROGRESS',
    ) => {
      const id = await draftContent(app, trainer, course.slug, quizCourseContent({ questions }));
      if (policy === 'NEW_LEARNERS_ONLY') {
        // What is only saved and not published is not asked.
        expect((await practice(who)).cards[0].versionId).toBe(before.versionId);
      }
      expect((await publish(trainer, id, policy)).userErrors).toEqual([]);
      await app.drainOutbox();
    };
    await publishNext(mended, 'NEW_LEARNERS_ONLY');
    const [after] = (await practice(who)).cards;
    expect(after.id).toBe(before.id);
    expect(after.versionId).not.toBe(before.versionId);
    // A phone that was without a line asked the question as it was.
    const old = await send(who, {
      questionId: before.id,
      questionVersionId: before.versionId,
      optionIds: ['b'],
    });
    expect(old.answer).toMatchObject({ right: true });
    expect((await send(who, { questionId: before.id, optionIds: ['b'] })).answer).toMatchObject({
      right: false,
    });
    app.clock.moveForward(DAY);
    expect((await send(who, { questionId: before.id, optionIds: ['a'] })).answer).toMatchObject({
      right: true,
      card: { rung: 2 },
    });
    app.clock.moveForward(3 * DAY);
    // The course as the learner follows it no longer asks it.
    await publishNext(mended.slice(1), 'MOVE_IN_PROGRESS');
    expect(await practice(who)).toMatchObject({ dueCount: 0, cards: [] });
    expect((await send(who, { questionId: before.id, optionIds: ['a'] })).userErrors).toMatchObject([
      { code: 'PRACTICE_QUESTION_UNKNOWN', field: 'questionId' },
    ]);
    await publishNext(mended, 'MOVE_IN_PROGRESS');
    expect((await practice(who)).dueCount).toBe(1);
  });

  it('leaves a question or a course out, and takes it up again', async () => {
    const { who } = await learnerOf(await aCourse(), ['single', 'truth']);
    const other = await aCourse();
    await handIn(who, await enroll(who, other.id), other, ['single']);
    app.clock.moveForward(DAY);
    const { cards } = await practice(who);
    expect(cards).toHaveLength(3);
    const [one] = cards;
    for (let times = 0; times < 2; times += 1) {
      const { practice: left, userErrors } = await stop(who, { questionId: one.id });
      expect([userErrors, left.dueCount, left.stoppedCards]).toEqual([[], 2, [{ id: one.id }]]);
    }
    const { practice: without } = await stop(who, { courseId: other.id });
    expect(without.stoppedCourses).toEqual([{ slug: other.slug }]);
    expect(without.cards.every((card: any) => card.course.slug !== other.slug)).toBe(true);
    await stop(who, { courseId: other.id }, 'practiceResume');
    for (let times = 0; times < 2; times += 1) {
      const { practice: back } = await stop(who, { questionId: one.id }, 'practiceResume');
      expect(back).toMatchObject({ dueCount: 3, stoppedCards: [], stoppedCourses: [] });
    }
    expect((await stop(who, {})).userErrors).toMatchObject([{ code: 'PRACTICE_STOP_ONE' }]);
    const both = await stop(who, { questionId: one.id, courseId: other.id });
    expect(both.userErrors).toMatchObject([{ code: 'PRACTICE_STOP_ONE' }]);
  });

  it('is offered of no course that was left, until it is taken again', async () => {
    const course = await aCourse();
    const { who, enrollmentId } = await learnerOf(course, ['single']);
    app.clock.moveForward(DAY);
    expect((await practice(who)).dueCount).toBe(1);
    const input = { enrollmentId, reason: 'NO_TIME' };
    const left = await who.mutate(
      'enrollmentWithdraw',
      'EnrollmentWithdrawInput',
      input,
      'enrollment { state }',
    );
    expect(left).toMatchObject({ enrollment: { state: 'WITHDRAWN' }, userErrors: [] });
    expect(await practice(who)).toMatchObject({ dueCount: 0, nextDueOn: null });
    app.clock.moveForward(DAY);
    expect(await enroll(who, course.id)).not.toBe(enrollmentId);
    expect((await practice(who)).dueCount).toBe(1);
  });

  it('keeps an answer once, however often and in however many ways at once it is sent', async () => {
    const { who } = await learnerOf(await aCourse(), ['single']);
    app.clock.moveForward(DAY);
    const [card] = (await practice(who)).cards;
    const input = { id: randomUUID(), ...full(card), claimedAt: app.clock.now().toISOString() };
    const answers = await Promise.all(Array.from({ length: 12 }, () => send(who, input)));
    for (const { answer, userErrors } of answers) {
      expect(userErrors).toEqual([]);
      expect(answer).toMatchObject({ id: input.id, right: true, card: { rung: 2 } });
    }
    // Another answer under its id is not another answer.
    expect((await send(who, { ...input, optionIds: ['a'] })).answer).toMatchObject({ right: true });
    expect(await app.sql('SELECT id FROM practice_answer WHERE person_id = $1', [who.personId])).toHaveLength(
      1,
    );
    await expect(
      app.sql('UPDATE practice_answer SET score = 0 WHERE person_id = $1', [who.personId]),
    ).rejects.toThrow('append-only');
  });

  it('is not moved by the clock of a device that is ahead', async () => {
    const { who } = await learnerOf(await aCourse(), ['single']);
    app.clock.moveForward(DAY);
    const [card] = (await practice(who)).cards;
    const { answer } = await send(who, { ...full(card), claimedAt: '2041-01-01T00:00:00Z' });
    expect(answer).toMatchObject({ answeredAt: app.clock.now().toISOString(), card: { rung: 2 } });
    // Behind: before it was answered wrong there was nothing to go over.
    const late = await send(who, { questionId: card.id, claimedAt: '1999-01-01T00:00:00Z' });
    expect(late.answer).toMatchObject({ right: false, card: { rung: 2 } });
  });

  it('is the same in whichever order a device sends what it did, and however often', async () => {
    const course = await aCourse();
    const states: unknown[] = [];
    for (const order of [
      [0, 1, 2],
      [2, 1, 0],
      [1, 2, 0, 1, 1, 0, 2, 2],
    ]) {
      const { who } = await learnerOf(course, ['single']);
      const began = app.clock.now().getTime();
      app.clock.moveForward(9 * DAY);
      const [card] = (await practice(who)).cards;
      const batch = [1, 4, 5].map((days, index) => ({
        id: randomUUID(),
        questionId: card.id,
        optionIds: [index === 1 ? 'a' : 'b'],
        claimedAt: new Date(began + days * DAY).toISOString(),
      }));
      for (const index of order) await send(who, batch[index]!);
      const {
        cards: [state],
        today,
      } = await practice(who);
      states.push({ rung: state.rung, away: (Date.parse(today) - Date.parse(state.dueOn)) / DAY });
    }
    // Wrong on the fourth day, right on the fifth, due on the eighth.
    expect(states).toEqual(states.map(() => ({ rung: 2, away: 1 })));
  });

  it('is nobody else’s', async () => {
    const course = await aCourse();
    const { who } = await learnerOf(course, ['single']);
    const { who: other } = await learnerOf(course, ['truth']);
    app.clock.moveForward(DAY);
    const [card] = (await practice(who)).cards;
    const { answer } = await send(who, full(card));
    for (const person of [other, trainer]) {
      const question = `query ($id: ID!) { practiceAnswer(id: $id) { id } }`;
      expect(await person.errorCode(question, { id: answer.id })).toBe('NOT_FOUND');
      expect((await send(person, full(card))).userErrors).toMatchObject([
        { code: 'PRACTICE_QUESTION_UNKNOWN' },
      ]);
      expect((await stop(person, { questionId: card.id })).userErrors).toMatchObject([
        { code: 'PRACTICE_QUESTION_UNKNOWN', field: 'questionId' },
      ]);
    }
    // The id of somebody else's answer is free to use, and tells nothing.
    const [own] = (await practice(other)).cards;
    expect((await send(other, { ...full(own), id: answer.id })).answer).toMatchObject({
      card: { id: own.id },
    });
    expect((await practice(who)).dueCount).toBe(0);
  });

  it('says what is wrong with an answer', async () => {
    const { who } = await learnerOf(await aCourse(), ['single', 'number']);
    app.clock.moveForward(DAY);
    const { cards } = await practice(who);
    const [single, number] = ['single', 'number'].map((key) =>
      cards.find((card: any) => keyOf(card) === key),
    );
    const codes = async (input: object) => (await send(who, input)).userErrors.map(({ code }: any) => code);
    expect(await codes({ id: 'mine', questionId: single.id })).toEqual(['INVALID_FORMAT']);
    expect(await codes({ questionId: randomUUID(), optionIds: ['b'] })).toEqual([
      'PRACTICE_QUESTION_UNKNOWN',
    ]);
    expect(await codes({ questionId: single.id, optionIds: ['z'] })).toEqual(['OPTION_UNKNOWN']);
    expect(await codes({ questionId: single.id, text: 'b' })).toEqual(['ANSWER_OF_OTHER_KIND']);
    expect(await codes({ questionId: number.id, text: 'three' })).toEqual(['NUMBER_EXPECTED']);
    const ofAnother = { questionId: single.id, questionVersionId: number.versionId, optionIds: ['b'] };
    expect(await codes(ofAnother)).toEqual(['PRACTICE_QUESTION_UNKNOWN']);
    expect(await who.errorCode('{ viewer { practice { cards(first: 101) { id } } } }')).toBe(
      'BAD_USER_INPUT',
    );
    expect((await practice(who)).dueCount).toBe(2);
  });

  it('changes nothing but itself: no completion, score, report or activity', async () => {
    const course = await aCourse();
    const { who } = await learnerOf(course, ['single', 'truth']);
    await app.drainOutbox();
    app.clock.moveForward(DAY);
    const { cards } = await practice(who);
    const tables = await app.sql<{ name: string }>(
      `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename NOT LIKE 'practice\\_%'
          AND tablename NOT IN ('session')`,
    );
    expect(tables.length).toBeGreaterThan(30);
    const everything = async () => {
      const rows: Record<string, unknown> = {};
      for (const { name } of tables)
        rows[name] = await app.sql(
          `SELECT to_jsonb(row) AS row FROM "${name}" row ORDER BY to_jsonb(row)::text`,
        );
      return rows;
    };
    const before = await everything();
    await send(who, full(cards[0]));
    await send(who, { questionId: cards[1].id });
    await stop(who, { questionId: cards[1].id });
    await stop(who, { questionId: cards[1].id }, 'practiceResume');
    await app.drainOutbox();
    expect(await everything()).toEqual(before);
  });

  it('is read in as many statements however much there is', async () => {
    const course = await aCourse();
    const { who, enrollmentId } = await learnerOf(course, ['single', 'truth']);
    app.clock.moveForward(DAY);
    const page = () => recordStatements(app, () => practice(who));
    await page();
    const few = await page();
    expect(few.result.cards).toHaveLength(2);
    const all = everyKind().map(({ key }) => key);
    for (let times = 0; times < 4; times += 1) await handIn(who, enrollmentId, course, all);
    app.clock.moveForward(DAY);
    for (const { id } of (await practice(who)).cards) await send(who, { questionId: id });
    app.clock.moveForward(DAY);
    const many = await page();
    expect(many.result.cards).toHaveLength(7);
    expect(many.statements).toHaveLength(few.statements.length);
    expect(few.statements.length).toBeLessThanOrEqual(9);
  });
});
