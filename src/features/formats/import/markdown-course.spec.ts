import {
  brief,
  courseFolder,
  importFolder,
  QUIZ_EN,
  QUIZ_FR,
  withFrontMatter,
} from '../../../../test/support/course-folder.js';
import { listedProblems, MAX_PROBLEMS } from './import-problems.js';
import { parseMarkdownCourse } from './markdown-course.js';
import type { LessonContent } from '../../catalog/course-content.js';

const CHECK_EN = '01-basics/02-check.en.md';
const CHECK_FR = '01-basics/02-check.fr.md';
const PHOTOS_EN = '01-basics/01-photos.en.md';
const PHOTOS_FR = '01-basics/01-photos.fr.md';

function lessonsOf(changes: Record<string, string | null>): LessonContent[] {
  return importFolder(changes).course?.modules.flatMap((module) => module.lessons) ?? [];
}

function problemsOf(changes: Record<string, string | null>): string[] {
  return importFolder(changes).problems.map(brief);
}

describe('parseMarkdownCourse', () => {
  it('reads a sound course without a problem', () => {
    const { course, problems, understood } = importFolder();
    expect(problems).toEqual([]);
    expect(understood).toEqual({ modules: 1, lessons: 2, questions: 2 });
    expect(course).toMatchObject({
      slug: 'get-found',
      defaultLocale: 'en',
      locales: ['en', 'fr'],
      title: { en: 'Get found', fr: 'Être trouvé' },
      outcomes: { en: ['Claim a profile'], fr: ['Revendiquer sa fiche'] },
      topics: ['search'],
      license: 'CC-BY-4.0',
      modules: [{ key: 'basics', title: { en: 'Basics', fr: 'Bases' } }],
    });
    const [photos, check] = course?.modules[0]?.lessons ?? [];
    expect(photos).toMatchObject({
      key: 'photos',
      kind: 'READING',
      required: true,
      estimatedMinutes: 5,
      quiz: null,
    });
    expect(Object.keys(photos?.body ?? {})).toEqual(['en', 'fr']);
    expect(check).toMatchObject({ key: 'check', kind: 'QUIZ', body: null, quiz: { passPercent: 80 } });
    expect(check?.quiz?.questions[0]).toMatchObject({
      kind: 'SINGLE_CHOICE',
      options: [
        {
          key: 'a',
          text: { en: 'Nobody', fr: 'Personne' },
          feedback: { en: 'Asking is allowed.', fr: 'Demander est permis.' },
        },
        { key: 'b', correct: true, feedback: null },
      ],
      explanation: { en: 'Ask every customer, not only the happy ones.', fr: 'Demandez à chaque client.' },
    });
    expect(check?.quiz?.questions[1]).toMatchObject({
      kind: 'TRUE_FALSE',
      options: [
        { key: 'true', text: { en: 'True', fr: 'Vrai' }, correct: false },
        { key: 'false', text: { en: 'False', fr: 'Faux' }, correct: true },
      ],
    });
  });

  it('makes no course without a course file, and says so', () => {
    const { course, problems, understood } = importFolder({ 'course.en.md': null, 'course.fr.md': null });
    expect(course).toBeNull();
    expect(problems.map(brief)).toEqual(['ERROR COURSE_MISSING .:1']);
    expect(understood).toEqual({ modules: 0, lessons: 0, questions: 0 });
  });

  it('makes no course with a folder name that is no slug', () => {
    const { course, problems } = parseMarkdownCourse(courseFolder(), 'Get Found!');
    expect(course).toBeNull();
    expect(problems.map(brief)).toEqual(['ERROR SLUG_INVALID .:1']);
  });

  it('does not guess the default locale', () => {
    const fields = ['title: A', 'summary: B', 'outcomes: [C]'];
    const silent = withFrontMatter(fields, '');
    const stating = (locale: string): string => withFrontMatter([...fields, `defaultLocale: ${locale}`], '');
    expect(problemsOf({ 'course.en.md': silent })).toEqual(['ERROR DEFAULT_LOCALE_MISSING course.en.md:1']);
    expect(problemsOf({ 'course.fr.md': stating('fr') })).toEqual([
      'ERROR DEFAULT_LOCALE_CONFLICT course.en.md:6',
    ]);
    expect(problemsOf({ 'course.en.md': stating('de') })).toEqual([
      'ERROR DEFAULT_LOCALE_CONFLICT course.en.md:5',
    ]);
    expect(problemsOf({ 'course.fr.md': stating('en') })).toEqual(['WARNING FIELD_IGNORED course.fr.md:5']);
    expect(problemsOf({ 'course.en.md': '---\nnever closed' })).toEqual([
      'ERROR FRONT_MATTER_UNCLOSED course.en.md:1',
    ]);
  });

  it('checks the course fields and keeps what is sound', () => {
    const fields = ['title: A', `summary: ${'s'.repeat(201)}`, 'defaultLocale: en', 'topic: [x]'];
    const { course, problems } = importFolder({ 'course.en.md': withFrontMatter(fields, '') });
    expect(problems.filter((problem) => problem.file === 'course.en.md').map(brief)).toEqual([
      'ERROR FIELD_MISSING course.en.md:1',
      'ERROR FIELD_INVALID course.en.md:3',
      'WARNING FIELD_UNKNOWN course.en.md:5',
    ]);
    expect(course).toMatchObject({ title: { en: 'A' }, outcomes: { en: [] }, topics: [], license: null });
  });

  it('warns when a translation has another number of outcomes', () => {
    const text = withFrontMatter(['title: A', 'summary: B', 'outcomes: [C, D]'], '');
    expect(problemsOf({ 'course.fr.md': text })).toEqual(['WARNING TRANSLATION_INCOMPLETE course.fr.md:4']);
  });

  it.each([
    ['no front matter', 'Text.', 'FRONT_MATTER_MISSING', 1],
    ['no title', withFrontMatter(['minutes: 5'], 'Text.'), 'FIELD_MISSING', 1],
    ['no minutes', withFrontMatter(['title: A'], 'Text.'), 'FIELD_MISSING', 1],
    ['0 minutes', withFrontMatter(['title: A', 'minutes: 0'], 'Text.'), 'FIELD_INVALID', 3],
    ['601 minutes', withFrontMatter(['title: A', 'minutes: 601'], 'Text.'), 'FIELD_INVALID', 3],
    [
      'an unknown kind',
      withFrontMatter(['title: A', 'minutes: 1', 'kind: film'], 'Text.'),
      'FIELD_INVALID',
      4,
    ],
  ])('leaves out a lesson with %s and keeps the rest', (_what, text, code, line) => {
    const { course, problems } = importFolder({ [PHOTOS_EN]: text });
    expect(problems.map(brief)).toEqual([`ERROR ${code} ${PHOTOS_EN}:${line}`]);
    expect(course?.modules[0]?.lessons.map((lesson) => lesson.key)).toEqual(['check']);
  });

  it('keeps what a draft has no text or question for yet, and says so', () => {
    const reading = withFrontMatter(['title: A', 'minutes: 1'], '\n');
    expect(problemsOf({ [PHOTOS_EN]: reading })).toEqual([`WARNING LESSON_EMPTY ${PHOTOS_EN}:5`]);
    const quiz = withFrontMatter(['title: A', 'minutes: 1', 'kind: quiz'], '');
    const changes = { [PHOTOS_EN]: reading, [CHECK_EN]: quiz, [CHECK_FR]: null };
    expect(lessonsOf(changes).map(({ key }) => key)).toEqual(['photos', 'check']);
    expect(problemsOf(changes)).toContain(`WARNING QUIZ_EMPTY ${CHECK_EN}:6`);
  });

  it('leaves out a quiz with a pass mark out of bounds', () => {
    const quiz = (body: string, ...more: string[]): string =>
      withFrontMatter(['title: A', 'minutes: 1', 'kind: quiz', ...more], body);
    expect(problemsOf({ [CHECK_EN]: quiz(QUIZ_EN, 'passPercent: 101') })).toEqual([
      `ERROR FIELD_INVALID ${CHECK_EN}:5`,
    ]);
    expect(lessonsOf({ [CHECK_EN]: quiz(QUIZ_EN, 'passPercent: 100') })[1]?.quiz?.passPercent).toBe(100);
  });

  it('asks whether a reading with question keys is a quiz, and ignores its pass mark', () => {
    const text = withFrontMatter(['title: A', 'minutes: 1', 'passPercent: 80'], QUIZ_EN);
    expect(problemsOf({ [PHOTOS_EN]: text })).toEqual([
      `WARNING FIELD_IGNORED ${PHOTOS_EN}:4`,
      `WARNING QUIZ_KIND_MISSING ${PHOTOS_EN}:6`,
    ]);
  });

  it('falls back openly where a translation is missing or broken', () => {
    expect(problemsOf({ [PHOTOS_FR]: null })).toEqual([`WARNING TRANSLATION_MISSING ${PHOTOS_EN}:1`]);
    expect(problemsOf({ '01-basics/module.fr.md': null })).toEqual([
      'WARNING TRANSLATION_MISSING 01-basics/module.en.md:1',
    ]);
    expect(problemsOf({ [PHOTOS_FR]: 'Text.' })).toEqual([`ERROR FRONT_MATTER_MISSING ${PHOTOS_FR}:1`]);
    expect(lessonsOf({ [PHOTOS_FR]: 'Text.' })[0]).toMatchObject({ title: { en: 'Photos' } });
    expect(Object.keys(lessonsOf({ [PHOTOS_FR]: 'Text.' })[0]?.body ?? {})).toEqual(['en']);
  });

  it('ignores in a translation what only the default locale says', () => {
    const text = withFrontMatter(['title: Photos', 'minutes: 99'], 'Texte.');
    expect(problemsOf({ [PHOTOS_FR]: text })).toEqual([`WARNING FIELD_IGNORED ${PHOTOS_FR}:3`]);
    expect(lessonsOf({ [PHOTOS_FR]: text })[0]?.estimatedMinutes).toBe(5);
  });

  it('leaves out a lesson without a file in the default locale, and files in a locale without course file', () => {
    const text = withFrontMatter(['title: A'], 'Texte.');
    expect(problemsOf({ '01-basics/03-more.fr.md': text })).toEqual([
      'ERROR LESSON_DEFAULT_MISSING 01-basics/03-more.fr.md:1',
    ]);
    expect(problemsOf({ '01-basics/01-photos.de.md': text })).toEqual([
      'WARNING LOCALE_UNKNOWN 01-basics/01-photos.de.md:1',
    ]);
  });

  it.each([
    ['another right answer', QUIZ_FR.replace('( ) Personne', '(x) Personne').replace('(x) Tout', '( ) Tout')],
    ['one option more', QUIZ_FR.replace('- (x) Tout le monde', '- (x) Tout le monde\n- ( ) Le chat')],
    ['another kind', QUIZ_FR.replace('( ) Personne', '[ ] Personne').replace('(x) Tout', '[x] Tout')],
  ])('keeps the default where a translated question has %s', (_what, body) => {
    const changes = { [CHECK_FR]: withFrontMatter(['title: "Vérifier"'], body) };
    expect(problemsOf(changes)).toEqual([`ERROR TRANSLATION_MISMATCH ${CHECK_FR}:4`]);
    const [ask, buy] = lessonsOf(changes)[1]?.quiz?.questions ?? [];
    expect(Object.keys(ask?.prompt ?? {})).toEqual(['en']);
    expect(ask?.options[0]?.text).toEqual({ en: 'Nobody' });
    expect(Object.keys(buy?.prompt ?? {})).toEqual(['en', 'fr']);
  });

  it('tells of questions that one of the locales does not have', () => {
    const french = (body: string): Record<string, string> => ({
      [CHECK_FR]: withFrontMatter(['title: "Vérifier"'], body),
    });
    const half = QUIZ_FR.slice(0, QUIZ_FR.indexOf('## On peut'));
    expect(problemsOf(french(half))).toEqual([`WARNING TRANSLATION_MISSING ${CHECK_FR}:1`]);
    expect(problemsOf(french(`${QUIZ_FR}\n\n## Autre ? {#other}\n\nAnswer: true`))).toEqual([
      `ERROR TRANSLATION_MISMATCH ${CHECK_FR}:18`,
    ]);
    expect(problemsOf(french(QUIZ_FR.replace('  > Demander est permis.\n', '')))).toEqual([
      `WARNING TRANSLATION_INCOMPLETE ${CHECK_FR}:4`,
    ]);
    // A broken question is told once: not again as missing.
    expect(problemsOf(french(QUIZ_FR.replace('Answer: false', 'Answer: non')))).toEqual([
      `ERROR QUESTION_ANSWER ${CHECK_FR}:16`,
    ]);
  });

  it('names both places of a key used twice and keeps the first', () => {
    const again = '02-more/01-photos.en.md';
    const { course, problems } = importFolder({
      '02-more/module.en.md': withFrontMatter(['title: M', 'summary: S'], ''),
      [again]: withFrontMatter(['title: Again', 'minutes: 1'], 'Text.'),
      '02-more/02-quiz.en.md': withFrontMatter(
        ['title: Q', 'minutes: 1', 'kind: quiz'],
        QUIZ_EN.replace('{#buy-review}', '{#new}'),
      ),
      '03-basics/module.en.md': withFrontMatter(['title: M', 'summary: S'], ''),
    });
    const duplicates = problems.filter((problem) => problem.code === 'KEY_DUPLICATE');
    expect(duplicates.map(brief)).toEqual([
      `ERROR KEY_DUPLICATE ${again}:1`,
      'ERROR KEY_DUPLICATE 02-more/02-quiz.en.md:6',
      'ERROR KEY_DUPLICATE 03-basics/module.en.md:1',
    ]);
    expect(duplicates[0]?.message).toContain(`${PHOTOS_EN}:1`);
    expect(duplicates[1]?.message).toContain(`${CHECK_EN}:6`);
    expect(course?.modules.map((module) => module.lessons.map((lesson) => lesson.key))).toEqual([
      ['photos', 'check'],
      ['quiz'],
    ]);
  });

  it('keeps the lessons of a module whose own file is missing, and refuses a body in one', () => {
    const { course, problems } = importFolder({ '01-basics/module.en.md': null });
    expect(problems.map(brief)).toEqual(['ERROR MODULE_FILE_MISSING 01-basics/module.en.md:1']);
    expect(course?.modules[0]).toMatchObject({ title: { en: 'basics', fr: 'Bases' } });
    expect(course?.modules[0]?.lessons).toHaveLength(2);
    const withBody = withFrontMatter(['title: M', 'summary: S'], 'Text.');
    expect(problemsOf({ '01-basics/module.en.md': withBody })).toEqual([
      'ERROR MODULE_BODY 01-basics/module.en.md:5',
    ]);
  });

  it('keeps an empty module, and warns of it and of two with one number', () => {
    const module = withFrontMatter(['title: M', 'summary: S'], '');
    expect(problemsOf({ '01-other/module.en.md': module, '01-other/module.fr.md': module })).toEqual([
      'WARNING ORDER_AMBIGUOUS 01-other/module.en.md:1',
      'WARNING MODULE_EMPTY 01-other/module.en.md:1',
    ]);
  });

  it('says that a course without a required lesson cannot be published', () => {
    const optional = (kind: string, body: string): string =>
      withFrontMatter(['title: A', 'minutes: 1', 'required: false', `kind: ${kind}`], body);
    const changes = { [PHOTOS_EN]: optional('reading', 'Text.'), [CHECK_EN]: optional('quiz', QUIZ_EN) };
    expect(problemsOf(changes)).toEqual(['WARNING NO_REQUIRED_LESSON course.en.md:1']);
    expect(lessonsOf(changes).map((lesson) => lesson.required)).toEqual([false, false]);
  });

  it('keeps its report within bounds, errors before warnings, and says what it left out', () => {
    const text = withFrontMatter(['title: A', 'minutes: 1'], '# a\n'.repeat(6_000) + '![b](c)');
    const { problems } = importFolder({ [PHOTOS_EN]: text });
    const listed = listedProblems(problems);
    expect(listed).toHaveLength(MAX_PROBLEMS + 1);
    expect(listed[0]).toMatchObject({ code: 'TOO_MANY_PROBLEMS' });
    expect(listed.some((problem) => problem.code === 'IMAGE')).toBe(true);
  });
});
