import { expect, test } from '@playwright/test';
import { importCourse } from './support/import-course';
import { signIn, someone, TRAINER } from './support/people';

test.use({ locale: 'en-GB', actionTimeout: 10_000, navigationTimeout: 15_000 });

/** In every text that only who handed in may read. */
const SECRET = 'xyzzy';

/** One question of each kind. Only what is told afterwards, or would have to be typed, has the secret in it. */
const EVERY_KIND = `## One? {#single}

- ( ) Alpha
  > ${SECRET} alpha
- (x) Beta
  > ${SECRET} beta

> ${SECRET} single

## Several? {#several}

- [x] Gamma
- [x] Delta
- [ ] Epsilon
  > ${SECRET} epsilon

> ${SECRET} several

## True? {#truth}

Answer: true

> ${SECRET} truth

## Which word? {#word}

Answer: ${SECRET}

> ${SECRET} word

## How much? {#number}

Answer: 31.4159 +- 0.01

> ${SECRET} number

## Which belongs? {#pairs}

Match:

- France -> Paris
- Italy -> Rome
- -> Oslo

> ${SECRET} pairs

## In order? {#order}

Order:

1. First
2. Second
3. Third

> ${SECRET} order
`;

test('no answer of the server tells what is right in a quiz before it is handed in, whatever its kind', async ({
  page: trainer,
  browser,
}) => {
  test.setTimeout(120_000);
  trainer.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await signIn(trainer, TRAINER);
  const slug = await importCourse(trainer, `Seven kinds ${Date.now().toString(36)}`, {
    english: EVERY_KIND,
    french: EVERY_KIND,
  });
  await trainer.goto(`/studio/${slug}/publish`);
  await trainer.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(trainer.getByRole('heading', { level: 1 })).toHaveText('Version 1 is published');

  const learner = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  learner.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await signIn(learner, someone('curious'));
  const bodies: Promise<[string, string]>[] = [];
  learner.on('response', (response) => {
    const body = response.text().catch(() => ''); // a redirect has none
    bodies.push(body.then((text) => [response.url(), text]));
  });
  const course = `/courses/${slug}`;
  await learner.goto(course);
  await learner.getByRole('button', { name: 'Start the course' }).click();
  await learner.waitForURL(`**${course}/photos`);
  await learner.goto(`${course}/quiz`);
  await learner.getByRole('button', { name: 'Start the quiz' }).click();
  const form = learner.locator('form[action="?/submit"]');
  await expect(form.locator('fieldset')).toHaveCount(7);
  await learner.getByLabel('Alpha').check();
  await learner.getByLabel('Gamma').check();
  await learner.getByLabel('False').check();
  const typed = learner.getByLabel('Your answer');
  await typed.nth(0).fill('guess');
  await typed.nth(1).fill('7');
  for (const select of await learner.locator('form[action="?/submit"] select').all())
    await select.selectOption({ index: 1 });
  await learner.locator('form[action="?/submit"] select').nth(3).selectOption('2');
  await learner.locator('form[action="?/submit"] select').nth(4).selectOption('3');
  await expect(learner.getByText('Your answers are kept as you choose them.')).toBeVisible();
  await learner.reload();
  await expect(form.locator('fieldset')).toHaveCount(7);
  const attempt = learner.url();
  const paths = [`${course}/offline.json`, `${course}/quiz`, course, '/learning', new URL(attempt).pathname];
  for (const path of paths.flatMap((each) => [each, `${each}/__data.json`])) {
    const answer = await learner.request.get(path);
    bodies.push(answer.text().then((text) => [path, text]));
  }
  const read = await Promise.all(bodies);
  const pages = read.filter(([, text]) => text.includes('Which word?'));
  expect(pages.length, 'the questions were asked').toBeGreaterThan(1);
  for (const [url, text] of read) {
    expect(text, url).not.toContain(SECRET);
    expect(text, url).not.toContain('31.4159');
    expect(text, url).not.toContain('"correct":true');
  }

  await learner.getByRole('button', { name: 'Hand in' }).click();
  await expect(learner.locator('main .notice').first()).toBeVisible();
  const told = await learner.content();
  for (const each of ['single', 'several', 'truth', 'word', 'number', 'pairs', 'order'])
    expect(told).toContain(`${SECRET} ${each}`);
  await learner.context().close();
});
