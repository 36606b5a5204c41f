import { expect, test, type Browser, type Page } from '@playwright/test';
import { COURSE } from './support/course';
import { publishFilmCourse } from './support/film-course';
import { signIn, someone, someoneWho } from './support/people';

async function device(browser: Browser, email: string, options: object = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await signIn(page, email);
  return page;
}

/** The files of lessons that a page asks for from now on, its service worker's requests with them. */
function filesAsked(page: Page): string[] {
  const asked: string[] = [];
  page.context().on('request', (request) => {
    if (request.url().includes('/files/')) asked.push(request.url());
  });
  return asked;
}

/** Starts a course. @returns the address of its first lesson. */
async function begin(page: Page, course = COURSE): Promise<string> {
  await page.goto(course);
  await page.getByRole('button', { name: 'Commencer la formation' }).click();
  await page.waitForURL(`**${course}/**`);
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

test('a film loads nothing before it is played, and goes on at its second on another device', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  const trainer = await device(browser, await someoneWho(browser, 'TRAINER'), { locale: 'en-GB' });
  const { lesson, film } = await publishFilmCourse(trainer);
  await trainer.context().close();
  const email = someone('film');
  await signIn(page, email);
  await begin(page, lesson.slice(0, lesson.lastIndexOf('/')));
  const asked = filesAsked(page);
  await page.goto(lesson, { waitUntil: 'networkidle' });
  await page.locator('video').scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  expect(asked.filter((url) => url.includes(film))).toEqual([]);

  const second = await page.locator('video').evaluate(async (video: HTMLVideoElement) => {
    video.muted = true;
    await video.play();
    video.currentTime = 42;
    await new Promise((resolve) => (video.onseeked = resolve));
    return video.currentTime;
  });
  expect(second).toBeCloseTo(42, 0);
  expect(asked.filter((url) => url.includes(film)).length).toBeGreaterThan(0);
  await page.goto('/');

  const laptop = await device(browser, email, { viewport: { width: 1280, height: 800 } });
  const again = filesAsked(laptop);
  await expect(async () => {
    await laptop.goto('/');
    const goOn = laptop.getByRole('link', { name: 'Continuer' }).first();
    expect(await goOn.getAttribute('href')).toBe(`${lesson}#go-on`);
  }).toPass({ timeout: 20_000 });
  expect(again).toEqual([]);
  await laptop.getByRole('link', { name: 'Continuer' }).first().click();
  const video = laptop.locator('video');
  await expect(video).toBeInViewport({ ratio: 1 });
  await expect.poll(async () => (await video.boundingBox())!.y).toBeLessThan(100);
  await expect
    .poll(() => video.evaluate((each: HTMLVideoElement) => Math.floor(each.currentTime)))
    .toBeGreaterThanOrEqual(42);
  expect(await video.evaluate((each: HTMLVideoElement) => each.paused)).toBe(true);
  const next = await video.evaluate(async (each: HTMLVideoElement) => {
    each.muted = true;
    await each.play();
    await new Promise((resolve) => setTimeout(resolve, 700));
    return each.currentTime;
  });
  expect(next).toBeGreaterThan(42);
  expect(next).toBeLessThan(50);
  await laptop.context().close();
});

test('who saves data is sent no picture and no film before asking for it', async ({ page, browser }) => {
  test.setTimeout(180_000);
  const trainer = await device(browser, await someoneWho(browser, 'TRAINER'), { locale: 'en-GB' });
  const { lesson, picture } = await publishFilmCourse(trainer);
  await trainer.context().close();
  await signIn(page, someone('low-data'));
  await begin(page, lesson.slice(0, lesson.lastIndexOf('/')));
  const asked = filesAsked(page);
  await page.goto(lesson, { waitUntil: 'networkidle' });
  // As a rule, a picture comes when it comes near.
  await expect.poll(() => asked.filter((url) => url.includes(picture)).length).toBeGreaterThan(0);
  await page.goto('/account');
  await page.getByLabel('Économiser les données').check();
  await page.locator('form[action^="?/reading"] button').click();
  await expect(page.getByText('Vos réglages de lecture sont enregistrés.')).toBeVisible();
  asked.length = 0;
  await page.goto(lesson, { waitUntil: 'networkidle' });
  await page.locator('.prose > :last-child').scrollIntoViewIfNeeded();
  await page.waitForTimeout(500);
  expect(asked).toEqual([]);
  await page.getByRole('link', { name: 'Afficher l’image (Une vitrine)' }).click();
  const shown = page.getByRole('img', { name: 'Une vitrine' });
  await expect(shown).toBeInViewport();
  await expect.poll(() => shown.evaluate((each: HTMLImageElement) => each.naturalWidth)).toBeGreaterThan(0);
  await expect(page).toHaveURL(new RegExp(`${lesson}$`));

  // So it is where the browser asks for it, and without JavaScript, where the link leads to the picture.
  const saving = await browser.newContext({
    javaScriptEnabled: false,
    extraHTTPHeaders: { 'save-data': 'on' },
    locale: 'fr-FR',
  });
  const plain = await saving.newPage();
  const plainly = filesAsked(plain);
  await plain.goto(lesson, { waitUntil: 'networkidle' });
  expect(plainly).toEqual([]);
  await plain.getByRole('link', { name: 'Afficher l’image (Une vitrine)' }).click();
  await expect(plain).toHaveURL(new RegExp(`/files/${picture}`));
  await saving.close();
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

test('who reads large reads large everywhere, on every device, and nothing leaves the screen', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  const email = someone('large');
  await signIn(page, email);
  const lesson = await begin(page);
  await page.goto('/account');
  await page.getByLabel('Très grande').check();
  await page.locator('form[action^="?/reading"] button').click();
  await expect(page.getByText('Vos réglages de lecture sont enregistrés.')).toBeVisible();
  const tablet = await device(browser, email, { viewport: { width: 820, height: 1180 } });
  for (const on of [page, tablet]) {
    for (const path of ['/account', '/', COURSE, lesson, '/bookmarks']) {
      await on.goto(path);
      expect(await on.evaluate(() => getComputedStyle(document.documentElement).fontSize), path).toBe('20px');
      const wide = await on.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(wide, path).toBeLessThanOrEqual(0);
    }
  }
  await tablet.context().close();
});
