import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { COURSE, finishCourse } from './support/course';
import { ADMIN, MANAGER, signIn, someone, TRAINER } from './support/people';

/** WCAG 2.0 to 2.2, levels A and AA, and what axe calls best practice. */
const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// From the first page on: axe would read colors in the middle of a transition from one page to the next.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

/** Looks at a page in light and in dark. */
async function examine(page: Page, path: string): Promise<void> {
  await page.goto(path);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
    const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
    expect.soft(found, `${path} in ${colorScheme}`).toEqual([]);
  }
  await expect.soft(page, path).toHaveTitle(/.+ · Tremplin$/);
  await expect.soft(page.getByRole('heading', { level: 1 }), path).toHaveCount(1);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect.soft(overflow, `${path} scrolls sideways`).toBeLessThanOrEqual(0);
}

/** The addresses that a page links to and that begin with a prefix, each once. */
const linksOf = async (page: Page, path: string, prefix: string): Promise<string[]> => {
  await page.goto(path);
  const all = await page
    .locator(`main a[href^="${prefix}"]`)
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
  return [...new Set(all)];
};

test('the pages of a visitor', async ({ page }) => {
  test.setTimeout(180_000);
  const [lesson] = await linksOf(page, COURSE, `${COURSE}/`);
  const [call] = await linksOf(page, '/grants', '/grants/');
  const paths = [
    '/',
    '/courses',
    COURSE,
    lesson!,
    '/sign-in',
    '/grants',
    call!,
    '/verify',
    '/design',
    '/nothing-here',
    '/offline',
    '/demo/mailbox',
    '/demo/clock',
  ];
  for (const path of paths) await examine(page, path);
});

test('the pages of an owner', async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page, someone('axe'));
  await page.goto(COURSE);
  await page.getByRole('button', { name: 'Commencer la formation' }).click();
  await page.waitForURL(`**${COURSE}/**`);
  const quiz = (await linksOf(page, COURSE, `${COURSE}/`)).find((href) => href.includes('quiz'))!;
  const [call] = await linksOf(page, '/grants', '/grants/');
  for (const path of ['/', COURSE, quiz, '/learning', '/learning/practice', '/business', '/account', call!])
    await examine(page, path);
  const [lesson] = await linksOf(page, COURSE, `${COURSE}/`);
  await page.goto(lesson!);
  await page.locator('.prose .bookmark').first().click();
  await page.waitForURL('**?marked=*');
  for (const path of [lesson!, '/bookmarks', '/notes']) await examine(page, path);
  await page.goto(quiz);
  await page.locator('form[action="?/quiz"] button').click();
  await page.waitForURL('**/attempts/**');
  const attempt = new URL(page.url()).pathname;
  await examine(page, attempt);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.locator('form[action="?/submit"] .end button').click();
  await expect(page.locator('main .notice.wait')).toBeVisible();
  await examine(page, attempt);
  await examine(page, '/business/new');
});

test('the pages of an owner who has finished', async ({ page }) => {
  test.setTimeout(240_000);
  await signIn(page, someone('axe-finished'));
  await page.goto(COURSE);
  await page.getByRole('button', { name: 'Commencer la formation' }).click();
  await page.waitForURL(`**${COURSE}/**`);
  await finishCourse(page);
  await page.goto(`${COURSE}/finished`);
  const badge = await page.getByRole('link', { name: 'Voir mon badge' }).getAttribute('href');
  for (const path of [`${COURSE}/finished`, badge!, COURSE, '/', '/learning']) await examine(page, path);
});

for (const [who, email, start, prefix] of [
  ['a trainer', TRAINER, '/studio', '/studio/'],
  ['a program manager', MANAGER, '/programs', '/programs/'],
  ['an administrator', ADMIN, '/admin', '/admin/'],
] as const) {
  test(`the pages of ${who}`, async ({ page }) => {
    test.setTimeout(180_000);
    await signIn(page, email);
    const seen = new Set([start as string]);
    // What the start links to, and what those link to: a few of each are enough.
    for (const path of [start, ...(await linksOf(page, start, prefix)).slice(0, 6)]) {
      for (const link of (await linksOf(page, path, prefix)).slice(0, 6)) seen.add(link);
    }
    for (const path of [...seen].slice(0, 14)) await examine(page, path);
  });
}
