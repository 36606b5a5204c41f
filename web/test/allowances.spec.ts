import { expect, test, type Page } from '@playwright/test';
import { importCourse } from './support/import-course';
import { signIn, someone, TRAINER } from './support/people';

test.use({ locale: 'en-GB', actionTimeout: 10_000, navigationTimeout: 15_000 });

const REASON = 'Your line broke off in the middle.';

/** Answers the one question of the quiz that is open, and hands it in. */
async function handIn(page: Page, answer: string): Promise<void> {
  await page.getByLabel(answer).check();
  await page.getByRole('button', { name: 'Hand in' }).click();
}

test('a trainer gives a learner one more try, who reads why, starts again and passes', async ({
  page: trainer,
  browser,
}) => {
  test.setTimeout(120_000);
  trainer.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await signIn(trainer, TRAINER);
  const slug = await importCourse(trainer, `One try ${Date.now().toString(36)}`, ['attemptLimit: 1']);
  await trainer.goto(`/studio/${slug}/publish`);
  await trainer.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(trainer.getByRole('heading', { level: 1 })).toHaveText('Version 1 is published');

  const email = someone('learner');
  const learner = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await signIn(learner, email);

  await test.step('the learner fails the only try', async () => {
    await learner.goto(`/courses/${slug}`);
    await learner.getByRole('button', { name: 'Start the course' }).click();
    await learner.waitForURL(`**/courses/${slug}/photos`);
    await learner.goto(`/courses/${slug}/quiz`);
    await expect(learner.getByText('You have 1 try.')).toBeVisible();
    await learner.getByRole('button', { name: 'Start the quiz' }).click();
    await handIn(learner, 'Under a lamp');
    await expect(learner.locator('main .notice.wait')).toBeVisible();
    await learner.goto(`/courses/${slug}/quiz`);
    await expect(learner.getByText('You have used all attempts at this quiz (1).')).toBeVisible();
    await expect(learner.getByRole('button', { name: 'Try again' })).toHaveCount(0);
  });

  await test.step('the trainer finds the page from the lesson; what is wrong is told and keeps what was typed', async () => {
    await trainer.goto(`/studio/${slug}`);
    await trainer.getByRole('link', { name: 'Preview of “Check”' }).click();
    await trainer.getByRole('link', { name: 'More time or tries for a learner' }).click();
    await expect(trainer.getByText('Nothing is given yet.')).toBeVisible();
    await trainer.getByLabel('Email address of the learner').fill(someone('nobody'));
    await trainer.getByLabel('Tries more').fill('1');
    await trainer.getByLabel('Why').fill(REASON);
    await trainer.getByRole('button', { name: 'Give', exact: true }).click();
    await expect(trainer.getByText('Nobody with this address takes this course now.')).toBeVisible();
    await expect(trainer.getByLabel('Tries more')).toHaveValue('1');
    await expect(trainer.getByLabel('Why')).toHaveValue(REASON);
  });

  await test.step('gives the try', async () => {
    await trainer.getByLabel('Email address of the learner').fill(email);
    await trainer.getByRole('button', { name: 'Give', exact: true }).click();
    await expect(trainer.getByText(`Saved for ${email}.`)).toBeVisible();
    const row = trainer.getByRole('row').filter({ hasText: email });
    await expect(row).toContainText('1 more try');
    await expect(row).toContainText(REASON);
    expect(
      await trainer.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
  });

  await test.step('the learner reads it, starts again and passes', async () => {
    await learner.reload();
    await expect(learner.getByText('Tries left: 1 of 2.')).toBeVisible();
    await expect(learner.getByText(REASON)).toBeVisible();
    await learner.getByRole('button', { name: 'Try again' }).click();
    await handIn(learner, 'Near a window');
    await expect(learner.locator('main .notice.yes')).toContainText('Well done');
  });

  await test.step('taken back, it no longer stands there', async () => {
    await trainer.getByRole('button', { name: /^Take back what/ }).click();
    await expect(trainer.getByText('Nothing is given yet.')).toBeVisible();
  });
  await learner.context().close();
});
