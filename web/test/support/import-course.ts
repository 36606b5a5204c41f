import { expect, type Page } from '@playwright/test';

const file = (path: string, fields: string[], body = '') => ({
  path,
  text: ['---', ...fields, '---', body].join('\n'),
});

/** A course of one module with two readings and a quiz, in English and French. */
const files = (title: string, quizFields: readonly string[] = []) => [
  file(
    'course.en.md',
    [
      `title: "${title}"`,
      'summary: "Show your work in three photos."',
      'outcomes:',
      '  - "You will be able to take a clear photo."',
      'defaultLocale: en',
      'topics: [photos]',
      'license: CC-BY-4.0',
    ],
    'For anyone with a shop.',
  ),
  file(
    'course.fr.md',
    [
      `title: "${title} (fr)"`,
      'summary: "Montrer son travail en trois photos."',
      'outcomes:',
      '  - "Vous saurez prendre une photo nette."',
    ],
    'Pour tout commerce.',
  ),
  file('01-basics/module.en.md', ['title: "Basics"', 'summary: "The first steps."']),
  file('01-basics/module.fr.md', ['title: "Bases"', 'summary: "Les premiers pas."']),
  file('01-basics/01-photos.en.md', ['title: "Photos"', 'minutes: 5'], 'Take **three** photos.'),
  file('01-basics/01-photos.fr.md', ['title: "Photos nettes"'], 'Prenez **trois** photos.'),
  file('01-basics/02-light.en.md', ['title: "Light"', 'minutes: 3'], 'Stand near a window.'),
  file('01-basics/02-light.fr.md', ['title: "Lumière"'], 'Placez-vous près d’une fenêtre.'),
  file(
    '01-basics/90-quiz.en.md',
    ['title: "Check"', 'minutes: 4', 'kind: quiz', ...quizFields],
    '## Where is the light best? {#light}\n\n- (x) Near a window\n- ( ) Under a lamp\n',
  ),
  file(
    '01-basics/90-quiz.fr.md',
    ['title: "Vérifier"'],
    '## Où la lumière est-elle la meilleure ? {#light}\n\n- (x) Près d’une fenêtre\n- ( ) Sous une lampe\n',
  ),
];

interface Again {
  /** Of the course that the files are a new draft of. */
  slug: string;
  title: string;
  /** Titles of readings that come after those it had. */
  more: string[];
}

/**
 * Imports a course as the trainer who is signed in: it is theirs, a draft, and the only one of this test.
 * @param quizFields settings of its quiz, such as `attemptLimit: 1`
 */
export async function importCourse(
  page: Page,
  title: string,
  quizFields: readonly string[] = [],
): Promise<string> {
  // Late in the alphabet: the shipped course stays the first of the list.
  const slug = `test-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  await importFiles(page, slug, files(title, quizFields), 1);
  return slug;
}

/** Imports the second version of a course, with more to read. */
export async function importAgain(page: Page, { slug, title, more }: Again): Promise<void> {
  const added = more.flatMap((each, index) => {
    const path = `01-basics/5${index}-more-${index}`;
    return [
      file(`${path}.en.md`, [`title: "${each}"`, 'minutes: 2'], `${each}.`),
      file(`${path}.fr.md`, [`title: "${each}"`], `${each}.`),
    ];
  });
  await importFiles(page, slug, [...files(title), ...added], 2);
}

async function importFiles(
  page: Page,
  slug: string,
  all: ReturnType<typeof files>,
  number: number,
): Promise<void> {
  const answer = await page.request.post('/graphql', {
    data: {
      query: `mutation ($input: CourseImportInput!) {
        courseImport(input: $input) { version { number } report { problems { code file line } } userErrors { message } }
      }`,
      variables: { input: { slug, files: all } },
    },
  });
  expect(await answer.json()).toEqual({
    data: { courseImport: { version: { number }, report: { problems: [] }, userErrors: [] } },
  });
}

/** A lesson as Markdown: what stands in front of it, and its text. */
export interface LessonSource {
  key: string;
  fields: string[];
  text: string;
}

const textOf = (title: string, { key, fields, text }: LessonSource) => [
  file(`01-basics/${key}.en.md`, [`title: "${title}"`, 'minutes: 5', ...fields], text),
  file(`01-basics/${key}.fr.md`, [`title: "${title} (fr)"`], text),
];

/** Imports and publishes a course of these lessons as the trainer who is signed in. @returns its slug. */
export async function publishCourse(page: Page, title: string, lessons: LessonSource[]): Promise<string> {
  const slug = `test-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  const ask = async (query: string, input: object) => {
    const answer = await page.request.post('/graphql', { data: { query, variables: { input } } });
    const { data, errors } = await answer.json();
    expect(errors).toBeUndefined();
    const [payload] = Object.values(
      data as Record<string, { version?: { id: string }; userErrors: object[] }>,
    );
    expect(payload!.userErrors).toEqual([]);
    return payload!;
  };
  const frame = files(title).filter(({ path }) => /^course|module/.test(path));
  const { version } = await ask(
    `mutation ($input: CourseImportInput!) { courseImport(input: $input) { version { id } userErrors { message } } }`,
    { slug, files: [...frame, ...lessons.flatMap((lesson, index) => textOf(`Lesson ${index + 1}`, lesson))] },
  );
  await ask(
    `mutation ($input: CourseVersionPublishInput!) { courseVersionPublish(input: $input) { userErrors { message } } }`,
    { versionId: version!.id },
  );
  return slug;
}
