import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { COURSE } from './support/course';
import { Line } from './support/line';
import { signIn, someone } from './support/people';

// One after the other, and after all other files: the time that one lets go by goes by for everybody.
test.describe.configure({ mode: 'default' });

const DAY_SECONDS = 86_400;

/** Lets the product's time go on. */
const wait = async (page: Page, days: number): Promise<void> => {
  const answer = await page.request.post('/dev/clock', { data: { forwardSeconds: days * DAY_SECONDS } });
  expect(answer.ok()).toBe(true);
};

/** Signed in, enrolled, with a quiz handed in without any answer. @returns how many questions it had. */
async function failQuiz(page: Page, email: string): Promise<number> {
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await signIn(page, email);
  await page.goto(COURSE);
  await page.getByRole('button', { name: 'Commencer la formation' }).click();
  await page.waitForURL(`**${COURSE}/**`);
  await page.goto(COURSE);
  await page.locator('ol.modules a[href*="quiz"]').first().click();
  await page.locator('form[action="?/quiz"] button').click();
  await page.locator('form[action="?/submit"] .end button.primary').click();
  await expect(page.locator('main .notice.wait')).toBeVisible();
  return page.locator('ol.questions > li').count();
}

/** What is right, as the page of a result shows it: by the words of the question. */
const rightTexts = (page: Page): Promise<string[]> =>
  page
    .locator('main li.right > div')
    .evaluateAll((rows) => rows.map((row) => row.firstElementChild!.textContent!.trim()));

const prompt = async (page: Page): Promise<string> =>
  (await page.locator('main .prompt').first().textContent())!.trim();
/** What axe finds wrong with a page. */
async function faults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  return [...violations.map(({ id }) => id), ...(overflow > 0 ? ['scrolls sideways'] : [])];
}

const unknown = (page: Page) => page.getByRole('button', { name: 'Je ne sais pas' });

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with JavaScript' : 'without JavaScript', () => {
    test.use({ javaScriptEnabled });

    test('what was wrong in a quiz comes back, is answered, explained and left out', async ({ page }) => {
      const count = await failQuiz(page, someone('practice'));
      await page.goto('/learning');
      await expect(page.getByText('La prochaine question reviendra le')).toBeVisible();
      await page.getByRole('link', { name: 'Questions à revoir' }).click();
      await expect(page.getByText('Rien à revoir aujourd’hui.')).toBeVisible();

      await wait(page, 1);
      await page.goto('/learning');
      await expect(page.getByRole('heading', { name: `${count} questions à revoir` })).toBeVisible();
      await page.getByRole('link', { name: 'Les revoir' }).click();
      await expect(page.getByText(`${count} questions aujourd’hui`)).toBeVisible();

      // Nothing chosen: it says what to do, and asks the same question.
      const asked = await prompt(page);
      await page.getByRole('button', { name: 'Vérifier ma réponse' }).click();
      await expect(page.getByText('Répondez d’abord')).toBeVisible();
      expect(await prompt(page)).toBe(asked);

      await unknown(page).click();
      await expect(page.getByText('Pas cette fois.')).toBeVisible();
      await expect(page.getByText('À relire')).toBeVisible();
      const right = await rightTexts(page);
      expect(right.length).toBeGreaterThan(0);
      await page.getByRole('link', { name: `Question suivante (${count - 1})` }).click();
      expect(await prompt(page)).not.toBe(asked);

      // The rest is left unknown: then all come back tomorrow.
      for (let left = count - 1; left > 1; left -= 1) {
        await unknown(page).click();
        await page.getByRole('link', { name: /Question suivante/ }).click();
      }
      await unknown(page).click();
      await page.getByRole('link', { name: 'C’est tout pour aujourd’hui' }).click();
      await expect(page).toHaveURL('/learning');

      await wait(page, 1);
      for (let asked2 = 0; asked2 < count; asked2 += 1) {
        await page.goto('/learning/practice');
        if ((await prompt(page)) === asked) {
          for (const text of right) {
            await page.locator('fieldset label').filter({ hasText: text }).first().click();
          }
          await page.getByRole('button', { name: 'Vérifier ma réponse' }).click();
          await expect(page.getByText('Juste !')).toBeVisible();
          await expect(page.getByText('Cette question reviendra le')).toBeVisible();
        } else await unknown(page).click();
        await expect(page.locator('main .verdict')).toBeVisible();
      }

      // Left out, and taken up again.
      await wait(page, 1);
      await page.goto('/learning/practice');
      const leftOut = await prompt(page);
      await page.getByText('Comment ça marche').click();
      await page.getByRole('button', { name: 'Laisser cette question de côté' }).click();
      await expect(page.getByText('Laissé de côté (1)')).toBeVisible();
      expect(await prompt(page)).not.toBe(leftOut);
      await page.getByText('Laissé de côté (1)').click();
      await page.getByRole('button', { name: 'Reprendre :' }).click();
      await expect(page.getByText('Laissé de côté')).toHaveCount(0);
    });
  });
}

test.use({ contextOptions: { reducedMotion: 'reduce' } });

test('with the keyboard alone', async ({ page }) => {
  await failQuiz(page, someone('practice-keys'));
  await wait(page, 1);
  await page.goto('/learning/practice');
  expect(await faults(page)).toEqual([]);
  const field = page.locator('fieldset input:not([type=hidden]), fieldset select').first();
  for (let press = 0; press < 30; press += 1) {
    if (await field.evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(field).toBeFocused();
  for (let press = 0; press < 30; press += 1) {
    if (await unknown(page).evaluate((element) => element === document.activeElement)) break;
    await page.keyboard.press('Tab');
  }
  await expect(unknown(page)).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Pas cette fois.')).toBeVisible();
  expect(await faults(page)).toEqual([]);
});

test('somebody else’s answer is not found, and a visitor is asked to sign in', async ({ page, browser }) => {
  await failQuiz(page, someone('practice-own'));
  await wait(page, 1);
  await page.goto('/learning/practice');
  await unknown(page).click();
  await expect(page.locator('main .verdict')).toBeVisible();
  const { pathname } = new URL(page.url());
  const visitor = await (await browser.newContext({ locale: 'fr-FR' })).newPage();
  await visitor.goto(new URL(pathname, page.url()).href);
  await expect(visitor).toHaveURL(/\/sign-in/);
  await signIn(visitor, someone('practice-other'));
  expect((await visitor.goto(new URL(pathname, page.url()).href))?.status()).toBe(404);
});

test('without a line what is due is gone over on the phone, sent once, and gone after signing out', async () => {
  const line = await Line.to(process.env.TREMPLIN_URL!);
  const { browser, context } = await line.device();
  try {
    const page = await context.newPage();
    const count = await failQuiz(page, someone('practice-offline'));
    await wait(page, 1);
    await page.goto(COURSE);
    await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
    await page.getByRole('button', { name: /Télécharger cette formation/ }).click();
    await expect(page.getByText('Sur ce téléphone :')).toBeVisible({ timeout: 60_000 });

    line.cut();
    await context.setOffline(true);
    await page.goto('/learning/practice');
    const card = page.locator('[data-card]:visible');
    await expect(card).toHaveCount(1);
    expect(await faults(page)).toEqual([]);
    await page.getByRole('button', { name: 'Vérifier ma réponse' }).click();
    await expect(card.getByText('Répondez d’abord')).toBeVisible();

    // One is answered right, with what the phone knows; the others are not known.
    const key = JSON.parse((await card.getAttribute('data-key'))!) as { optionIds: string[] };
    for (const id of key.optionIds) await card.locator(`input[value="${id}"]`).check();
    await page.getByRole('button', { name: 'Vérifier ma réponse' }).click();
    await expect(card.getByText('Juste !')).toBeVisible();
    await expect(page.locator('#outbox')).toContainText('1 réponse attend');
    expect(await faults(page)).toEqual([]);
    for (let left = count - 1; left > 0; left -= 1) {
      await card.getByRole('button', { name: 'Question suivante' }).click();
      await unknown(page).click();
      await expect(card.getByText('Pas cette fois.')).toBeVisible();
      await expect(card.locator('[data-wrong] li').first()).toBeVisible();
    }
    await card.getByRole('button', { name: 'Question suivante' }).click();
    await expect(page.getByText('Rien à revoir aujourd’hui.')).toBeVisible();

    // The page opened anew: what was answered here is not asked again.
    await page.goto('/learning/practice');
    await expect(page.getByText('Rien à revoir aujourd’hui.')).toBeVisible();
    await expect(page.locator('#outbox')).toContainText(`${count} réponses attendent`);
    const kept = await page.evaluate(async () => {
      const request = indexedDB.open('tremplin-offline');
      await new Promise((resolve) => (request.onsuccess = resolve));
      const all = request.result.transaction('work').objectStore('work').getAll();
      await new Promise((resolve) => (all.onsuccess = resolve));
      request.result.close();
      return (all.result as { id: string; optionIds: string[] }[]).map(({ id, optionIds }) => ({
        id,
        isRight: optionIds.length > 0,
      }));
    });
    expect(kept).toHaveLength(count);

    // The server has them, and judges as the phone did.
    line.state = 'WHOLE';
    await context.setOffline(false);
    await expect(page.locator('#outbox')).toBeHidden({ timeout: 30_000 });
    for (const { id, isRight } of kept) {
      const answer = await page.evaluate(
        async (answerId) =>
          (
            await fetch('/graphql', {
              method: 'POST',
              headers: { 'content-type': 'application/json' },
              body: JSON.stringify({
                query: 'query ($id: ID!) { practiceAnswer(id: $id) { right } }',
                variables: { id: answerId },
              }),
            })
          ).json() as Promise<unknown>,
        id,
      );
      expect(answer).toEqual({ data: { practiceAnswer: { right: isRight } } });
    }

    await page.goto('/account');
    await page.getByRole('button', { name: 'Se déconnecter' }).click();
    await expect(page.getByRole('link', { name: 'Se connecter' }).first()).toBeVisible();
    line.cut();
    await context.setOffline(true);
    await page.goto('/learning/practice');
    await expect(page.getByRole('heading', { name: 'Pas de connexion' })).toBeVisible();
  } finally {
    await browser.close();
    await line.close();
  }
});
