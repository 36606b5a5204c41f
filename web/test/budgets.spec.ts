import { expect, test, type Page } from '@playwright/test';
import { COURSE } from './support/course';
import { signIn, someone } from './support/people';

/** Of a learner's page, as it comes over the line (compressed): bytes, and answers from the server. */
const BUDGET = { script: 40_000, stylesheet: 10_000, document: 15_000, requests: 12 };

// What a service worker answers is weighed as nothing.
test.use({ serviceWorkers: 'block' });

interface Weight {
  script: number;
  stylesheet: number;
  document: number;
  requests: number;
  fonts: number;
}

/** Opens a page with an empty cache and weighs what came. */
async function weigh(page: Page, path: string): Promise<Weight> {
  const client = await page.context().newCDPSession(page);
  await client.send('Network.enable');
  await client.send('Network.clearBrowserCache');
  const kinds = new Map<string, string>();
  const weight: Weight = { script: 0, stylesheet: 0, document: 0, requests: 0, fonts: 0 };
  client.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type.toLowerCase()));
  client.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    weight.requests += 1;
    if (kind === 'font') weight.fonts += 1;
    if (kind === 'script' || kind === 'stylesheet' || kind === 'document') weight[kind] += encodedDataLength;
  });
  await page.goto(path, { waitUntil: 'networkidle' });
  await client.detach();
  return weight;
}

test('every learner page stays within its budget', async ({ page }) => {
  const rows: Record<string, Weight> = {};
  const measure = async (path: string, name = path) => {
    rows[name] = await weigh(page, path);
  };
  for (const path of [
    '/',
    '/courses',
    '/courses?q=photo',
    COURSE,
    '/grants',
    '/sign-in',
    '/verify',
    '/offline',
  ])
    await measure(path);
  const firstLesson = await page
    .goto(COURSE)
    .then(() => page.locator('ol.modules a').first().getAttribute('href'));
  await measure(firstLesson!);

  await signIn(page, someone('budget'));
  await page.goto(COURSE);
  await page.getByRole('button', { name: 'Commencer la formation' }).click();
  await page.waitForURL(`**${COURSE}/**`);
  const own = ['/', COURSE, firstLesson!, '/learning', '/learning/practice/kept', '/notes'];
  for (const path of [...own, '/business', '/business/new', '/account', '/grants'])
    await measure(path, `${path} (signed in)`);
  const call = await page.locator('main a[href^="/grants/"]').first().getAttribute('href');
  await measure(call!);
  const quiz = await page
    .goto(COURSE)
    .then(() => page.locator('a[href*="quiz"]').first().getAttribute('href'));
  await page.goto(quiz!);
  await page.locator('form[action="?/quiz"] button').click();
  await page.waitForURL('**/attempts/**');
  const attempt = new URL(page.url()).pathname;
  await measure(attempt);
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await page.goto(attempt);
  await page.locator('form[action="?/submit"] .end button.primary').click();
  await expect(page.locator('main .notice.wait')).toBeVisible();
  await measure(attempt, `${attempt} (handed in)`);
  await measure('/learning/practice');

  console.table(rows);
  for (const [path, weight] of Object.entries(rows)) {
    for (const [what, most] of Object.entries(BUDGET)) {
      expect.soft(weight[what as keyof Weight], `${path}: ${what}`).toBeLessThanOrEqual(most);
    }
    expect.soft(weight.document, `${path}: was weighed`).toBeGreaterThan(1000);
    expect.soft(weight.fonts, `${path}: web fonts`).toBe(0);
  }
});
