import { expect, test } from '@playwright/test';
import { COURSE, passQuiz } from './support/course';
import { signIn, someone } from './support/people';

test.use({ javaScriptEnabled: false });

test('reading, signing in, enrolling and the quiz work without JavaScript', async ({ page }) => {
  await page.goto('/');
  await page.getByRole('link', { name: 'Lire une première leçon' }).click();
  await expect(page.locator('.prose p').first()).toBeVisible();

  await page.goto(`/sign-in?next=${COURSE}`);
  await signIn(page, someone('no-script'));
  await page.goto(COURSE);
  await page.getByRole('button', { name: 'Commencer la formation' }).click();
  await expect(page).toHaveURL(new RegExp(`${COURSE}/.+`));

  // Five readings, then the quiz of the first module.
  for (let lesson = 0; lesson < 10 && (await page.locator('form[action="?/quiz"]').count()) === 0; lesson++) {
    await page.locator('form[action="?/complete"] button').click();
  }
  await passQuiz(page);
  await page.goto('/');
  await expect(page.getByText('Reprendre où vous en étiez')).toBeVisible();
});

test('a wrong code says so, and keeps the address', async ({ page }) => {
  const email = someone('wrong-code');
  await page.goto('/sign-in');
  await page.locator('[name=email]').fill(email);
  await page.locator('main form button').first().click();
  await page.locator('[name=code]').fill('000000');
  await page.locator('main form button').first().click();
  await expect(page.locator('[name=code]')).toHaveAttribute('aria-invalid', 'true');
  await expect(page.locator('[name=code]')).toBeFocused();
  await expect(page.getByText(email)).toBeVisible();
});
