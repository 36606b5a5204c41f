import { expect, test, type Locator, type Page } from '@playwright/test';
import { COURSE, finishCourse } from './support/course';
import { signIn, someone } from './support/people';

/** Where the business stands, on the page of a grant call. */
const answer = (page: Page): Locator => page.getByRole('region', { name: 'Où vous en êtes' });

/** Follows what a grant call says is missing to its field, states it, and is back at the call. */
async function stateMissing(
  page: Page,
  fact: string,
  fill: (field: Locator) => Promise<unknown>,
): Promise<void> {
  const call = new URL(page.url()).pathname;
  await page.locator(`main a[href*="fact=${fact}"]`).click();
  const part = page.locator(`#fact-${fact}`);
  await fill(part.locator(`[name=value], [name=${fact}]`).first());
  await part.getByRole('button').first().click();
  await page.waitForURL((url) => url.pathname === call);
}

test('an owner goes from the home page to a verified badge and a YES', async ({ page }) => {
  test.setTimeout(240_000);
  const email = someone('owner');

  await test.step('sees what this is, and reads a first lesson before signing in', async () => {
    await page.goto('/');
    await expect(page.getByRole('heading', { level: 1 })).toContainText('Ouvrez une aide');
    await page.getByRole('link', { name: 'Lire une première leçon' }).click();
    await expect(page.locator('.prose p').first()).toBeVisible();
    await page.getByRole('link', { name: 'Se connecter pour suivre la formation' }).click();
  });

  await test.step('signs in with a code, says the name for the certificate, and is back at the lessons', async () => {
    await signIn(page, email);
    await page.waitForURL('**/account**');
    await page.locator('[name=name]').fill('Nour Haddad');
    await page.locator('main form:has([name=name]) button').first().click();
    await page.waitForURL(`**${COURSE}/**`);
  });

  await test.step('adds the business', async () => {
    await page.goto('/business');
    await page.locator('[name=name]').fill('Fleurs de Nour');
    await page.locator('[name=COUNTRY]').selectOption('FR');
    await page.locator('[name=REGION]').selectOption('FR-IDF');
    await page.locator('[name=TRADING_SINCE]').fill('2019-03-01');
    await page.locator('main form:has([name=COUNTRY]) button').last().click();
    await expect(page.getByRole('heading', { name: 'Fleurs de Nour' })).toBeVisible();
  });

  await test.step('learns that the grant is not yet open, and states what is missing', async () => {
    await page.goto('/grants');
    await page.locator('main li a').first().click();
    await expect(answer(page)).toContainText('Pas encore');
    await stateMissing(page, 'HEADCOUNT', (field) => field.fill('3'));
    await stateMissing(page, 'FOR_PROFIT', (field) => field.selectOption('true'));
    await expect(answer(page)).toContainText('Pas encore');
    await page.locator(`main a[href^="${COURSE}"]`).first().click();
    await expect(page).toHaveURL(new RegExp(COURSE));
  });

  await test.step('takes the course to its end', async () => {
    await page.goto(COURSE);
    await page.getByRole('button', { name: 'Commencer la formation' }).click();
    await page.waitForURL(`**${COURSE}/**`);
    await finishCourse(page);
  });

  await test.step('holds a badge that a stranger can verify', async () => {
    await page.goto(`${COURSE}/finished`);
    await page.getByRole('link', { name: 'Voir mon badge' }).click();
    await page.waitForURL('**/credentials/**');
    await expect(page.getByText('Nour Haddad').first()).toBeVisible();
    const stranger = await page.context().browser()!.newContext({ locale: 'fr-FR' });
    const view = await stranger.newPage();
    await view.goto(page.url());
    await expect(view.getByRole('heading', { name: /authentique/ })).toBeVisible();
    await stranger.close();
  });

  await test.step('is told YES, with the evidence', async () => {
    await page.goto('/grants');
    await page.locator('main li a').first().click();
    await expect(answer(page)).toContainText('Oui');
  });
});
