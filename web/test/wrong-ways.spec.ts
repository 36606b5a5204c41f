import { expect, test, type Page } from '@playwright/test';
import { COURSE } from './support/course';
import { signIn, someone } from './support/people';

const NOBODY = '019a0000-0000-7000-8000-000000000000';

const statusOf = async (page: Page, path: string) => (await page.goto(path))!.status();
const firstAnswer = (page: Page, nth = 0) => page.locator('fieldset input:not([type=hidden])').nth(nth);
const handIn = (page: Page) => page.locator('form[action="?/submit"] .end button.primary');

/** Sends a form as a page would, without its page. */
const post = (page: Page, path: string, form: Record<string, string>) =>
  page.request.post(path, {
    form,
    headers: { accept: 'text/html', origin: new URL(page.url()).origin },
    maxRedirects: 0,
  });

/** Starts the course and the quiz of its first module; gives the address of the attempt. */
async function startQuiz(page: Page): Promise<string> {
  await page.goto(COURSE);
  await page.getByRole('button', { name: 'Commencer la formation' }).dblclick();
  await page.waitForURL(`**${COURSE}/**`);
  await page.goto(COURSE);
  await page.locator('a[href*="quiz"]').first().click();
  await page.locator('form[action="?/quiz"] button').dblclick();
  await page.waitForURL('**/attempts/**');
  return new URL(page.url()).pathname;
}

test('what is one person’s is not there for another', async ({ page, browser }) => {
  test.setTimeout(120_000);
  await signIn(page, someone('one'));
  await page.goto('/business/new');
  await page.locator('[name=name]').fill('Au coin');
  await page.locator('main form:has([name=COUNTRY]) button').last().click();
  await page.waitForURL('**/business?business=**');
  const businessId = new URL(page.url()).searchParams.get('business')!;
  const attempt = await startQuiz(page);
  await page.goto(attempt.replace(/\/[^/]+\/attempts\//, '/another-lesson/attempts/'));
  await page.waitForURL(`**${attempt}`);
  await page.goto('/grants');
  const [call] = (await page.locator('main li a').first().getAttribute('href'))!.split('?');

  const other = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  await signIn(other, someone('other'));
  await other.goto('/account');
  expect(await statusOf(other, attempt)).toBe(404);
  expect(await statusOf(other, `${call}?business=${businessId}`)).toBe(404);
  const fact = { businessId, kind: 'HEADCOUNT', HEADCOUNT: '3', 'HEADCOUNT-asOf': '2026-01-01' };
  expect((await post(other, '/business?/record', { ...fact, idempotencyKey: 'x' })).status()).toBe(404);
  expect((await post(other, `${attempt}?/submit`, {})).status()).toBe(404);
  for (const path of [
    `/grants/${NOBODY}`,
    `/credentials/${NOBODY}`,
    '/credentials/no-id',
    `${COURSE}/nothing`,
  ])
    expect(await statusOf(other, path), path).toBe(404);
  for (const path of ['/studio', '/programs', '/admin', '/admin/people', '/admin/deliveries'])
    expect(await statusOf(other, path), path).toBe(403);
  expect((await post(other, '/admin/people?/add', { email: 'a@b.example', roles: 'ADMIN' })).status()).toBe(
    403,
  );
  await other.context().close();
});

test('a second window of an attempt that is handed in says so', async ({ page }) => {
  test.setTimeout(120_000);
  await signIn(page, someone('two-windows'));
  const attempt = await startQuiz(page);
  const second = await page.context().newPage();
  for (const each of [page, second]) each.on('dialog', (dialog) => void dialog.accept());
  await second.goto(attempt);
  await handIn(page).dblclick();
  await expect(page.locator('main .notice.wait')).toBeVisible();
  await firstAnswer(second).click();
  await expect(second.locator('main form [role=status]')).toContainText('déjà validé');
  await handIn(second).click();
  await expect(second.locator('main .notice.wait')).toBeVisible();
});

test('what is too long or too large is refused in words', async ({ page }) => {
  await page.goto('/verify');
  const tooLarge = await post(page, '/verify', { badge: 'x'.repeat(2_000_000) });
  expect(tooLarge.status()).toBe(413);
  expect(await tooLarge.text()).toContain('trop gros');
  for (const path of ['/sign-out', '/language'])
    expect((await page.goto(path))!.url(), path).toBe(new URL('/', page.url()).href);
  await signIn(page, someone('long'));
  await page.goto('/account');
  const answer = await post(page, '/account?/name', { name: 'x'.repeat(3000) });
  expect(answer.status()).toBe(422);
  expect(await answer.text()).toContain('x'.repeat(3000));
});
