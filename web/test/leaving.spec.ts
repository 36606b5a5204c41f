import { expect, test } from '@playwright/test';
import { COURSE, finishCourse } from './support/course';
import { publishCourse } from './support/import-course';
import { signIn, someone, TRAINER } from './support/people';

test.describe('a learner leaves a course', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`says why, reads what it means, and may come back, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async ({
      browser,
    }) => {
      const context = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled });
      const page = await context.newPage();
      await page.goto(`/sign-in?next=${COURSE}`);
      await signIn(page, someone('leaving'));
      await page.goto(COURSE);
      await page.getByRole('button', { name: 'Commencer la formation' }).click();
      await page.waitForURL(`**${COURSE}/**`);
      await page.goto(COURSE);

      await page.locator('summary', { hasText: 'Quitter cette formation' }).click();
      await expect(page.getByText('vous ne comptez pas dans les chiffres du programme')).toBeVisible();
      await page.locator('[name=note]').fill('Je reviendrai');
      // The browser asks for the reason itself; a form sent without it is answered in words, and keeps the rest.
      await page
        .locator('form[action="?/leave"]')
        .evaluate((form: HTMLFormElement) => (form.noValidate = true));
      await page.getByRole('button', { name: 'Quitter la formation' }).click();
      await expect(page.getByText('Choisissez la raison qui convient le mieux.')).toBeVisible();
      await expect(page.locator('[name=note]')).toHaveValue('Je reviendrai');
      await page.locator('[name=reason]').selectOption('NO_TIME');
      await page.getByRole('button', { name: 'Quitter la formation' }).click();

      await expect(page.getByText(/Vous avez quitté cette formation le/)).toBeVisible();
      await expect(page.locator('summary', { hasText: 'Quitter cette formation' })).toHaveCount(0);
      await page.goto('/learning');
      await expect(page.getByRole('heading', { name: 'Formations quittées ou expirées' })).toBeVisible();
      await page.goto(COURSE);
      await page.getByRole('button', { name: 'Commencer la formation' }).click();
      await page.waitForURL(`**${COURSE}/**`);
      await page.goto('/learning');
      await expect(page.getByRole('heading', { name: 'Formations quittées ou expirées' })).toHaveCount(0);
      await context.close();
    });
  }
});

test('a learner with a badge takes the course again, keeps the badge, and reads which time each page is about', async ({
  page,
  browser,
}) => {
  const trainer = await (await browser.newContext()).newPage();
  await signIn(trainer, TRAINER);
  const slug = await publishCourse(trainer, 'Taken twice', [
    { key: '01-one', fields: [], text: 'The first time.' },
    { key: '02-two', fields: [], text: 'And the second.' },
  ]);
  const course = `/courses/${slug}`;
  await trainer.context().close();
  await page.goto(`/sign-in?next=${course}`);
  await signIn(page, someone('again'));
  await page.goto(course);
  await page.getByRole('button', { name: 'Commencer la formation' }).click();
  await page.waitForURL(`**${course}/**`);
  await finishCourse(page, course);
  await expect(async () => {
    await page.goto(course);
    await expect(page.getByRole('link', { name: 'Voir mon badge' })).toHaveAttribute('href', /credentials/);
  }).toPass();
  const badge = await page.getByRole('link', { name: 'Voir mon badge' }).getAttribute('href');

  await page.locator('summary', { hasText: 'Suivre à nouveau la formation' }).click();
  await expect(page.getByText('Votre badge reste.')).toBeVisible();
  await page.getByRole('button', { name: 'Suivre à nouveau la formation' }).click();
  await page.waitForURL(`**${course}/**`);
  await page.goto(course);
  await expect(page.locator('aside')).toContainText(/^\s*0 sur 2 leçons/);
  await expect(page.getByRole('link', { name: /Voir mon badge du/ })).toHaveAttribute('href', badge!);
  await page.goto('/learning');
  await expect(page.getByRole('heading', { name: 'En cours' })).toBeVisible();
  await expect(page.locator(`a[href="${badge}"]`)).toBeVisible();
  // The page after the last lesson is not there yet for this time.
  await page.goto(`${course}/finished`);
  await expect(page).toHaveURL(new RegExp(`${course}$`));
});
