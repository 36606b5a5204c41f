import { expect, type Page } from '@playwright/test';

export const COURSE = '/courses/get-found-online';

/** Presses what goes on from a lesson's page. */
const goOn = (page: Page) => page.locator('article + footer .button, main form .button').first();

/** The texts of the right answers, by question, as the result page shows them. */
async function rightAnswers(page: Page): Promise<string[][]> {
  return page
    .locator('ol.questions > li')
    .evaluateAll((questions) =>
      questions.map((question) =>
        [...question.querySelectorAll('li.right > div')].map((option) =>
          option.firstChild!.textContent!.trim(),
        ),
      ),
    );
}

/** The number and prompt of each question, by which an answer is found again in the next attempt. */
const prompts = (page: Page, selector: string): Promise<string[]> =>
  page.locator(selector).evaluateAll((all) => all.map((each) => each.textContent!.trim()));

/** Takes the quiz whose lesson page is open: hands in nothing, reads what was right, and passes. */
export async function passQuiz(page: Page): Promise<void> {
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await page.locator('form[action="?/quiz"] button').click();
  await page.locator('form[action="?/submit"] .end button.primary').click();
  await expect(page.locator('main .notice.wait')).toBeVisible();
  const answers = await rightAnswers(page);
  const asked = await prompts(page, 'ol.questions > li .prompt');
  await page.locator('form[action$="?/quiz"] button').first().click();
  await expect(page.locator('form[action="?/submit"]')).toBeVisible();
  for (const [index, prompt] of (await prompts(page, 'fieldset .prompt')).entries()) {
    const field = page.locator('fieldset').nth(index);
    for (const right of answers[asked.indexOf(prompt)]!) {
      await field.locator('label').filter({ hasText: right }).first().click();
    }
  }
  await page.locator('form[action="?/submit"] .end button.primary').click();
  await expect(page.locator('main .notice.yes').first()).toBeVisible();
}

/** Goes through every lesson of a course, from wherever "continue" leads, to the page after the last one. */
export async function finishCourse(page: Page, course = COURSE): Promise<void> {
  for (let step = 0; step < 80; step++) {
    await page.goto(course);
    const next = page.locator('aside a.button');
    const href = (await next.getAttribute('href'))?.replace('#go-on', '');
    if (!href || href.endsWith('/finished') || href.startsWith('/credentials/')) return;
    await next.click();
    await page.waitForURL((url) => url.pathname === href);
    if ((await page.locator('form[action="?/quiz"]').count()) > 0) await passQuiz(page);
    else {
      await goOn(page).click();
      await page.waitForURL((url) => url.pathname !== href);
    }
  }
  throw new Error('The course has no end.');
}
