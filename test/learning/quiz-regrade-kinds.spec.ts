import type { QuestionOption } from '../../src/features/catalog/course-content.js';
import { aPerson, enroll } from '../support/builders.js';
import {
  answerInFull,
  aQuizCourse,
  readAttempt,
  startAttempt,
  submitAttempt,
} from '../support/quiz.builders.js';
import { applyRegrade, bankQuestion, mend } from '../support/regrade.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Change = (option: QuestionOption, index: number) => Partial<QuestionOption>;

/** For each kind, a mended key, and the points that the full answer to the key before has by it. */
const MENDED: Record<string, [Change, number]> = {
  single: [({ key }) => ({ correct: key === 'a' }), 0],
  several: [({ key }) => ({ correct: key !== 'b' }), 0],
  truth: [({ key }) => ({ correct: key === 'false' }), 0],
  word: [({ key }) => (key === 'a' ? { text: { en: 'abracadabra' } } : {}), 0.5],
  number: [() => ({ number: { value: 30, tolerance: 1 } }), 0],
  // a and b change places; what was put to c is still right.
  pairs: [({ key, match }) => ({ match: { a: { en: 'Rome' }, b: { en: 'Paris' } }[key] ?? match }), 1 / 3],
  // d, a, b, c: of three that follow one another, two still do.
  order: [(_, index) => ORDER[index]!, 2 / 3],
};
const ORDER = [...'dabc'].map((key) => ({ key, text: { en: `step ${key}` } }));

describe('a mended key of each kind', () => {
  let app: TestApp;
  let trainer: Awaited<ReturnType<typeof aPerson>>;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  it.each(Object.keys(MENDED))(
    '%s: answers are graded by it, and it is what is shown as right',
    async (key) => {
      app.clock.moveForward(3_600_000);
      const course = await aQuizCourse(app, trainer);
      const [before, after] = [await aPerson(app), await aPerson(app)];
      const { attempt } = await startAttempt(before, await enroll(before, course.id), course.quizId);
      await submitAttempt(before, attempt.id, attempt.questions.map(answerInFull));
      const [change, points] = MENDED[key]!;
      await mend(app, trainer, course, { [key]: change });
      const { id, number } = await bankQuestion(trainer, course, key);
      const { userErrors } = await applyRegrade(trainer, course, { questionId: id, expectedVersion: number });
      expect(userErrors).toEqual([]);
      expect(await app.drainOutbox()).toEqual([]);
      const regraded = await readAttempt(before, attempt.id);
      const of = (some: any): any => some.questions.find((each: any) => each.id === id);
      expect(of(regraded).points).toBeCloseTo(points, 5);
      expect(regraded.questions.filter(({ points: each }: any) => each === 1)).toHaveLength(6);
      expect(regraded.scorePercent).toBe(Math.floor(((6 + points) / 7) * 10_000) / 100);

      // Answered as it is shown to be right, it is right: for who begins now as for the one before.
      const now = await startAttempt(after, await enroll(after, course.id), course.quizId);
      const answers = now.attempt.questions.map((question: any) =>
        question.id === id ? asShown(of(regraded), question) : answerInFull(question),
      );
      const handedIn = await submitAttempt(after, now.attempt.id, answers);
      expect(handedIn.userErrors).toEqual([]);
      expect(handedIn.attempt).toMatchObject({ scorePercent: 100, passed: true });
    },
  );
});

/** The answer that the result of one attempt shows as right, given in another: its ids are others. */
function asShown(shown: any, question: any): object {
  const textOf = (list: any[], id: string): string => list.find((each) => each.id === id).text;
  const idOf = (list: any[], text: string): string => list.find((each) => each.text === text).id;
  const translated = (id: string): string => idOf(question.options, textOf(shown.options, id));
  const { solution } = shown;
  const right = shown.options.filter(({ correct }: any) => correct).map(({ id }: any) => translated(id));
  return {
    questionId: question.id,
    ...(solution?.texts.length > 0 && { text: solution.texts[0].split(' ')[0] }),
    ...(solution?.pairs.length > 0 && {
      pairs: solution.pairs.map(({ optionId, matchId }: any) => ({
        optionId: translated(optionId),
        matchId: idOf(question.matches, textOf(shown.matches, matchId)),
      })),
    }),
    ...(solution?.optionIds.length > 0 && { optionIds: solution.optionIds.map(translated) }),
    ...(right.length > 0 && { optionIds: right }),
  };
}
