import AxeBuilder from '@axe-core/playwright';
import { readFile } from 'node:fs/promises';
import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { signIn as signInAs, TRAINER } from './support/people';

const STUDIO = '/studio/get-found-online';

/** Signed in once: codes are few, and these are many tests of one person's page. One after the other, as they write in one draft. */
const STATE = 'test-results/trainer-in-the-editor.json';
test.describe.configure({ mode: 'default' });
test.beforeAll(async ({ browser }, testInfo) => {
  const page = await browser.newPage({ baseURL: testInfo.project.use.baseURL, locale: 'fr-FR' });
  await signInAs(page, TRAINER);
  // The trainer's own language is another one.
  await page.context().addCookies([{ name: 'locale', value: 'fr', url: page.url() }]);
  await page.context().storageState({ path: STATE });
  await page.close();
});

/** @returns once the person of {@link STATE} is who opens the pages. */
async function signIn(page: Page): Promise<void> {
  const { cookies } = JSON.parse(await readFile(STATE, 'utf8')) as {
    cookies: Parameters<BrowserContext['addCookies']>[0];
  };
  await page.context().addCookies(cookies);
}

/** Opens the draft's lesson at a place, in a language. @returns its address. */
async function openLesson(page: Page, place: number, locale = 'fr'): Promise<string> {
  await page.goto(STUDIO);
  const start = page.locator('form[action$="startDraft"] button');
  if (await start.count()) await start.click();
  const link = page.locator('a[href*="/lessons/"]').nth(place);
  const address = `${(await link.getAttribute('href'))!.split('?')[0]}`;
  await page.goto(`${address}?locale=${locale}`);
  await expect(page.locator('.ProseMirror')).toBeVisible();
  return address;
}

const text = (page: Page) => page.locator('.ProseMirror');
const status = (page: Page) => page.locator('.bar p[role="status"]');

/** Puts the cursor at the end of the text. */
async function atEnd(page: Page): Promise<void> {
  await text(page).click();
  await page.keyboard.press('Control+End');
}

test('a trainer writes with the tools, and it is saved by itself', async ({ page }) => {
  await signIn(page);
  await openLesson(page, 0);
  await atEnd(page);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Intertitre', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Intertitre', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await page.keyboard.type('Vos horaires');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Conseil' }).click();
  await page.keyboard.type('Appelez-nous.');
  await expect(status(page)).toContainText('Enregistré', { timeout: 15_000 });
  const words = (await new AxeBuilder({ page }).analyze()).violations.map(({ id, nodes }) => [
    id,
    nodes[0]?.html,
  ]);
  expect(words).toEqual([]);
  await page.reload();
  await expect(text(page).locator('aside')).toHaveText('Appelez-nous.');
  await expect(text(page).locator('h2').last()).toHaveText('Vos horaires');
});

test('the tools are one stop of the Tab key, with arrows between them', async ({ page }) => {
  await signIn(page);
  await openLesson(page, 0);
  await page.getByRole('button', { name: 'Annuler' }).focus();
  await page.keyboard.press('ArrowLeft');
  await expect(page.getByRole('button', { name: 'Fichier' })).toBeFocused();
  await page.keyboard.press('Home');
  await expect(page.getByRole('button', { name: 'Annuler' })).toBeFocused();
});

test('of two tabs the second is told, sees both texts and loses neither', async ({ page, context }) => {
  await signIn(page);
  await openLesson(page, 2);
  const other = await context.newPage();
  await other.goto(page.url());
  await expect(text(other)).toBeVisible();
  await atEnd(page);
  await page.keyboard.type(' PREMIER');
  await expect(status(page)).toContainText('Enregistré', { timeout: 15_000 });
  await atEnd(other);
  await other.keyboard.type(' SECOND');
  const conflict = other.locator('section[role="alert"]');
  await expect(conflict).toBeVisible({ timeout: 15_000 });
  await expect(conflict.locator('ins')).toContainText('SECOND');
  await expect(conflict.locator('del')).toContainText('PREMIER');
  expect((await new AxeBuilder({ page: other }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await other.getByRole('button', { name: 'Enregistrer le mien par-dessus' }).click();
  await expect(status(other)).toContainText('Enregistré', { timeout: 15_000 });

  await other.getByRole('link', { name: 'Historique' }).click();
  await expect(other.locator('del')).toContainText('PREMIER');
  expect((await new AxeBuilder({ page: other }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await other.locator('nav ol a').nth(1).click();
  await expect(other.locator('ins').first()).toContainText('PREMIER');
  other.on('dialog', (dialog) => void dialog.accept());
  await other.getByRole('button', { name: 'Reprendre ce texte' }).click();
  await expect(other.getByText('C’est repris.')).toBeVisible();

  // The first tab takes what is saved now, and gets its own text back by undoing.
  await atEnd(page);
  await page.keyboard.type(' TROISIEME');
  await expect(page.locator('section[role="alert"]')).toBeVisible({ timeout: 15_000 });
  await page.getByRole('button', { name: 'Prendre l’autre' }).click();
  await expect(text(page)).not.toContainText('TROISIEME');
  await page.getByRole('button', { name: 'Annuler' }).click();
  await expect(text(page)).toContainText('TROISIEME');
});

test('what cannot be sent stays on the device, also when the page is closed', async ({ page }) => {
  await signIn(page);
  await openLesson(page, 3);
  await page.route('**/*?/save', (route) => route.abort());
  await atEnd(page);
  await page.keyboard.type(' HORS LIGNE');
  await expect(status(page)).toContainText('gardé sur cet appareil', { timeout: 15_000 });
  page.on('dialog', (dialog) => void dialog.accept());
  await page.reload();
  await expect(page.getByText('n’a jamais été enregistré')).toBeVisible();
  await page.unroute('**/*?/save');
  await page.getByRole('button', { name: 'Le reprendre' }).click();
  await expect(text(page)).toContainText('HORS LIGNE');
  await expect(status(page)).toContainText('Enregistré', { timeout: 15_000 });
});

test('a translation is out of date once its source changes, until somebody finds it right', async ({
  page,
}) => {
  await signIn(page);
  const address = await openLesson(page, 5, 'en');
  const row = page.getByRole('listitem').filter({ has: page.locator(`a[href^="${address}"]`) });
  await page.goto(`${STUDIO}/translate/fr`);
  await expect(row).toContainText('À jour');
  await page.goto(`${address}?locale=en`);
  await atEnd(page);
  await page.keyboard.type(' Une phrase de plus.');
  await expect(status(page)).toContainText('Enregistré', { timeout: 15_000 });

  await page.goto(`${STUDIO}/translate/fr`);
  await expect(row).toContainText('À revoir');
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
  await row.getByRole('link').click();
  await expect(page.locator('aside .card')).toContainText('Une phrase de plus.');
  await page.getByRole('button', { name: 'Elle convient toujours' }).click();
  await page.waitForURL('**/translate/fr');
  await expect(row).toContainText('À jour');
});

test('a lesson is seen on a phone and on a computer at once', async ({ page }) => {
  await signIn(page);
  const address = await openLesson(page, 0);
  await page.goto(address.replace('/lessons/', '/preview/'));
  const phone = page.frameLocator('iframe');
  await expect(phone.locator('.prose')).toBeVisible();
  await expect(phone.locator('header nav')).toHaveCount(0);
  expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
});

test('the editor weighs at most 250 kB', async ({ page }) => {
  await signIn(page);
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.setBypassServiceWorker', { bypass: true });
  await client.send('Network.setCacheDisabled', { cacheDisabled: true });
  let bytes = 0;
  const scripts = new Set<string>();
  client.on('Network.responseReceived', ({ requestId, type }) => type === 'Script' && scripts.add(requestId));
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
  });
  const address = await openLesson(page, 0);
  bytes = 0;
  await page.goto(`${address}?locale=fr`, { waitUntil: 'networkidle' });
  console.log(`The editor: ${bytes} bytes of scripts`);
  expect(bytes).toBeGreaterThan(50_000);
  expect(bytes).toBeLessThanOrEqual(250_000);
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('a lesson is looked at and saved as Markdown', async ({ page }) => {
    await signIn(page);
    await page.goto(STUDIO);
    const start = page.locator('form[action$="startDraft"] button');
    if (await start.count()) await start.click();
    const href = await page.locator('a[href*="/lessons/"]').nth(6).getAttribute('href');
    await page.goto(`${href!.split('?')[0]}?locale=fr`);
    const markdown = page.locator('textarea[name="markdown"]');
    await expect(page.locator('.ProseMirror')).toHaveCount(0);
    await markdown.fill('Sans **script**.');
    await page.getByRole('button', { name: 'Afficher l’aperçu' }).click();
    await expect(page.locator('.card.prose strong')).toHaveText('script');
    await page.getByRole('button', { name: 'Enregistrer', exact: true }).click();
    await expect(page.locator('.notice.yes')).toHaveText('Enregistré.');
    await page.goto(page.url().replace('/save&', '').replace('?/save', '?'));
    await expect(markdown).toHaveValue(/^Sans \*\*script\*\*\.\n?$/);
  });
});
