import { aPerson, enroll } from '../support/builders.js';
import {
  answerInFull,
  aQuizCourse,
  ATTEMPT,
  QUIZ_SECRETS,
  readAttempt,
  saveAnswer,
  startAttempt,
  submitAttempt,
} from '../support/quiz.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;

describe('a quiz of all seven kinds', () => {
  let app: TestApp;
  let trainer: Person;
  let course: Awaited<ReturnType<typeof aQuizCourse>>;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aQuizCourse(app, trainer);
  });
  afterAll(() => app.close());

  const begun = async (of = course, options: Parameters<typeof aPerson>[1] = {}) => {
    const learner = await aPerson(app, options);
    const enrollmentId = await enroll(learner, of.id);
    const { attempt } = await startAttempt(learner, enrollmentId, of.quizId);
    const byKind = (kind: string): any => attempt.questions.find((question: any) => question.kind === kind);
    return { learner, enrollmentId, attempt, byKind };
  };

  it('is answered in full, one answer at a time', async () => {
    const { learner, attempt } = await begun();
    for (const question of attempt.questions) {
      const { attempt: saved, userErrors } = await saveAnswer(learner, attempt.id, answerInFull(question));
      expect(userErrors).toEqual([]);
      const {
        optionIds = [],
        text = null,
        pairs = [],
      } = answerInFull(question) as { optionIds?: string[]; text?: string | null; pairs?: object[] };
      const kept = saved.questions.find(({ id }: any) => id === question.id);
      expect(kept).toMatchObject({ chosenOptionIds: optionIds, text, pairs });
    }
    const { attempt: graded } = await submitAttempt(learner, attempt.id);
    expect(graded).toMatchObject({ state: 'GRADED', passed: true, scorePercent: 100, answersShown: true });
    expect(graded.questions.map(({ points }: any) => points)).toEqual([1, 1, 1, 1, 1, 1, 1]);
  });

  it('gives part of the point for part of the answer', async () => {
    const { learner, attempt, byKind } = await begun();
    const [pairs, order] = [byKind('MATCHING'), byKind('ORDERING')];
    const { optionIds } = answerInFull(order) as { optionIds: string[] };
    const { pairs: right } = answerInFull(pairs) as { pairs: object[] };
    const { attempt: graded } = await submitAttempt(learner, attempt.id, [
      { questionId: byKind('MULTIPLE_CHOICE').id, optionIds: ['a'] },
      { questionId: byKind('SHORT_TEXT').id, text: 'Sesame!' },
      { questionId: byKind('NUMBER').id, text: '31.4' },
      { questionId: pairs.id, pairs: right.slice(0, 2) },
      { questionId: order.id, optionIds: [...optionIds.slice(1), optionIds[0]] },
    ]);
    expect(graded.questions.map(({ points }: any) => points)).toEqual([
      0, 0.5, 0, 0.5, 0, 0.666667, 0.666667,
    ]);
    expect(graded).toMatchObject({ scorePercent: 33.33, passed: false });
  });

  it('shows what was right once it is graded', async () => {
    const { learner, attempt } = await begun();
    const answers = attempt.questions.map(answerInFull);
    const { attempt: graded } = await submitAttempt(learner, attempt.id, answers);
    const [, , truth, word, number, pairs, order] = graded.questions;
    expect(truth.options.map(({ text, correct }: any) => [text, correct])).toEqual([
      ['True', true],
      ['False', false],
    ]);
    expect(word).toMatchObject({
      feedback: 'Typed-a',
      explanation: 'Because-word',
      solution: { texts: ['open sesame'] },
    });
    expect(number.solution.texts).toEqual(['31.4159 (± 0.01)']);
    expect(pairs.solution.pairs).toEqual((answerInFull(pairs) as any).pairs);
    expect(order.solution.optionIds).toEqual((answerInFull(order) as any).optionIds);
  });

  it('speaks the learner’s language, and understands either', async () => {
    const { learner, attempt, byKind } = await begun(course, { locale: 'fr' });
    expect(byKind('TRUE_FALSE').options.map(({ text }: any) => text)).toEqual(['Vrai', 'Faux']);
    const answers = [
      { questionId: byKind('SHORT_TEXT').id, text: 'SESAME OUVRE-TOI' },
      { questionId: byKind('NUMBER').id, text: '31,4159' },
    ];
    const { attempt: graded } = await submitAttempt(learner, attempt.id, answers);
    expect(graded.questions[3].points).toBe(1);
    expect(graded.questions[4]).toMatchObject({ points: 1, solution: { texts: ['31,4159 (± 0,01)'] } });
  });

  it('tells no answer to any browser before it is handed in, in whatever it is asked', async () => {
    const { learner, enrollmentId, attempt } = await begun();
    const [first] = attempt.questions;
    const responses = [
      attempt,
      await saveAnswer(learner, attempt.id, { questionId: first.id, optionIds: ['a'] }),
      await startAttempt(learner, enrollmentId, course.quizId),
      await readAttempt(learner, attempt.id),
      await learner.ask(
        `query ($slug: String!) { course(slug: $slug) { title enrollment { progress { missing { lesson { title } } } }
           lesson(key: "quiz") { bodyHtml body quiz { questionCount } quizStanding { attemptsLeft } lastAttempt { id
             questions { promptHtml explanation options { text correct feedback } solution { texts } } } } } }`,
        { slug: course.slug },
      ),
    ];
    const all = JSON.stringify(responses);
    for (const secret of QUIZ_SECRETS) expect(all).not.toContain(secret);
    expect(all).not.toContain('31.4159');
    for (const { points, solution, options } of attempt.questions) {
      expect([points, solution]).toEqual([null, null]);
      expect(options.map(({ correct, feedback }: any) => [correct, feedback]).flat()).toEqual(
        options.flatMap(() => [null, null]),
      );
    }
    // Ids of what is matched and ordered say nothing either: they are others in each attempt.
    const other = (await begun()).attempt;
    for (const index of [5, 6]) {
      const idsOf = ({ questions }: any): string[] =>
        [...questions[index].matches, ...(index === 6 ? questions[index].options : [])].map(
          ({ id }: any) => id,
        );
      expect(idsOf(attempt).filter((id) => idsOf(other).includes(id))).toEqual([]);
      for (const id of idsOf(attempt)) expect(id).toMatch(/^[0-9a-f]{16}$/);
    }
  });

  it('shows matches and items in an order of chance', async () => {
    const orders = new Set<string>();
    for (let tries = 0; tries < 6; tries += 1) {
      const { byKind } = await begun();
      const texts = (all: any[]): string => all.map(({ text }) => text).join();
      orders.add(texts(byKind('MATCHING').matches) + texts(byKind('ORDERING').options));
    }
    expect(orders.size).toBeGreaterThan(2);
  });

  it.each([
    ['NUMBER', { text: 'about thirty' }, 'NUMBER_EXPECTED', 'text'],
    ['NUMBER', { optionIds: ['a'] }, 'ANSWER_OF_OTHER_KIND', 'questionId'],
    ['SHORT_TEXT', { text: 'x'.repeat(501) }, 'TOO_LONG', 'text'],
    ['SINGLE_CHOICE', { text: 'b' }, 'ANSWER_OF_OTHER_KIND', 'questionId'],
    ['ORDERING', { optionIds: ['a', 'b', 'c', 'd'] }, 'OPTION_UNKNOWN', 'optionIds'], // keys are no ids here
    ['MATCHING', { pairs: [{ optionId: 'a', matchId: 'a' }] }, 'PAIR_UNKNOWN', 'pairs'],
  ])('refuses to %s the answer %j', async (kind, answer, code, field) => {
    const { learner, attempt, byKind } = await begun();
    const payload = await saveAnswer(learner, attempt.id, { questionId: byKind(kind).id, ...answer });
    expect(payload.attempt).toBeNull();
    expect(payload.userErrors).toMatchObject([{ code, field }]);
  });

  it('says of answers handed in together which one is refused, and takes none', async () => {
    const { learner, attempt, byKind } = await begun();
    const { userErrors } = await submitAttempt(learner, attempt.id, [
      answerInFull(byKind('SHORT_TEXT')),
      { questionId: byKind('NUMBER').id, text: '30 or 31' },
    ]);
    expect(userErrors).toMatchObject([{ code: 'NUMBER_EXPECTED', field: 'answers.1.text' }]);
    expect((await readAttempt(learner, attempt.id)).questions[3].text).toBeNull();
  });

  it('takes back what was typed, matched or ordered', async () => {
    const { learner, attempt, byKind } = await begun();
    for (const kind of ['SHORT_TEXT', 'MATCHING', 'ORDERING']) {
      const { id } = byKind(kind);
      await saveAnswer(learner, attempt.id, answerInFull(byKind(kind)));
      const { attempt: saved } = await saveAnswer(learner, attempt.id, {
        questionId: id,
        text: ' ',
        optionIds: [],
      });
      const kept = saved.questions.find((question: any) => question.id === id);
      expect(kept).toMatchObject({ chosenOptionIds: [], text: null, pairs: [] });
    }
  });

  it('is handed in by fifty tabs at once with one grade', async () => {
    const { learner, enrollmentId, attempt } = await begun();
    const answers = attempt.questions.map(answerInFull);
    const payloads = await Promise.all(
      Array.from({ length: 50 }, (_, tab) => submitAttempt(learner, attempt.id, tab % 2 ? answers : [])),
    );
    expect(new Set(payloads.map((payload) => JSON.stringify(payload))).size).toBe(1);
    const rows = await app.sql(`SELECT state FROM quiz_attempt WHERE enrollment_id = $1`, [enrollmentId]);
    expect(rows).toEqual([{ state: 'GRADED' }]);
  });

  it('lets nobody but its learner read it', async () => {
    const { attempt } = await begun();
    const stranger = await aPerson(app);
    const document = `query ($id: ID!) { attempt: quizAttempt(id: $id) ${ATTEMPT.slice('attempt '.length)} }`;
    expect(await stranger.errorCode(document, { id: attempt.id })).toBe('NOT_FOUND');
  });
});
