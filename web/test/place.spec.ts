import { expect, test, type Browser, type Page } from '@playwright/test';
import { COURSE } from './support/course';
import { signIn, someone } from './support/people';

async function device(browser: Browser, email: string, options: object = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await signIn(page, email);
  return page;
}

/** Starts the shipped course. @returns the address of its first lesson. */
async function begin(page: Page): Promise<string> {
  await page.goto(COURSE);
  await page.getByRole('button', { name: 'Commencer la formation' }).click();
  await page.waitForURL(`**${COURSE}/**`);
  return new URL(page.url()).pathname;
}

test('a laptop goes on where the phone stopped', async ({ page, browser }) => {
  test.setTimeout(120_000);
  const email = someone('place');
  await signIn(page, email);
  const lesson = await begin(page);
  await page.locator('.prose > :last-child').evaluate((last) => last.scrollIntoView());
  await page.goto('/');
  const laptop = await device(browser, email, { viewport: { width: 1280, height: 800 } });
  await expect(async () => {
    await laptop.goto('/');
    const goOn = laptop.getByRole('link', { name: 'Continuer' }).first();
    expect(await goOn.getAttribute('href')).toBe(`${lesson}#go-on`);
  }).toPass({ timeout: 20_000 });
  await laptop.getByRole('link', { name: 'Continuer' }).first().click();
  await expect.poll(() => laptop.evaluate(() => scrollY)).toBeGreaterThan(100);
  await laptop.context().close();
});

test('a note is kept, changed, listed and deleted, without JavaScript too', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await device(browser, someone('note'), { javaScriptEnabled: false });
  await begin(page);
  await page.locator('summary', { hasText: 'Ma note' }).click();
  await page.locator('[name=note]').fill('Appeler l’imprimeur.');
  await page.getByRole('button', { name: 'Enregistrer la note' }).dblclick();
  await expect(page.getByText('La note est enregistrée.')).toBeVisible();
  await page.getByRole('link', { name: 'Toutes mes notes' }).click();
  await page.locator('[name=note]').fill('Appeler demain.');
  await page.getByRole('button', { name: 'Enregistrer la note' }).click();
  await expect(page.locator('[name=note]')).toHaveValue('Appeler demain.');
  await expect(page.getByRole('button', { name: 'Supprimer définitivement' })).toBeHidden();
  await page.locator('summary', { hasText: 'Supprimer la note' }).click();
  await page.getByRole('button', { name: 'Supprimer définitivement' }).click();
  await expect(page.getByText('La note est supprimée.')).toBeVisible();
  await expect(page.locator('[name=note]')).toHaveCount(0);
  await page.context().close();
});

test('places are marked, found again, and unmarked, by keyboard and without JavaScript', async ({
  browser,
}) => {
  test.setTimeout(120_000);
  const page = await device(browser, someone('bookmark'), { javaScriptEnabled: false });
  const lesson = await begin(page);
  const press = async (name: string | RegExp, role: 'button' | 'link' = 'button') => {
    await page.getByRole(role, { name }).first().focus();
    await page.keyboard.press('Enter');
  };
  await press(/^Poser un marque-page$/);
  await expect(page.getByRole('button', { name: /^Retirer le marque-page$/ })).toBeVisible();
  const heading = page.locator('.prose h2').first();
  const words = (await heading.textContent())!;
  await press(`Poser un marque-page : ${words}`);
  await expect(page.getByText('Marque-page posé')).toBeInViewport();
  await expect(heading).toBeInViewport();

  await page.goto(COURSE);
  await press('Mes marque-pages dans cette formation', 'link');
  const places = page.locator('main li a');
  await expect(places).toHaveCount(2);
  await expect(places.first()).toHaveText(words);
  await press(`Retirer le marque-page : ${words}`);
  await expect(page.getByText('Le marque-page est retiré.')).toBeVisible();
  await expect(places).toHaveCount(1);
  await press('Le remettre');
  await expect(places).toHaveCount(2);
  await press(words, 'link');
  await expect(page).toHaveURL(new RegExp(`${lesson}#block-\\d+$`));
  await expect(heading).toBeInViewport();

  // In the lesson the same button takes it away, and what is left is told in English too.
  await press(`Retirer le marque-page : ${words}`);
  await expect(page.getByRole('button', { name: `Poser un marque-page : ${words}` })).toBeVisible();
  await page.goto('/bookmarks');
  await page.getByRole('button', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('My bookmarks');
  await expect(places).toHaveCount(1);
  await page.context().close();
});

test('who reads large reads large everywhere, and nothing leaves the screen', async ({ page }) => {
  await signIn(page, someone('large'));
  await page.goto('/account');
  await page.getByLabel('Très grande').check();
  await page.locator('form[action^="?/reading"] button').click();
  await expect(page.getByText('Vos réglages de lecture sont enregistrés.')).toBeVisible();
  for (const path of ['/account', '/', COURSE]) {
    await page.goto(path);
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).fontSize), path).toBe('20px');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(wide, path).toBeLessThanOrEqual(0);
  }
});
