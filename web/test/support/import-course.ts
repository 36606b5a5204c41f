import { expect, type Page } from '@playwright/test';

const file = (path: string, fields: string[], body = '') => ({
  path,
  text: ['---', ...fields, '---', body].join('\n'),
});

/** A course of one module with two readings and a quiz, in English and French. */
const files = (title: string) => [
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
    ['title: "Check"', 'minutes: 4', 'kind: quiz'],
    '## Where is the light best? {#light}\n\n- (x) Near a window\n- ( ) Under a lamp\n',
  ),
  file(
    '01-basics/90-quiz.fr.md',
    ['title: "Vérifier"'],
    '## Où la lumière est-elle la meilleure ? {#light}\n\n- (x) Près d’une fenêtre\n- ( ) Sous une lampe\n',
  ),
];

/** Imports a course as the trainer who is signed in: it is theirs, a draft unless said otherwise, and the only one of this test. */
export async function importCourse(page: Page, title: string, { publish = false } = {}): Promise<string> {
  // Late in the alphabet: the shipped course stays the first of the list.
  const slug = `test-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
  const answer = await page.request.post('/graphql', {
    data: {
      query: `mutation ($input: CourseImportInput!) {
        courseImport(input: $input) { version { id number } report { problems { code file line } } userErrors { message } }
      }`,
      variables: { input: { slug, files: files(title) } },
    },
  });
  const imported = await answer.json();
  expect(imported).toEqual({
    data: {
      courseImport: {
        version: { id: expect.any(String), number: 1 },
        report: { problems: [] },
        userErrors: [],
      },
    },
  });
  if (publish) {
    const published = await page.request.post('/graphql', {
      data: {
        query: `mutation ($input: CourseVersionPublishInput!) { courseVersionPublish(input: $input) { userErrors { message } } }`,
        variables: { input: { versionId: imported.data.courseImport.version.id } },
      },
    });
    expect(await published.json()).toEqual({ data: { courseVersionPublish: { userErrors: [] } } });
  }
  return slug;
}
