import { expect, test } from '@playwright/test';
import { importCourse } from './support/import-course';
import { signIn, someone, TRAINER } from './support/people';

test.use({ locale: 'en-GB', actionTimeout: 10_000, navigationTimeout: 15_000 });

const QUIZ = {
  fields: ['passPercent: 50'],
  english:
    '## Where is the light best? {#light}\n\n- (x) Near a window\n- ( ) Under a lamp\n\n## How many photos? {#count}\n\n- (x) Three\n- ( ) None\n',
  french:
    '## Où la lumière est-elle la meilleure ? {#light}\n\n- (x) Près d’une fenêtre\n- ( ) Sous une lampe\n\n## Combien de photos ? {#count}\n\n- (x) Trois\n- ( ) Aucune\n',
};

test('a trainer asks for an overall minimum; a learner reads what is missing; the trainer asks for less, and the course is completed', async ({
  page: trainer,
  browser,
}) => {
  test.setTimeout(150_000);
  trainer.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await signIn(trainer, TRAINER);
  const slug = await importCourse(trainer, `A minimum ${Date.now().toString(36)}`, QUIZ);
  await trainer.goto(`/studio/${slug}/publish`);
  await trainer.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(trainer.getByRole('heading', { level: 1 })).toHaveText('Version 1 is published');
  const setMinimum = async (percent: string, reason: string, changes: string[]): Promise<void> => {
    await trainer.goto(`/studio/${slug}/completion`);
    await trainer.getByLabel('Overall minimum, in percent').fill(percent);
    await trainer.getByRole('button', { name: 'See what would change' }).click();
    for (const change of changes) await expect(trainer.getByText(change)).toBeVisible();
    await trainer.getByLabel('Why').fill(reason);
    await trainer.getByRole('button', { name: 'Apply' }).click();
    await expect(trainer.getByText(reason)).toBeVisible();
  };

  await test.step('the trainer sees what would change, and applies it', async () => {
    await trainer.goto(`/studio/${slug}`);
    await trainer.getByRole('link', { name: 'Completion' }).click();
    await expect(trainer.getByText('No overall minimum is asked for.').first()).toBeVisible();
    await setMinimum('80', 'The badge should say more.', ['0 learners in progress would be completed']);
    await expect(
      trainer.getByText('At least 80% on average over the required quizzes.').first(),
    ).toBeVisible();
  });

  // Learners' pages work without JavaScript.
  const context = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false });
  const learner = await context.newPage();
  await test.step('a learner passes the quiz with less, and reads what to do', async () => {
    await signIn(learner, someone('minimum'));
    await learner.goto(`/courses/${slug}`);
    await learner.getByRole('button', { name: 'Start the course' }).click();
    await learner.waitForURL(`**/courses/${slug}/photos`);
    await learner.getByRole('button', { name: 'Done, next lesson' }).click();
    await learner.getByRole('button', { name: 'Done, next lesson' }).click();
    await learner.waitForURL(`**/courses/${slug}/quiz`);
    await learner.getByRole('button', { name: 'Start the quiz' }).click();
    await learner.getByLabel('Near a window').check();
    await learner.getByLabel('None').check();
    await learner.getByRole('button', { name: 'Hand in' }).click();
    await expect(learner.getByText('Well done: the quiz is passed.')).toBeVisible();
    await expect(
      learner.getByText(/you need 80% on average over its quizzes, and you have 50%/),
    ).toBeVisible();
    await learner.getByRole('link', { name: 'See which quiz you may take again' }).click();
    await expect(learner.getByRole('heading', { name: 'Your overall grade' })).toBeVisible();
    await expect(learner.getByText('So far you have 50%.')).toBeVisible();
    expect(
      await learner.locator('html').evaluate((html) => html.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
    await learner
      .getByRole('region', { name: 'Your overall grade' })
      .getByRole('link', { name: 'Check' })
      .click();
    await expect(learner.getByRole('button', { name: 'Try again' })).toBeVisible();
  });

  await test.step('what cannot be meant is refused where it was typed', async () => {
    await trainer.goto(`/studio/${slug}/completion?minimum=101`);
    await expect(trainer.getByText('Write a whole number from 1 to 100')).toBeVisible();
    await expect(trainer.getByRole('button', { name: 'Apply' })).toHaveCount(0);
  });

  await test.step('the trainer asks for less, and the learner is completed by it', async () => {
    await setMinimum('50', 'It was too much for a first course.', [
      '1 learner in progress would be completed, with a badge',
      '0 people who completed the course',
    ]);
    await expect(trainer.getByText('1 learner judged anew, 1 completed by it.')).toBeVisible({
      timeout: 30_000,
    });
    expect(
      await trainer.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
    await learner.goto(`/courses/${slug}`);
    await expect(learner.getByText('You have finished this course.')).toBeVisible();
    await expect(learner.getByRole('heading', { name: 'Your overall grade' })).toHaveCount(0);
  });
  await context.close();
});
