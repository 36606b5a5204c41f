import { expect, test, type Page } from '@playwright/test';
import { COURSE } from './support/course';
import { codeFor, productNow, someone } from './support/people';

/** Moves with the tab key until the wanted element has the focus, as somebody without a mouse does. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`The tab key never reaches ${selector}.`);
}

test('sign-in, enrolling, a lesson and a quiz, with the keyboard only', async ({ page }) => {
  const email = someone('keyboard');
  await page.goto(`/sign-in?next=${COURSE}`);
  await page.keyboard.press('Tab');
  await expect(page.locator('.skip')).toBeFocused();
  await page.keyboard.press('Enter');
  await tabTo(page, '[name=email]');
  const asked = await productNow(page);
  await page.keyboard.type(email);
  await page.keyboard.press('Enter');
  await expect(page.locator('[name=code]')).toBeFocused();
  await page.keyboard.type(await codeFor(page, email, asked));
  await page.keyboard.press('Enter');
  await page.waitForURL('**/account**');

  await page.goto(COURSE);
  await tabTo(page, 'form[action$="?/enroll"] button');
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${COURSE}/**`);
  for (let lesson = 0; lesson < 10 && (await page.locator('form[action="?/quiz"]').count()) === 0; lesson++) {
    const before = page.url();
    await tabTo(page, 'form[action="?/complete"] button');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.href !== before);
  }
  await tabTo(page, 'form[action="?/quiz"] button');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/attempts/**');
  await tabTo(page, 'fieldset input');
  await page.keyboard.press('Space');
  await expect(page.locator('fieldset input:not([type=hidden])').first()).toBeChecked();
  await expect(page.locator('main form [role=status]')).toContainText('gardées');

  // What was chosen is kept: it is there after the page is opened again.
  const kept = await page.locator('fieldset input:checked').first().inputValue();
  await page.reload();
  expect(await page.locator('fieldset input:checked').first().inputValue()).toBe(kept);
});
