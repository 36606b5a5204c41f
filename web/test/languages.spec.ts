import { expect, test } from '@playwright/test';
import { COURSE } from './support/course';

test('the language is switched on any page and keeps the place', async ({ page }) => {
  await page.goto(`${COURSE}?from=mail`);
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page).toHaveURL(new RegExp(`${COURSE}\\?from=mail$`));
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Get found online');
});

test('Arabic reads from right to left, without scrolling sideways', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('button', { name: 'العربية' }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  for (const path of ['/', '/courses', COURSE, '/sign-in', '/grants']) {
    await page.goto(path);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(overflow, path).toBeLessThanOrEqual(0);
  }
});

test('an address of elsewhere is never gone to after a form', async ({ page }) => {
  const answer = await page.request.post('/language', {
    form: { locale: 'en', to: '//evil.example/' },
    headers: { origin: new URL((await page.goto('/'))!.url()).origin },
    maxRedirects: 0,
  });
  expect(answer.status()).toBe(303);
  expect(answer.headers().location).toBe('/');
});
