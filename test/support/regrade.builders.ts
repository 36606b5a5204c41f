import type {
  QuestionContent,
  QuestionOption,
  QuizContent,
} from '../../src/features/catalog/course-content.js';
import { aPerson, enroll } from './builders.js';
import type { Client } from './client.js';
import {
  aQuizCourse,
  draftContent,
  everyKind,
  quizCourseContent,
  startAttempt,
  submitAttempt,
} from './quiz.builders.js';
import type { TestApp } from './test-app.js';

export type Trainer = Client & { personId: string };
export type Course = Awaited<ReturnType<typeof aQuizCourse>>;

const question = (key: string): QuestionContent => everyKind().find((each) => each.key === key)!;

/** A course whose quiz asks a single choice, of which b is right, and whether something is true; both must be right to pass. */
export const aMendableCourse = (
  app: TestApp,
  trainer: Trainer,
  quiz: Partial<QuizContent> = {},
): Promise<Course> =>
  aQuizCourse(app, trainer, { questions: [question('single'), question('truth')], ...quiz });

/** Gives the bank a next version of questions, as a trainer who mends their keys. Published quizzes ask what they did. */
export async function mend(
  app: TestApp,
  trainer: Trainer,
  { slug }: Course,
  options: Record<string, (option: QuestionOption, index: number) => Partial<QuestionOption>>,
): Promise<void> {
  const questions = everyKind().map((each) => {
    const change = options[each.key];
    if (!change) return each;
    return {
      ...each,
      options: each.options.map((option, index) => ({ ...option, ...change(option, index) })),
    };
  });
  await draftContent(app, trainer, slug, quizCourseContent({ questions }));
}

/** Makes a the right choice of the question `single`. */
export const mendSingle = (app: TestApp, trainer: Trainer, course: Course, right = 'a'): Promise<void> =>
  mend(app, trainer, course, { single: ({ key }) => ({ correct: key === right }) });

/** Somebody who takes the course, and their answers to the quiz of {@link aMendableCourse}. */
export async function aLearner(app: TestApp, course: Course, more: object = {}) {
  const learner = await aPerson(app);
  const enrollmentId = await enroll(learner, course.id, more);
  const start = async (): Promise<any> => (await startAttempt(learner, enrollmentId, course.quizId)).attempt;
  const answersOf = (attempt: any, single: string): object[] =>
    attempt.questions.map(({ id, kind }: any) => ({
      questionId: id,
      optionIds: [kind === 'TRUE_FALSE' ? 'true' : single],
    }));
  const take = async (single: string): Promise<any> => {
    const attempt = await start();
    return (await submitAttempt(learner, attempt.id, answersOf(attempt, single))).attempt;
  };
  const read = (): Promise<any> =>
    learner.mutate(
      'lessonComplete',
      'LessonCompleteInput',
      { enrollmentId, lessonId: course.lessons.find(({ key }) => key === 'reading')!.id },
      'enrollment { state }',
    );
  return { learner, enrollmentId, start, answersOf, take, read };
}

/** Of a question of a course, its id and the number of its newest version. */
export async function bankQuestion(
  trainer: Client,
  { slug }: Course,
  key = 'single',
): Promise<{ id: string; number: number }> {
  const { course } = await trainer.ask(
    `query ($slug: String!, $key: String!) { course(slug: $slug) { questions(first: 10, filter: { text: $key }) { nodes {
       id key version { number } } } } }`,
    { slug, key },
  );
  const { id, version } = course.questions.nodes.find((each: any) => each.key === key);
  return { id, number: version.number };
}

const COUNTS = 'counts { effect count }';
const DIFFERENCE = `email quizTitle number scorePercentBefore scorePercentAfter effect isCompleted`;

export const applyRegrade = async (trainer: Client, course: Course, more: object = {}): Promise<any> => {
  const { id, number } = await bankQuestion(trainer, course);
  return trainer.mutate(
    'quizRegradeApply',
    'QuizRegradeApplyInput',
    { questionId: id, expectedVersion: number, reason: 'The key was wrong.', ...more },
    'regrade { id }',
  );
};

export const previewRegrade = async (trainer: Client, course: Course, key = 'single'): Promise<any> => {
  const { id } = await bankQuestion(trainer, course, key);
  const { question: found } = await trainer.ask(
    `query ($id: ID!) { question(id: $id) { regradePreview { versionNumber attempts ${COUNTS}
       passingNow { ${DIFFERENCE} } stayingPassed { ${DIFFERENCE} } } } }`,
    { id },
  );
  return found.regradePreview;
};

export const readRegrade = async (trainer: Client, id: string, effect: string | null = null): Promise<any> =>
  (
    await trainer.ask(
      `query ($id: ID!, $effect: RegradeEffect) { quizRegrade(id: $id) { reason attemptsFound attemptsDone finishedAt ${COUNTS}
         requestedBy { id } question { key } differences(first: 100, effect: $effect) { nodes { ${DIFFERENCE} } } } }`,
      { id, effect },
    )
  ).quizRegrade;

/** What a learner reads of an attempt's grade. */
export const readGrade = async (learner: Client, id: string): Promise<any> =>
  (
    await learner.ask(
      `query ($id: ID!) { quizAttempt(id: $id) { passed scorePercent questions { kind points options { id correct } }
         regrades { gradedAt scorePercentBefore scorePercentAfter effect reason } } }`,
      { id },
    )
  ).quizAttempt;
