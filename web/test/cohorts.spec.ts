import { expect, test, type Page } from '@playwright/test';
import { COURSE } from './support/course';
import { MANAGER, productNow, signIn, someone } from './support/people';

/** A day as a date field takes it, by days from the product's now. */
const day = (now: Date, days: number): string =>
  new Date(now.getTime() + days * 86_400_000).toISOString().slice(0, 10);

/** Opens the form of a new cohort of the program that the manager runs. */
async function openNewCohort(page: Page): Promise<void> {
  await page.goto('/programs');
  await page.locator('main article a').first().click();
  await page.getByRole('link', { name: 'Promotions' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Promotions' })).toBeVisible();
  await page.getByRole('link', { name: 'Nouvelle promotion' }).click();
}

/** Somebody new, on the page of the course. */
async function atCourse(page: Page, who: string): Promise<void> {
  await page.goto(`/sign-in?next=${COURSE}`);
  await signIn(page, someone(who));
  await page.goto(COURSE);
}

test('a manager opens a cohort with one seat; who comes second reads why, and learns without it', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  page.setDefaultTimeout(20_000);
  const name = `Essai ${Date.now().toString(36)}`;
  await signIn(page, MANAGER);
  // Whatever language another test left the manager's account in.
  await page.context().addCookies([{ name: 'locale', value: 'fr', url: page.url() }]);
  const now = await productNow(page);

  await test.step('what is wrong is said at its field, and what was typed stays', async () => {
    await openNewCohort(page);
    await page.locator('form.card').evaluate((form: HTMLFormElement) => (form.noValidate = true));
    await page.locator('[name=name]').fill(name);
    await page.locator('[name=startsOn]').fill(day(now, -1));
    await page.locator('[name=seats]').fill('deux');
    await page.getByRole('button', { name: 'Créer la promotion' }).click();
    await expect(page.locator('#seats-error')).toContainText('Indiquez un nombre entier');
    await expect(page.locator('#endsOn-error')).toContainText('Indiquez un jour');
    await page.locator('[name=seats]').fill('1');
    await page.locator('[name=endsOn]').fill(day(now, -3));
    await page.getByRole('button', { name: 'Créer la promotion' }).click();
    await expect(page.locator('#endsOn-error')).toContainText('ne peut pas précéder le premier');
    await expect(page.locator('[name=name]')).toHaveValue(name);
    await page.locator('[name=endsOn]').fill(day(now, 30));
    await page.getByLabel('Seulement celles-ci').check();
    await page.getByRole('button', { name: 'Créer la promotion' }).click();
    await expect(page.locator('#courseIds-error')).toContainText('Choisissez au moins une formation');
    await page.locator('[name=courseIds]').first().check();
    await page.getByRole('button', { name: 'Créer la promotion' }).click();
    await page.waitForURL('**/cohorts#cohort-*');
  });
  const card = page.locator('article', { hasText: name });
  await expect(card).toContainText('Ouverte');
  await expect(card).toContainText('Places prises : 0 sur 1');

  await test.step('the first takes the seat', async () => {
    const first = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
    await atCourse(first, 'first-seat');
    await expect(first.locator('aside')).toContainText('1 place libre sur 1');
    await first.getByLabel('Dans quelle promotion ?').selectOption({ label: name });
    await first.getByRole('button', { name: 'Commencer la formation' }).click();
    await first.waitForURL(`**${COURSE}/**`);
    await first.context().close();
  });

  await test.step('the second, who came in time and chose too late, reads why, and starts in none', async () => {
    const second = await (await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false })).newPage();
    await atCourse(second, 'second-seat');
    await expect(second.locator('aside')).toContainText('Full: all seats are taken (1).');
    const choice = second.getByLabel('In which cohort?');
    // Where the others are full as well, there is nothing to choose, and the button says so.
    if ((await choice.count()) > 0) await choice.selectOption({ label: 'Without a cohort' });
    await second.locator('aside form button').click();
    await second.waitForURL(`**${COURSE}/**`);
    await second.context().close();
  });

  await test.step('there are never fewer seats than people; and the cohort is closed', async () => {
    await page.reload();
    await expect(card).toContainText('Places prises : 1 sur 1');
    await card.getByRole('link', { name: /Modifier/ }).click();
    await expect(page.locator('#seats-hint')).toContainText('Prises en ce moment : 1.');
    await page.locator('[name=seats]').fill('0');
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.locator('#seats-error')).toContainText('Indiquez un nombre entier');
    const elsewhere = await page.context().newPage();
    await elsewhere.goto(page.url());
    await elsewhere.locator('[name=seats]').fill('4');
    await elsewhere.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(elsewhere.getByText('Enregistré.')).toBeVisible();
    await elsewhere.close();
    await page.locator('[name=seats]').fill('5');
    await page.locator('[name=startsOn]').fill(day(now, -20));
    await page.locator('[name=endsOn]').fill(day(now, -10));
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    // Another window saved meanwhile: it is told, what was typed stays, and saved again it holds.
    await expect(page.getByText('Quelqu’un d’autre a modifié cette promotion')).toBeVisible();
    await expect(page.getByText(/^Places\s: 1 → 4$/)).toBeVisible();
    await expect(page.locator('[name=seats]')).toHaveValue('5');
    await expect(page.locator('[name=endsOn]')).toHaveValue(day(now, -10));
    await page.getByRole('button', { name: 'Enregistrer' }).click();
    await expect(page.getByText('Enregistré.')).toBeVisible();
    await page.getByRole('link', { name: 'Promotions' }).click();
    await expect(card).toContainText('Terminée');
    await expect(card).toContainText('Places prises : 1 sur 5');
    await card.getByRole('link', { name: 'Voir les personnes' }).click();
    await expect(page.getByText('1 inscription', { exact: true })).toBeVisible();
  });
});
