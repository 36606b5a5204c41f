import { expect, test, type Page } from '@playwright/test';
import { MANAGER, signIn } from './support/people';

/** Of the demonstration's learners, those whom no other test counts. */
const PEOPLE = '/programs/digital-springboard/people?stage=BADGE&region=FR-BRE';
const REASON = 'Another person answered the quiz (test).';

async function mailsTo(page: Page, email: string): Promise<string[]> {
  const answer = await page.request.get(`/dev/mailbox.json?to=${encodeURIComponent(email)}`);
  return ((await answer.json()) as { subject: string }[]).map(({ subject }) => subject);
}

const noWiderThanScreen = async (page: Page): Promise<void> => {
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(tooWide).toBeLessThanOrEqual(0);
};

// The manager reads English, as their profile says; the learners of the demonstration read French.
test('a completion is reversed with a reason, its learner is told, and it is reinstated', async ({
  page,
  browser,
}) => {
  test.setTimeout(300_000);
  let email = '';
  let record = '';
  let badge = '';

  await test.step('a manager comes to a learner’s record from the list', async () => {
    await page.goto(PEOPLE);
    await signIn(page, MANAGER);
    const row = page.locator('tbody tr').last();
    email = (await row.locator('a[href^="mailto:"]').innerText()).trim();
    await row.locator('th a').first().click();
    await expect(page).toHaveURL(/\/learners\//);
    record = page.url();
    await expect(page.getByText('Its badge is valid')).toBeVisible();
    await noWiderThanScreen(page);
  });

  await test.step('is asked for a reason, and what must be done again', async () => {
    await page.getByText('Reverse this completion').click();
    const quizzes = page.getByRole('group', { name: 'What must be done again?' });
    const chosen = quizzes.locator('input:checked');
    expect(await chosen.count()).toBeGreaterThan(0);
    const total = await quizzes.locator('input').count();
    expect(await chosen.count()).toBeLessThan(total);
    await page.getByLabel('Reason').fill(REASON);
    for (const box of (await chosen.all()).slice(1).reverse()) await box.uncheck();
    await page.getByRole('button', { name: 'Look over the reversal' }).click();
    await expect(page.getByRole('heading', { name: /^Reverse the completion of / })).toBeVisible();
    await expect(page.getByText(REASON)).toBeVisible();
    await noWiderThanScreen(page);
  });

  await test.step('confirms it, and sees the badge revoked, as a stranger does', async () => {
    await page.getByRole('button', { name: 'Yes, reverse it' }).click();
    await expect(page.getByText('The completion is reversed.')).toBeVisible();
    await expect(page.getByText('Its badge is revoked')).toBeVisible();
    await expect(page.getByText('In progress', { exact: true })).toBeVisible();
    badge = (await page.getByRole('link', { name: 'See it as everybody does' }).getAttribute('href'))!;
    const stranger = await browser.newPage();
    await stranger.goto(badge);
    await expect(stranger.getByText('Révoquée', { exact: true })).toBeVisible();
    await expect(stranger.getByRole('heading', { name: 'Ce badge a été révoqué' })).toBeVisible();
    await expect(stranger.getByText(REASON).first()).toBeVisible();
    await noWiderThanScreen(stranger);
    await stranger.close();
  });

  const learner = await browser.newPage();
  await test.step('the learner got a mail, and reads on the page of the course what to do', async () => {
    await expect
      .poll(() => mailsTo(page, email))
      .toContainEqual(expect.stringMatching(/n’est plus considérée/));
    await signIn(learner, email);
    await learner.goto('/courses/get-found-online');
    const notice = learner.getByRole('region', { name: /n’est plus considérée comme terminée/ });
    await expect(notice).toContainText(REASON);
    await expect(notice.locator('li')).toHaveCount(1);
    await expect(learner.locator('aside .button').first()).toHaveText(/Continuer/);
    await noWiderThanScreen(learner);
    await learner.goto('/learning');
    await expect(learner.getByText('révoqué', { exact: true })).toBeVisible();
  });

  await test.step('the manager reinstates it: a new badge, the revoked one stays', async () => {
    await page.goto(record);
    await page.getByText('Was that a mistake?').click();
    await page.getByLabel('Why is it reinstated?').fill('The wrong person was meant.');
    await page.getByRole('button', { name: 'Reinstate the completion' }).click();
    await expect(page.getByText('The completion holds again.')).toBeVisible();
    await expect(page.getByRole('heading', { name: 'Earlier completions' })).toBeVisible();
    await expect
      .poll(async () => {
        await page.reload();
        return page.getByText('Its badge is valid').count();
      })
      .toBe(1);
    await learner.goto('/courses/get-found-online');
    await expect(learner.getByRole('region', { name: /n’est plus considérée/ })).toHaveCount(0);
    const seen = learner.getByRole('link', { name: 'Voir mon badge' });
    expect(await seen.getAttribute('href')).not.toBe(new URL(badge, page.url()).pathname);
    await seen.click();
    await expect(learner.getByRole('heading', { name: 'Ce badge est authentique' })).toBeVisible();
  });
  await learner.close();
});
