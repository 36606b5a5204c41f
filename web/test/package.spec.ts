import {
  expect,
  test,
  type Browser,
  type BrowserContext,
  type FrameLocator,
  type Page,
} from '@playwright/test';
import { signIn, someone } from './support/people';
import { FRAMED, HOSTILE, PAGED, publishPackage, signInAsTrainer } from './support/package';

test.use({ locale: 'en-GB', actionTimeout: 10_000, navigationTimeout: 15_000 });

/** What the package shows, within our document that plays it. */
const packageOf = (page: Page): FrameLocator =>
  page.frameLocator('[data-package] iframe').frameLocator('#package');
const standing = (page: Page) => page.locator('[data-package-live="standing"]');

/** The cookies of a trainer: one for all tests here, since codes are sent to an address a few times an hour only. */
let trainer: Awaited<ReturnType<BrowserContext['storageState']>>;
test.beforeAll(async ({ browser, baseURL }) => {
  test.setTimeout(120_000);
  const [page, admin] = await Promise.all([browser.newPage({ baseURL }), browser.newPage({ baseURL })]);
  await signInAsTrainer(page, admin);
  trainer = await page.context().storageState();
  await Promise.all([page.close(), admin.close()]);
});

async function published(
  browser: Browser,
  baseURL: string | undefined,
  made: Parameters<typeof publishPackage>[1],
) {
  const page = await browser.newPage({ baseURL, storageState: trainer });
  const course = await publishPackage(page, made);
  await page.close();
  return course;
}

/** A trainer's course of one package, and somebody who takes it, on the lesson's page. */
async function learning(page: Page, made: Parameters<typeof publishPackage>[1]) {
  const course = await published(page.context().browser()!, test.info().project.use.baseURL, made);
  await signIn(page, someone('learner'));
  await page.goto(course.course);
  await page.getByRole('button', { name: 'Start the course' }).click();
  await page.waitForURL(`**${course.lesson}`);
  return course;
}

test('a SCORM 1.2 package of nested frames is played, fails, is resumed and passed', async ({ page }) => {
  test.setTimeout(120_000);
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  const { course, lesson } = await learning(page, FRAMED);
  const shell = packageOf(page);
  const quiz = shell.frameLocator('iframe');

  await test.step('is opened, and what it reports is shown', async () => {
    await expect(standing(page)).toContainText('interactive program');
    await page.getByRole('button', { name: 'Open the lesson' }).press('Enter');
    await expect(shell.locator('#began')).toHaveText('ab-initio|||not attempted');
    await quiz.getByRole('button', { name: 'Page 3' }).click();
    await quiz.getByRole('button', { name: 'Hand in 40' }).click();
    await expect(standing(page)).toContainText('Not passed yet');
    await expect(standing(page)).toContainText('40%');
    await page.goto(course);
    await expect(page.getByText('0 of 1 lessons')).toBeVisible();
  });

  await test.step('goes on where it was left by closing the page', async () => {
    await page.goto(lesson);
    await page.getByRole('button', { name: 'Go on with the lesson' }).click();
    await expect(shell.locator('#began')).toHaveText('resume|3|left at 3|completed');
    await quiz.getByRole('button', { name: 'Hand in 85' }).click();
    await expect(standing(page)).toContainText('Passed');
    await expect(standing(page)).toContainText('85%');
    await expect(page.getByText('All 1 lessons done')).toBeVisible();
    await page.goto(course);
    await expect(page.getByText('You have finished this course.')).toBeVisible();
  });

  await test.step('stays passed when it is opened again', async () => {
    await page.goto(lesson);
    await page.getByRole('button', { name: 'Go on with the lesson' }).click();
    await quiz.getByRole('button', { name: 'Hand in 40' }).click();
    await page.getByRole('button', { name: 'Open again' }).click();
    await expect(shell.locator('#began')).toContainText('resume');
    await page.reload();
    await expect(standing(page)).toContainText('Passed');
    await expect(standing(page)).toContainText('85%');
  });
  expect(faults).toEqual([]);
});

test('a SCORM 2004 package goes on over its pages, loses the line, and is done', async ({ page }) => {
  test.setTimeout(120_000);
  await learning(page, PAGED);
  const shown = packageOf(page);
  await page.getByRole('button', { name: 'Open the lesson' }).click();
  await expect(shown.locator('#entry')).toHaveText('ab-initio');
  await expect(standing(page)).toContainText('Begun');
  await shown.getByRole('link', { name: 'Next page' }).click();
  await expect(shown.locator('#place')).toHaveText('two');
  await page.context().setOffline(true);
  await shown.getByRole('button', { name: 'Finish' }).click();
  const player = page.frameLocator('[data-package] iframe');
  await expect(player.getByRole('status')).toContainText('The connection is lost');
  await page.context().setOffline(false);
  await expect(standing(page)).toContainText('Passed');
  await expect(standing(page)).toContainText('90%');
  await expect(player.getByRole('status')).toHaveText('This lesson has ended, and what you did is kept.');
});

test('it fills the screen, and leaves it again with the keyboard', async ({ page }) => {
  await learning(page, PAGED);
  await page.getByRole('button', { name: 'Open the lesson' }).press('Enter');
  await expect(packageOf(page).locator('#entry')).toBeVisible();
  const place = page.locator('[data-package]');
  const narrow = (await place.locator('iframe').boundingBox())!;
  expect(narrow.width).toBeGreaterThan(page.viewportSize()!.width - 60);
  await page.getByRole('button', { name: 'Full screen' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Leave full screen' })).toBeFocused();
  expect((await place.boundingBox())!.height).toBeGreaterThanOrEqual(page.viewportSize()!.height - 1);
  await page.getByRole('button', { name: 'Leave full screen' }).press('Enter');
  await expect(page.getByRole('button', { name: 'Full screen' })).toBeVisible();
});

test('a package that tries to act as its learner achieves nothing', async ({ page, baseURL }) => {
  const hostile = structuredClone(HOSTILE);
  hostile.files['index.html'] = hostile.files['index.html']!.replaceAll('SITE', JSON.stringify(baseURL));
  await learning(page, hostile);
  const address = page.url();
  const [session] = (await page.context().cookies()).filter(({ httpOnly }) => httpOnly);
  const sent: (string | undefined)[] = [];
  await page.getByRole('button', { name: 'Open the lesson' }).click();
  page.on('request', async (request) => {
    if (!request.url().startsWith(baseURL!)) sent.push((await request.allHeaders()).cookie);
  });
  const tries = packageOf(page).locator('#tries');
  await expect(tries).toContainText('framed account', { timeout: 20_000 });
  const { origin, ...rest } = JSON.parse(await tries.innerText()) as Record<string, string>;
  expect(origin).toMatch(/^http:\/\/[0-9a-f]{40}\.packages\.localhost:\d+$/);
  expect(rest).toEqual({
    cookie: '',
    page: 'refused: SecurityError',
    top: 'refused: SecurityError',
    'graphql plain': 'refused: TypeError',
    'graphql with cookies': 'refused: TypeError',
    'graphql blind': 'refused: TypeError',
    'own graphql': '404',
    'own account': '404',
    elsewhere: 'refused: TypeError',
    worker: expect.stringMatching(/^refused: /),
    'framed account': expect.stringMatching(/^refused: /),
  });
  expect(session).toBeDefined();
  expect(sent.filter((cookie) => cookie !== undefined)).toEqual([]);
  expect(page.url()).toBe(address);
});

test('its trainer plays it in the preview, and nothing is recorded', async ({ browser, baseURL }) => {
  const { course, lessonId } = await published(browser, baseURL, PAGED);
  const page = await browser.newPage({ baseURL, storageState: trainer, locale: 'en-GB' });
  await page.goto(`${course.replace('/courses/', '/studio/')}/preview/${lessonId}/screen`);
  await expect(page.getByText('nothing of it is recorded')).toBeVisible();
  await page.getByRole('button', { name: 'Open the lesson' }).click();
  const shown = packageOf(page);
  await shown.getByRole('link', { name: 'Next page' }).click();
  await shown.getByRole('button', { name: 'Finish' }).click();
  await page.reload();
  await page.getByRole('button', { name: 'Open the lesson' }).click();
  await expect(shown.locator('#entry')).toHaveText('ab-initio');
});

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false });
  test('the lesson says what it needs', async ({ page }) => {
    await learning(page, PAGED);
    await expect(page.getByText('turn JavaScript on to open it')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Open the lesson' })).toBeHidden();
  });
});
