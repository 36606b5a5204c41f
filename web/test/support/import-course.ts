import { expect, type Page } from '@playwright/test';

const file = (path: string, fields: string[], body = '') => ({
  path,
  text: ['---', ...fields, '---', body].join('\n'),
});

/** A course of one module with two readings and a quiz, in English and French. */
const files = (title: string, quizFields: readonly string[]) => [
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
  const answer = await page.request.post('/graphql', {
    data: {
      query: `mutation ($input: CourseImportInput!) {
        courseImport(input: $input) { version { number } report { problems { code file line } } userErrors { message } }
      }`,
      variables: { input: { slug, files: files(title, quizFields) } },
    },
  });
  expect(await answer.json()).toEqual({
    data: { courseImport: { version: { number: 1 }, report: { problems: [] }, userErrors: [] } },
  });
  return slug;
}
