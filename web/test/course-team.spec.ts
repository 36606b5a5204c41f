import { expect, test, type Page } from '@playwright/test';
import { finishCourse } from './support/course';
import { importAgain, importCourse } from './support/import-course';
import { signIn, someone, someoneWho } from './support/people';

test.use({ locale: 'fr-FR', actionTimeout: 10_000, navigationTimeout: 15_000 });

/** A trainer who reads French: until they say so, they read what the administrator reads who made them one. */
async function signInAsTrainer(page: Page, email: string): Promise<void> {
  await signIn(page, email);
  await page.getByRole('button', { name: 'Français' }).click();
  await expect(page.locator('html')).toHaveAttribute('lang', 'fr');
}

async function publish(page: Page, slug: string, version: number, policy?: RegExp): Promise<void> {
  await page.goto(`/studio/${slug}/publish`, { waitUntil: 'networkidle' });
  if (policy) await page.getByRole('radio', { name: policy }).check();
  await page.getByRole('button', { name: `Publier la version ${version}` }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(`La version ${version} est publiée`);
}

test('a reviewer says what is wrong with a part of a text, and the author answers and settles it', async ({
  page,
  browser,
}) => {
  test.setTimeout(90_000);
  await signInAsTrainer(page, await someoneWho(browser, 'TRAINER'));
  const reviewing = await someoneWho(browser, 'TRAINER');
  const slug = await importCourse(page, `Étalage ${Date.now().toString(36)}`);

  await page.goto(`/studio/${slug}/team`, { waitUntil: 'networkidle' });
  await page.getByLabel('Adresse email').first().fill(reviewing);
  await page
    .getByRole('radio', { name: /^Relecteur/ })
    .first()
    .check();
  await page.getByRole('button', { name: 'Ajouter à l’équipe' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Relecteur' }).first()).toBeVisible();

  const context = await browser.newContext({ locale: 'fr-FR' });
  const reviewer = await context.newPage();
  await signInAsTrainer(reviewer, reviewing);
  await reviewer.goto(`/studio/${slug}`, { waitUntil: 'networkidle' });
  await reviewer.locator('main a[href*="/preview"]').first().click();
  await reviewer.waitForURL(/\/preview\/./);
  await reviewer.waitForLoadState('networkidle');
  await expect(reviewer.getByRole('link', { name: 'Modifier cette leçon' })).toHaveCount(0);
  const place = reviewer.url();
  await reviewer.getByLabel('À propos de').selectOption({ index: 1 });
  await reviewer.getByLabel('Commentaire', { exact: true }).fill('Trois photos, est-ce assez ?');
  await reviewer.getByRole('button', { name: 'Commenter' }).click();
  await expect(reviewer.getByText('Trois photos, est-ce assez ?')).toBeVisible();
  await expect(reviewer.getByLabel('Commentaire', { exact: true })).toHaveValue('');

  await page.goto(`/studio/${slug}`);
  await expect(page.getByText('1 commentaire')).toBeVisible();
  await page.goto(place, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Montrer dans le texte' }).first().click();
  await expect(page.frameLocator('iframe').locator('.screen .prose > *').first()).toBeFocused();
  await page.getByText('Répondre', { exact: true }).first().click();
  await page.getByLabel('Votre réponse').fill('Oui : de loin, de près, en main.');
  await page.getByRole('button', { name: 'Répondre', exact: true }).click();
  await expect(page.getByText('Oui : de loin, de près, en main.')).toBeVisible();
  await page.getByRole('button', { name: /comme résolu/ }).click();
  await expect(page.getByText('1 commentaire résolu')).toBeVisible();

  await reviewer.reload();
  await reviewer.getByText('1 commentaire résolu').click();
  await expect(reviewer.getByText('Oui : de loin, de près, en main.')).toBeVisible();
  // Reads and comments, nothing more.
  await reviewer.goto(`/studio/${slug}/publish`);
  await expect(reviewer.getByRole('button', { name: /^Publier la version/ })).toHaveCount(0);
  await context.close();
});

test('who has finished a course is offered what is new in it, and loses nothing', async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000);
  await signInAsTrainer(page, await someoneWho(browser, 'TRAINER'));
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  const title = `Vitrine ${Date.now().toString(36)}`;
  const slug = await importCourse(page, title);
  await publish(page, slug, 1);

  const course = `/courses/${slug}`;
  const context = await browser.newContext({ locale: 'fr-FR', viewport: { width: 360, height: 740 } });
  const learner = await context.newPage();
  await signIn(learner, someone('learner'));
  await learner.goto(course);
  await learner.getByRole('button', { name: 'Commencer la formation' }).click();
  await learner.waitForURL(`**${course}/**`);
  await finishCourse(learner, course);

  await importAgain(page, { slug, title, more: ['La nuit'] });
  await publish(page, slug, 2, /proposer le nouveau à celles qui ont terminé/);

  await expect(async () => {
    await learner.goto(course);
    await expect(learner.getByText('Nouveau depuis que vous avez terminé')).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 40_000 });
  await expect(learner.getByText('Vous avez terminé cette formation.')).toBeVisible();
  await learner.getByRole('link', { name: 'La nuit' }).first().click();
  await expect(learner.getByRole('heading', { level: 1 })).toHaveText('La nuit');
  await learner.goto(course);
  await learner.getByRole('link', { name: 'Voir mon badge' }).click();
  await expect(learner.locator('main')).toContainText('Ce badge est authentique');
  await context.close();
});
