import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { importCourse } from './support/import-course';
import { signIn, TRAINER } from './support/people';

/** A word that stands in no other course. */
const aWord = (): string =>
  `zeph${[...Math.random().toString(36).slice(2, 10)].map((sign) => String.fromCharCode(97 + (sign.charCodeAt(0) % 26))).join('')}k`; // "k" is no ending that a language's stemming takes off

/** A course that is published, with a word in its title, about safety. The trainer of the demonstration reads English. */
async function publishCourse(page: Page, word: string): Promise<string> {
  await signIn(page, TRAINER);
  const slug = await importCourse(page, `Photos ${word}`);
  await page.goto(`/studio/${slug}/settings`);
  await page.getByLabel('Safety', { exact: true }).check();
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Safety', { exact: true })).toBeChecked();
  await expect(page.getByLabel('Problem solving')).not.toBeChecked();
  await expect(page.getByLabel('Other topics')).toHaveValue('photos');
  const query = `{ course(slug: "${slug}") { draft { id } } }`;
  const { data } = await (await page.request.post('/graphql', { data: { query } })).json();
  const published = await page.request.post('/graphql', {
    data: {
      query: `mutation ($input: CourseVersionPublishInput!) { courseVersionPublish(input: $input) { userErrors { message } } }`,
      variables: { input: { versionId: data.course.draft.id } },
    },
  });
  expect(await published.json()).toEqual({ data: { courseVersionPublish: { userErrors: [] } } });
  await page.context().clearCookies();
  return slug;
}

const count = (page: Page) => page.locator('main [role=status]');

test('a course is found by its words, narrowed down, and each choice taken back', async ({ page }) => {
  const word = aWord();
  const slug = await publishCourse(page, word);
  await page.goto('/courses');
  await page.getByRole('searchbox', { name: 'Chercher une formation' }).fill(`${word} fenetres`);
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(`/courses?q=${word}+fenetres`); // nothing of what was not chosen
  await expect(count(page)).toHaveText(new RegExp(`^1 formation pour «\\s${word} fenetres\\s»$`));
  await expect(page).toHaveTitle(new RegExp(`^1 formation pour .+${word}`));
  await expect(page.locator('main article mark')).toHaveText('fenêtre');
  await expect(page.locator(`main article a[href="/courses/${slug}"]`)).toBeVisible();

  await page.getByText('Affiner', { exact: true }).click();
  await page.getByLabel('Thème').selectOption('safety');
  await page.getByLabel('Durée').selectOption('30');
  await page.getByRole('button', { name: 'Appliquer' }).click();
  await expect(count(page)).toHaveText(/^1 formation/);
  const chosen = page.getByRole('list', { name: 'Choix en cours' });
  await expect(chosen.getByRole('link')).toHaveText([/fenetres/, /Sécurité/, /Jusqu’à 30/, /toutes/]);
  await chosen.getByRole('link', { name: 'Sécurité retirer' }).click();
  await expect(page).toHaveURL(`/courses?q=${word}+fenetres&minutes=30`);
  await expect(page.getByLabel('Durée')).toHaveValue('30');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);
});

test('who finds nothing is told where there is something', async ({ page }) => {
  const word = aWord();
  await publishCourse(page, word);
  // In French its lesson says "fenêtre", and in English "window".
  await page.goto(`/courses?q=${word}+window`);
  await expect(page.getByText(`Aucune formation pour « ${word} window » en français.`)).toBeVisible();
  await page.getByRole('link', { name: '1 formation en anglais' }).click();
  await expect(count(page)).toHaveText(/^1 formation/);
  await expect(page.locator('main article mark')).toHaveText('window');

  await page.goto(`/courses?q=${word.slice(0, -1)}&language=fr`);
  await page.getByRole('link', { name: `Vouliez-vous dire « ${word} » ?` }).click();
  await expect(count(page)).toHaveText(/^1 formation/);

  await page.goto(`/courses?q=${word}&topic=problem-solving`);
  await page.getByRole('link', { name: 'dans toutes les formations' }).click();
  await expect(count(page)).toHaveText(/^1 formation/);
});

test('a grant narrows the catalog to what it asks for', async ({ page }) => {
  await page.goto('/courses');
  const card = page
    .locator('main article')
    .filter({ has: page.locator('a[href="/courses/get-found-online"]') });
  const badge = card.locator('.opens').first();
  await expect(badge).toContainText('Ouvre droit à');
  await page.getByText('Affiner', { exact: true }).click();
  await page.getByLabel('Ouvre droit à l’aide').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Appliquer' }).click();
  await expect(page).toHaveURL(/\/courses\?grant=[0-9a-f-]{36}$/);
  await expect(card).toBeVisible();
});

test('whatever is typed is taken', async ({ page }) => {
  const typed = [
    '%00',
    '%26%20%7C%20!%20:*%20<->%20(%20)%20%27',
    'le%20la%20les',
    `${'facture '.repeat(1250)}`,
  ];
  for (const q of typed) {
    const answer = await page.goto(`/courses?q=${q}`);
    expect(answer!.status(), q.slice(0, 40)).toBe(200);
    await expect(page.getByRole('searchbox')).toBeVisible();
  }
  const answer = await page.goto('/courses?topic=nonsense&minutes=-1&language=xx-%00&grant=1');
  expect(answer!.status()).toBe(200);
  await expect(page.getByRole('list', { name: 'Choix en cours' })).toHaveCount(0);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false, locale: 'en-GB' });

  test('the catalog is searched and narrowed in English', async ({ page }) => {
    await page.goto('/courses');
    await page.getByRole('searchbox', { name: 'Search the courses' }).fill('reviews');
    await page.getByRole('button', { name: 'Search', exact: true }).click();
    await expect(count(page)).toHaveText(/^\d+ courses? for “reviews”$/);
    await page.getByText('Narrow down', { exact: true }).click();
    await page.getByLabel('Topic').selectOption('safety');
    await page.getByRole('button', { name: 'Apply' }).click();
    await expect(page).toHaveURL(/topic=safety/);
    await expect(page.getByRole('list', { name: 'Narrowed to' }).getByRole('link')).toHaveCount(3);
    await expect(page.locator('main article')).not.toHaveCount(0);
  });
});
