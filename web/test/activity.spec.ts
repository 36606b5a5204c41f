import { expect, test, type Browser, type Page } from '@playwright/test';
import { publishCourse } from './support/import-course';
import { signIn, someone, someoneWho } from './support/people';

const ACTIVITY = { key: '01-work', fields: ['kind: activity'], text: 'Take a photo of your shop window.' };
const VIDEO = { key: '02-film', fields: ['kind: video'], text: 'Watch: https://example.org/film' };
const PDF = { name: 'Mon plan.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };
const HUGE = {
  name: 'enorme.pdf',
  mimeType: 'application/pdf',
  buffer: Buffer.alloc(10_500_000, '%PDF-1.4\n'),
};
const FILM = {
  name: 'film.mp4',
  mimeType: 'video/mp4',
  buffer: Buffer.concat([Buffer.from('\0\0\0\x18ftypisom\0\0\0\x01isommp42', 'latin1'), Buffer.alloc(3000)]),
};

async function somebody(browser: Browser, email: string, options: object = {}): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await signIn(page, email);
  return page;
}

/** Who reads English. */
const aTrainer = async (browser: Browser) =>
  somebody(browser, await someoneWho(browser, 'TRAINER'), { locale: 'en-GB' });

/** A learner who has begun the course and has its activity open. */
async function aLearner(browser: Browser, slug: string, options: object = {}): Promise<Page> {
  const page = await somebody(browser, someone('work'), options);
  await page.goto(`/courses/${slug}`);
  await page.getByRole('button', { name: /Commencer la formation|Start the course/ }).click();
  await page.goto(`/courses/${slug}/work`);
  return page;
}

const field = (page: Page) => page.locator('textarea[name=text]');
const submit = (page: Page) => page.getByRole('button', { name: 'Rendre', exact: true });
const wait = (page: Page) => page.locator('main .notice.wait');

test('a learner hands work in, a trainer returns it, then accepts it', async ({ browser }) => {
  test.setTimeout(240_000);
  const trainer = await aTrainer(browser);
  const title = `Atelier ${Date.now().toString(36)}`;
  const slug = await publishCourse(trainer, title, [ACTIVITY, VIDEO]);
  const learner = await aLearner(browser, slug);
  const ofMine = trainer.locator('main ol > li').filter({ hasText: title });

  await test.step('keeps a draft with a file, which is theirs alone', async () => {
    await field(learner).fill('Je commence.');
    await learner.locator('input[type=file]').setInputFiles(PDF);
    await learner.getByRole('button', { name: 'Garder en brouillon' }).click();
    await expect(learner.getByText('Vous seul le voyez')).toBeVisible();
    await expect(field(learner)).toHaveValue('Je commence.');
    const url = await learner.getByRole('link', { name: PDF.name }).getAttribute('href');
    const file = await learner.request.get(url!);
    expect(file.headers()['content-disposition']).toContain('attachment');
    expect(await file.body()).toEqual(PDF.buffer);
    expect((await trainer.request.get(url!)).status()).toBe(404);
  });

  await test.step('hands it in; a double click is one', async () => {
    await field(learner).fill('Ma vitrine, le matin.');
    await submit(learner).dblclick();
    await expect(wait(learner)).toContainText('Un formateur le lit');
    await expect(field(learner)).toHaveCount(0);
    await learner.reload();
    await expect(wait(learner)).toContainText('Rendu le');
    await expect(learner.locator('article article')).toHaveCount(1);
  });

  await test.step('the trainer reads it, opens the file, and must say why it comes back', async () => {
    await trainer.goto('/studio');
    await trainer.getByRole('link', { name: /wait for you|waits for you/ }).click();
    await expect(ofMine).toContainText('Ma vitrine, le matin.');
    const url = await ofMine.getByRole('link', { name: PDF.name }).getAttribute('href');
    expect((await trainer.request.get(url!)).status()).toBe(200);
    await ofMine.getByRole('button', { name: 'Give back' }).click();
    await expect(ofMine.getByText('Say what is missing')).toBeVisible();
    await ofMine.locator('textarea').fill('Une photo de face, s’il vous plaît.');
    await ofMine.getByRole('button', { name: 'Give back' }).click();
    await expect(trainer.getByText('Done. The learner is told by mail.')).toBeVisible();
    await expect(ofMine).toHaveCount(0);
  });

  await test.step('the learner reads the comment, mends it and hands it in again', async () => {
    await learner.reload();
    await expect(wait(learner)).toContainText('Une photo de face');
    await expect(field(learner)).toHaveValue('Ma vitrine, le matin.');
    await learner.getByRole('button', { name: `Retirer ${PDF.name}` }).click();
    await expect(learner.getByRole('button', { name: `Retirer ${PDF.name}` })).toHaveCount(0);
    await expect(wait(learner), 'the comment stays while it is mended').toContainText('Une photo de face');
    await field(learner).fill('Ma vitrine, de face.');
    await submit(learner).click();
    await expect(wait(learner)).toContainText('Un formateur le lit');
  });

  await test.step('is accepted, and the lesson is done', async () => {
    await trainer.goto('/studio/activities');
    await ofMine.locator('textarea').fill('Très bien.');
    await ofMine.getByRole('button', { name: 'Accept', exact: true }).click();
    await expect(trainer.getByText('Done. The learner is told by mail.')).toBeVisible();
    await learner.reload();
    await expect(learner.locator('main .notice.yes')).toContainText('Accepté');
    await expect(learner.locator('main .notice.yes')).toContainText('Très bien.');
  });

  await test.step('a video is finished by saying so, and the course with it', async () => {
    await learner.getByRole('link', { name: 'Leçon suivante' }).first().click();
    await learner.getByRole('button', { name: 'Terminé' }).click();
    await learner.waitForURL('**/finished');
  });
  await learner.context().close();
});

test('what is too large or of another kind is refused in words, and what was typed stays', async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const trainer = await aTrainer(browser);
  const slug = await publishCourse(trainer, `Refus ${Date.now().toString(36)}`, [ACTIVITY]);

  await test.step('with a script, before it is sent', async () => {
    const learner = await aLearner(browser, slug);
    await learner.locator('input[type=file]').setInputFiles(HUGE);
    const said = await learner
      .locator('input[type=file]')
      .evaluate((input: HTMLInputElement) => input.validationMessage);
    expect(said).toContain('enorme.pdf');
    await field(learner).fill('Bonjour');
    await submit(learner).click();
    await expect(submit(learner), 'it was not sent').toBeVisible();
    await learner.locator('input[type=file]').setInputFiles(FILM);
    await submit(learner).click();
    await expect(learner.getByText('« film.mp4 » n’est ni une image ni un document')).toBeVisible();
    await expect(field(learner)).toHaveValue('Bonjour');
    await learner.context().close();
  });

  await test.step('without one, by the server', async () => {
    const learner = await aLearner(browser, slug, { javaScriptEnabled: false });
    await field(learner).fill('Sans script');
    await learner.locator('input[type=file]').setInputFiles(HUGE);
    await submit(learner).click();
    await expect(learner.locator('#file-error')).toContainText('« enorme.pdf » est trop volumineux');
    await expect(field(learner)).toHaveValue('Sans script');
    const much = [HUGE, { ...HUGE, name: 'b.pdf' }, { ...HUGE, name: 'c.pdf' }];
    await learner.locator('input[type=file]').setInputFiles(much);
    await submit(learner).click();
    await expect(learner.locator('#file-error')).toContainText('25 Mo au maximum');
    await expect(field(learner), 'the draft from before').toHaveValue('Sans script');
    await submit(learner).dblclick();
    await expect(wait(learner)).toContainText('Un formateur le lit');
    await learner.context().close();
  });

  await test.step('only the form that takes files takes so much', async () => {
    const learner = await aLearner(browser, slug);
    const post = (address: string) =>
      learner.request.post(address, {
        headers: { origin: new URL(learner.url()).origin, accept: 'text/html' },
        multipart: { text: 'x'.repeat(700_000) },
      });
    expect(
      (await post(`/courses/${slug}/work?/saveActivity`)).status(),
      'too long a text, which was read',
    ).toBe(422);
    for (const address of [`/courses/${slug}/work?/complete`, '/account?/name'])
      expect((await post(address)).status(), address).toBe(413);
    await learner.context().close();
  });
});
