import fc from 'fast-check';
import type { Localized } from '../../src/platform/locale.js';
import type { BlockDocument } from '../../src/features/catalog/block-document.js';
import {
  DEFAULT_QUIZ_SETTINGS,
  GRADE_POLICIES,
  SHOW_ANSWERS,
  type CourseContent,
  type LessonContent,
  type ModuleContent,
  type QuestionContent,
  type QuestionKind,
  type QuestionOption,
  type QuizContent,
  type QuizSettings,
} from '../../src/features/catalog/course-content.js';

import { blockDocument, line, packages, plain } from './block-arbitraries.js';

export { blockDocument, mediaNode, sampleFiles } from './block-arbitraries.js';

/*
 * Any course, in the form that content is kept in: nothing is empty that may be left out, and every text of a draft has its default
 * locale. fast-check makes what fails small again.
 */

const key = fc.stringMatching(/^[a-z][a-z0-9]{0,5}(-[a-z0-9]{1,4})?$/);
const tag = fc.constantFrom('photos', 'seo', 'prix & tva', 'x*y', 'émoji 👍');

const promptDocument = blockDocument.map((doc): BlockDocument =>
  doc.content.length > 0
    ? doc
    : { type: 'doc', content: [{ type: 'paragraph', content: [{ type: 'text', text: 'Why?' }] }] },
);

const [DEFAULT, ...OTHERS] = ['en', 'fr', 'ar', 'pt-BR'] as const;

/** In the default locale, and in some of the others. */
const inLocales = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc
    .tuple(arbitrary, ...OTHERS.map(() => fc.option(arbitrary, { freq: 2 })))
    .map(([first, ...others]) =>
      Object.fromEntries([
        [DEFAULT, first],
        ...OTHERS.flatMap((locale, index) => (others[index] === null ? [] : [[locale, others[index] as T]])),
      ]),
    );
const documentsIn = inLocales(blockDocument).map((all) =>
  Object.fromEntries(
    Object.entries(all).filter(([locale, { content: inner }]) => locale === DEFAULT || inner.length > 0),
  ),
);

/** Of texts by locale those that the course has. */
const only = <T>(texts: Record<string, T>, locales: readonly string[]): Record<string, T> =>
  Object.fromEntries(Object.entries(texts).filter(([locale]) => locales.includes(locale)));

const optional = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | null> => fc.option(arbitrary, { freq: 1 });
const weight = fc.option(fc.oneof(fc.integer({ min: 1, max: 100 }), fc.constantFrom(33.33333, 0.5)));

/** Options of which each has another text in each language. */
const options = (least: number): fc.Arbitrary<QuestionOption[]> =>
  fc
    .array(
      fc.record({
        text: inLocales(plain),
        feedback: optional(inLocales(plain)),
        weight,
        key: fc.option(key, { freq: 1 }),
      }),
      {
        minLength: least,
        maxLength: 4,
      },
    )
    .map((all) =>
      all.map(({ text, feedback, weight: worth, key: own }, index) => ({
        key: own === null ? String.fromCharCode(97 + index) : `${own}-${index}`,
        text: Object.fromEntries(Object.entries(text).map(([locale, words]) => [locale, `${words}${index}`])),
        feedback,
        correct: index === 0,
        ...(worth !== null && { weight: worth }),
      })),
    );
const withoutText = (option: QuestionOption): QuestionOption => ({ ...option, text: {} });

const answers: Record<QuestionKind, fc.Arbitrary<QuestionOption[]>> = {
  SINGLE_CHOICE: options(2),
  MULTIPLE_CHOICE: options(3).map((all) =>
    all.map((option, index) => ({ ...option, correct: index % 2 === 0 })),
  ),
  TRUE_FALSE: fc
    .tuple(options(2), fc.boolean(), fc.constantFrom('usual', 'none', 'own'))
    .map(([[yes, no], answer, texts]) =>
      [yes!, no!].map((option, index): QuestionOption => ({
        ...option,
        key: index === 0 ? 'true' : 'false',
        correct: (index === 0) === answer,
        ...(texts === 'none' && { text: {} }),
        ...(texts === 'usual' && { text: { en: index === 0 ? 'True' : 'False' }, feedback: null }),
      })),
    ),
  SHORT_TEXT: fc.oneof(
    options(1),
    options(1).map((all) =>
      all.map((option, index) => ({
        key: String.fromCharCode(97 + index),
        text: option.text,
        feedback: null,
        correct: true,
      })),
    ),
  ),
  NUMBER: fc
    .tuple(
      options(1),
      fc.array(
        fc.tuple(
          fc.double({ noNaN: true, noDefaultInfinity: true }),
          fc.double({ min: 0, max: 1e6, noNaN: true }),
        ),
        { minLength: 4, maxLength: 4 },
      ),
    )
    .map(([all, numbers]) =>
      all.map((option, index) => ({
        ...withoutText(option),
        number: { value: numbers[index]![0] + 0, tolerance: numbers[index]![1] + 0 },
      })),
    ),
  MATCHING: fc
    .tuple(options(3), fc.array(inLocales(plain), { minLength: 4, maxLength: 4 }))
    .map(([all, matches]) =>
      all.map(({ weight: _, ...option }, index) => ({
        ...(index === 2 ? withoutText(option) : option),
        correct: index !== 2,
        match: matches[index]!,
      })),
    ),
  ORDERING: options(2).map((all) => all.map(({ weight: _, ...option }) => ({ ...option, correct: true }))),
};

/** A question of any kind, with the key `q`. */
export const anyQuestion: fc.Arbitrary<QuestionContent> = fc
  .constantFrom(...(Object.keys(answers) as QuestionKind[]))
  .chain((kind) =>
    fc.record({
      kind: fc.constant(kind),
      prompt: fc
        .tuple(promptDocument, documentsIn)
        .map(([first, others]) => ({ ...others, [DEFAULT]: first })),
      options: answers[kind],
      explanation: optional(inLocales(plain)),
      tags: fc.uniqueArray(tag, { maxLength: 2 }),
    }),
  )
  .map(({ tags, ...question }) => ({ key: 'q', ...question, ...(tags.length > 0 && { tags: tags.sort() }) }));

const settings: fc.Arbitrary<Partial<QuizSettings>> = fc
  .record(
    {
      attemptLimit: fc.constantFrom(1, 3),
      timeLimitMinutes: fc.constantFrom(10, 90),
      closesAt: fc.constant('2027-01-31T22:59:59.000Z'),
      graceMinutes: fc.constantFrom(0, 5),
      waitMinutes: fc.constantFrom(0, 1440),
      shuffleQuestions: fc.boolean(),
      shuffleOptions: fc.boolean(),
      showAnswers: fc.constantFrom(...SHOW_ANSWERS),
      gradePolicy: fc.constantFrom(...GRADE_POLICIES),
    },
    { requiredKeys: [] },
  )
  .map((all) =>
    Object.fromEntries(
      Object.entries(all).filter(
        ([name, value]) => DEFAULT_QUIZ_SETTINGS[name as keyof QuizSettings] !== value,
      ),
    ),
  );

/** A lesson before its quiz has questions. */
const lesson = fc.record({
  key,
  kind: fc.constantFrom(
    'READING' as const,
    'VIDEO' as const,
    'QUIZ' as const,
    'QUIZ' as const,
    'ACTIVITY' as const,
    'PACKAGE' as const,
  ),
  required: fc.boolean(),
  estimatedMinutes: fc.integer({ min: 1, max: 600 }),
  title: inLocales(line(60)),
  body: documentsIn,
  submission: fc.constantFrom('TEXT' as const, 'FILE' as const, 'TEXT_OR_FILE' as const),
  package: fc.record(
    {
      standard: fc.constantFrom('SCORM_1_2' as const, 'SCORM_2004' as const),
      file: fc.constantFrom(...packages),
      launch: fc.constantFrom('index.html', 'a b/"x".htm?q=1'),
      masteryPercent: fc.constantFrom(0, 72.5, 100),
      completionPercent: fc.constantFrom(0, 33.3, 100),
      launchData: line(60),
      isAsset: fc.constant(true as const),
    },
    { requiredKeys: ['standard', 'file', 'launch'] },
  ),
  quiz: fc.record({
    passPercent: fc.integer({ min: 1, max: 100 }),
    settings,
    tags: fc.uniqueArray(tag, { maxLength: 2 }),
    count: fc.integer({ min: 1, max: 3 }),
  }),
});
type Draft = typeof lesson extends fc.Arbitrary<infer T> ? T : never;

const course = fc.record({
  others: fc.shuffledSubarray([...OTHERS]),
  title: inLocales(line(60)),
  summary: inLocales(line(60)),
  outcomes: inLocales(fc.array(line(60), { minLength: 1, maxLength: 3 })),
  description: documentsIn,
  topics: fc.uniqueArray(line(20), { maxLength: 3 }),
  license: fc.option(line(20)),
  modules: fc.array(
    fc.record({
      key,
      title: inLocales(line(60)),
      summary: inLocales(line(60)),
      lessons: fc.array(lesson, { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
  questions: fc.array(anyQuestion, { maxLength: 6 }),
});

/** Any course with the questions of its bank that no quiz asks. */
export const anyCourse: fc.Arbitrary<CourseContent & { questions: QuestionContent[] }> = course.map(
  ({ others, modules, questions, ...facts }) => {
    const locales = [DEFAULT, ...others];
    const all = questions.map((question, index) => ({ ...inCourse(question, locales), key: `q-${index}` }));
    const bank = new QuestionShare(all);
    const localized = <T>(texts: Record<string, T>): Record<string, T> => only(texts, locales);
    let number = 0;
    return {
      slug: 'any-course',
      defaultLocale: DEFAULT,
      locales,
      title: localized(facts.title),
      summary: localized(facts.summary),
      outcomes: localized(facts.outcomes),
      description: localized(facts.description),
      topics: facts.topics,
      license: facts.license,
      modules: modules.map((module, index): ModuleContent => ({
        key: `${module.key}-${index}`,
        title: localized(module.title),
        summary: localized(module.summary),
        lessons: module.lessons.map((draft) =>
          lessonFrom(draft, `${draft.key}-${(number += 1)}`, locales, bank),
        ),
      })),
      questions: bank.rest(),
    };
  },
);

function inCourse(question: QuestionContent, locales: readonly string[]): QuestionContent {
  const texts = (all: Localized): Localized => only(all, locales);
  const prompt = only(question.prompt, locales);
  const own = {
    ...question,
    prompt,
    explanation: question.explanation && texts(question.explanation),
    options: question.options.map((option) => ({
      ...option,
      text: texts(option.text),
      feedback: option.feedback && texts(option.feedback),
      ...(option.match && { match: texts(option.match) }),
    })),
  };
  return own;
}

/** Gives questions to quizzes, some of them twice. */
class QuestionShare {
  private readonly asked = new Set<string>();
  private next = 0;

  constructor(private readonly all: readonly QuestionContent[]) {}

  direct(): QuestionContent[] {
    const own = this.all.slice(this.next, this.next + 2);
    this.next += 1; // the second one is asked in the next quiz too
    for (const { key: each } of own) this.asked.add(each);
    return own;
  }

  pool(
    wanted: string,
    count: number,
    without: readonly QuestionContent[],
  ): { tag: string; count: number; questions: QuestionContent[] } {
    const own = this.all.filter(
      (question) => question.tags?.includes(wanted) === true && !without.includes(question),
    );
    for (const { key: each } of own) this.asked.add(each);
    return { tag: wanted, count, questions: own };
  }

  rest(): QuestionContent[] {
    return this.all.filter(({ key: each }) => !this.asked.has(each));
  }
}

function lessonFrom(
  draft: Draft,
  ownKey: string,
  locales: readonly string[],
  bank: QuestionShare,
): LessonContent {
  const { kind, required, estimatedMinutes, title, body, submission } = draft;
  const hasBody = kind !== 'QUIZ' && kind !== 'PACKAGE';
  return {
    key: ownKey,
    kind,
    required,
    estimatedMinutes,
    title: only(title, locales),
    body: hasBody ? only(body, locales) : null,
    quiz: kind === 'QUIZ' ? quizFrom(draft, bank) : null,
    ...(kind === 'ACTIVITY' && { activity: { submission } }),
    ...(kind === 'PACKAGE' && { package: draft.package }),
  };
}

function quizFrom(
  { quiz: { passPercent, settings: own, tags, count } }: Draft,
  bank: QuestionShare,
): QuizContent {
  const questions = bank.direct();
  const taken = [...questions];
  const pools = tags.map((each) => {
    const pool = bank.pool(each, count, taken);
    taken.push(...pool.questions);
    return pool;
  });
  return {
    passPercent,
    questions,
    ...(Object.keys(own).length > 0 && { settings: own }),
    ...(pools.length > 0 && { pools }),
  };
}
