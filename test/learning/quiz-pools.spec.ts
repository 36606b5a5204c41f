import type { QuizContent } from '../../src/features/catalog/course-content.js';
import { aPerson, enroll } from '../support/builders.js';
import { aQuizCourse, everyKind, startAttempt, submitAttempt } from '../support/quiz.builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;

describe('a quiz that draws questions', () => {
  let app: TestApp;
  let trainer: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  const [single, , truth] = everyKind();
  const pool = Array.from({ length: 6 }, (_, index) => ({
    ...single!,
    key: `pool-${index}`,
    tags: ['drawn'],
  }));
  const quiz: Partial<QuizContent> = {
    questions: [truth!],
    pools: [{ tag: 'drawn', count: 2, questions: pool }],
  };

  it('asks the fixed ones and as many as each pool gives', async () => {
    const course = await aQuizCourse(app, trainer, quiz);
    const learner = await aPerson(app);
    const { attempt } = await startAttempt(learner, await enroll(learner, course.id), course.quizId);
    expect(attempt.questions.map(({ kind }: any) => kind)).toEqual([
      'TRUE_FALSE',
      'SINGLE_CHOICE',
      'SINGLE_CHOICE',
    ]);
    const { course: told } = await learner.ask(
      'query ($slug: String!) { course(slug: $slug) { lesson(key: "quiz") { quiz { questionCount } } } }',
      { slug: course.slug },
    );
    expect(told.lesson.quiz.questionCount).toBe(3);
  });

  it('draws what the learner has not seen before what they have', async () => {
    const course = await aQuizCourse(app, trainer, quiz);
    const learner = await aPerson(app);
    const enrollmentId = await enroll(learner, course.id);
    const drawn: string[][] = [];
    for (let tries = 0; tries < 4; tries += 1) {
      const { attempt } = await startAttempt(learner, enrollmentId, course.quizId);
      drawn.push(attempt.questions.slice(1).map(({ id }: any) => id));
      await submitAttempt(learner, attempt.id);
    }
    expect(new Set(drawn.slice(0, 3).flat()).size).toBe(6); // all six, none twice
    expect(new Set(drawn.flat()).size).toBe(6); // then again from the beginning
  });

  it('draws otherwise for others', async () => {
    const course = await aQuizCourse(app, trainer, quiz);
    const drawn = new Set<string>();
    for (let people = 0; people < 6; people += 1) {
      const learner = await aPerson(app);
      const { attempt } = await startAttempt(learner, await enroll(learner, course.id), course.quizId);
      drawn.add(attempt.questions.map(({ id }: any) => id).join());
    }
    expect(drawn.size).toBeGreaterThan(1);
  });

  it('keeps what it asked, in its order, while it is in progress', async () => {
    const course = await aQuizCourse(app, trainer, { ...quiz, settings: { shuffleQuestions: true } });
    const learner = await aPerson(app);
    const enrollmentId = await enroll(learner, course.id);
    const first = await startAttempt(learner, enrollmentId, course.quizId);
    for (let again = 0; again < 3; again += 1)
      expect(await startAttempt(learner, enrollmentId, course.quizId)).toEqual(first);
  });
});
