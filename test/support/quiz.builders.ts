import { AuthoringService } from '../../src/features/studio/authoring.service.js';
import type { BlockDocument } from '../../src/features/catalog/block-document.js';
import type {
  QuestionContent,
  QuestionKind,
  QuestionOption,
  QuizContent,
} from '../../src/features/catalog/course-content.js';
import { insertCourse, lockCourse } from '../../src/features/catalog/course.queries.js';
import { CourseVersion, type PublishPolicy } from '../../src/features/catalog/course-version.entity.js';
import type { VersionContent } from '../../src/features/catalog/version-content.js';
import { Database } from '../../src/platform/database/database.js';
import { Ids } from '../../src/platform/ids.js';
import { readCourse, type BuiltCourse } from './builders.js';
import type { Client } from './client.js';
import type { TestApp } from './test-app.js';

let serial = 0;

/** Words of {@link everyKind} that no browser may read before what is right may be shown. */
export const QUIZ_SECRETS = ['sesame', 'Sésame', 'Because-', 'Right-', 'Typed-'];

const prompt = (text: string): BlockDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
const part = (key: string, more: Partial<QuestionOption> = {}): QuestionOption => ({
  key,
  text: { en: `${key}.`, fr: `${key} !` },
  feedback: null,
  correct: true,
  ...more,
});
const asked = (key: string, kind: QuestionKind, options: QuestionOption[]): QuestionContent => ({
  key,
  kind,
  prompt: { en: prompt(`Question ${key}?`), fr: prompt(`Question ${key} ?`) },
  options,
  explanation: { en: `Because-${key}`, fr: `Because-${key}` },
});

/** One question of each of the seven kinds; the full answers are in {@link answerInFull}. */
export const everyKind = (): QuestionContent[] => [
  asked('single', 'SINGLE_CHOICE', [
    part('a', { correct: false }),
    part('b', { feedback: { en: 'Right-b' } }),
  ]),
  asked('several', 'MULTIPLE_CHOICE', [part('a'), part('b'), part('c', { correct: false })]),
  asked('truth', 'TRUE_FALSE', [part('true', { text: {} }), part('false', { text: {}, correct: false })]),
  asked('word', 'SHORT_TEXT', [
    part('a', { text: { en: 'open sesame', fr: 'Sésame ouvre-toi' }, feedback: { en: 'Typed-a' } }),
    part('b', { text: { en: '*sesame*' }, weight: 50 }),
  ]),
  asked('number', 'NUMBER', [part('a', { text: {}, number: { value: 31.4159, tolerance: 0.01 } })]),
  asked('pairs', 'MATCHING', [
    part('a', { match: { en: 'Paris' } }),
    part('b', { match: { en: 'Rome' } }),
    part('c', { match: { en: 'Madrid' } }),
    part('d', { text: {}, match: { en: 'Oslo' } }),
  ]),
  asked(
    'order',
    'ORDERING',
    [...'abcd'].map((key) => part(key, { text: { en: `step ${key}` } })),
  ),
];

/** The full answer to each question of {@link everyKind}, by what a learner reads on the page of an attempt. */
export function answerInFull(question: any): object {
  const key = /Question (\w+)/.exec(question.promptHtml)![1];
  const optionOf = (text: string): string => question.options.find((each: any) => each.text === text).id;
  const matchOf = (text: string): string => question.matches.find((each: any) => each.text === text).id;
  const answers: Record<string, () => object> = {
    single: () => ({ optionIds: ['b'] }),
    several: () => ({ optionIds: ['a', 'b'] }),
    truth: () => ({ optionIds: ['true'] }),
    word: () => ({ text: ' Open SÉSAME ' }),
    number: () => ({ text: '31,42' }),
    pairs: () => ({
      pairs: [
        ['a.', 'Paris'],
        ['b.', 'Rome'],
        ['c.', 'Madrid'],
      ].map(([option, match]) => ({ optionId: optionOf(option!), matchId: matchOf(match!) })),
    }),
    order: () => ({ optionIds: [...'abcd'].map((step) => optionOf(`step ${step}`)) }),
  };
  return { questionId: question.id, ...answers[key!]!() };
}

/** A published course of one reading and one quiz that is written as content, as what an import yields. */
export async function aQuizCourse(
  app: TestApp,
  trainer: Client & { personId: string },
  quiz: Partial<QuizContent> = {},
  slug = `quiz-course-${(serial += 1)}`,
): Promise<BuiltCourse & { quizId: string }> {
  const versionId = await draftContent(app, trainer, slug, quizCourseContent(quiz));
  const { userErrors } = await publish(trainer, versionId);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  const course = await readCourse(trainer, slug);
  return { ...course, quizId: course.lessons.find(({ kind }) => kind === 'QUIZ')!.id };
}

/** What {@link aQuizCourse} teaches. */
export function quizCourseContent(quiz: Partial<QuizContent> = {}): VersionContent {
  const text = (en: string, fr = en): Record<string, string> => ({ en, fr });
  const lesson = { required: true, estimatedMinutes: 5 };
  return {
    defaultLocale: 'en',
    locales: ['en', 'fr'],
    title: text('Course of quizzes', 'Formation de quiz'),
    summary: text('A course.', 'Une formation.'),
    outcomes: { en: ['You will know.'], fr: ['Vous saurez.'] },
    description: { en: prompt('Hello.'), fr: prompt('Bonjour.') },
    topics: [],
    license: null,
    modules: [
      {
        key: 'first',
        title: text('First', 'Premier'),
        summary: text('The first.', 'Le premier.'),
        lessons: [
          {
            ...lesson,
            key: 'reading',
            kind: 'READING',
            title: text('Reading', 'Lecture'),
            body: { en: prompt('Text.'), fr: prompt('Texte.') },
            quiz: null,
          },
          {
            ...lesson,
            key: 'quiz',
            kind: 'QUIZ',
            title: text('Quiz'),
            body: null,
            quiz: { passPercent: 80, questions: everyKind(), ...quiz },
          },
        ],
      },
    ],
  };
}

/** Puts content into the draft of a course, which is made when there is none. @returns the draft's id. */
export async function draftContent(
  app: TestApp,
  trainer: Client & { personId: string },
  slug: string,
  content: VersionContent,
): Promise<string> {
  const draft = await app.get(Database).transaction(async (tx) => {
    const now = app.clock.now();
    const id = app.get(Ids).next();
    await insertCourse(tx, { id, slug, createdAt: now }, trainer.personId);
    const course = (await lockCourse(tx, { slug }))!;
    const made = await app.get(AuthoringService).replaceDraft(tx, course, content);
    // Not all that is asked has words in French, and none of these courses is about that.
    await tx.update(CourseVersion, { id: made.id }, { partialLocales: ['fr'] });
    return made;
  });
  return draft.id;
}

/** Publishes a draft. */
export async function publish(
  trainer: Client,
  versionId: string,
  policy: PublishPolicy = 'NEW_LEARNERS_ONLY',
): Promise<any> {
  return trainer.mutate(
    'courseVersionPublish',
    'CourseVersionPublishInput',
    { versionId, policy },
    'version { id }',
  );
}

/** All that a learner may read of an attempt. */
export const ATTEMPT = `attempt { id number state startedAt endsAt submitBy submittedAt passPercent scorePercent passed showAnswers
  answersShown questions { id kind promptHtml options { id text correct feedback } matches { id text } chosenOptionIds text
  pairs { optionId matchId } points feedback explanation solution { texts optionIds pairs { optionId matchId } } } }`;

export const startAttempt = (who: Client, enrollmentId: string, lessonId: string): Promise<any> =>
  who.mutate('quizAttemptStart', 'QuizAttemptStartInput', { enrollmentId, lessonId }, ATTEMPT);
export const saveAnswer = (who: Client, attemptId: string, answer: object): Promise<any> =>
  who.mutate('quizAnswerSave', 'QuizAnswerSaveInput', { attemptId, ...answer }, ATTEMPT);
export const submitAttempt = (who: Client, attemptId: string, answers?: object[]): Promise<any> =>
  who.mutate('quizAttemptSubmit', 'QuizAttemptSubmitInput', { attemptId, answers }, ATTEMPT);
export const readAttempt = async (who: Client, id: string): Promise<any> =>
  (
    await who.ask(`query ($id: ID!) { attempt: quizAttempt(id: $id) ${ATTEMPT.slice('attempt '.length)} }`, {
      id,
    })
  ).attempt;
