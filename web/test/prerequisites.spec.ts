import { expect, test } from '@playwright/test';
import { finishCourse } from './support/course';
import { publishCourse } from './support/import-course';
import { signIn, someone, someoneWho } from './support/people';

const LESSON = [{ key: '01-read', fields: [], text: 'Three photos are enough.' }];

test('an author asks for another course first; who comes reads which, completes it and gets in', async ({
  page,
  browser,
}) => {
  test.setTimeout(120_000);
  page.setDefaultTimeout(20_000);
  await signIn(page, await someoneWho(browser, 'TRAINER'));
  const name = Date.now().toString(36);
  const first = await publishCourse(page, `First steps ${name}`, LESSON);
  const advanced = await publishCourse(page, `Going further ${name}`, LESSON);
  const choice = page.locator('select[name=prerequisiteId]');
  const optionOf = (title: string) => choice.locator('option', { hasText: `${title} ${name}` });
  const add = async (title: string) => {
    await choice.selectOption(await optionOf(title).getAttribute('value'));
    await page.locator('form[action^="?/addPrerequisite"] button').click();
  };

  await test.step('the author adds it by its title, and is told of a circle', async () => {
    await page.goto(`/studio/${advanced}/settings`, { waitUntil: 'networkidle' });
    await expect(optionOf('Going further')).toHaveCount(0);
    await add('First steps');
    await expect(page.locator(`#prerequisites-section a[href="/courses/${first}"]`)).toBeVisible();
    await expect(optionOf('First steps')).toHaveCount(0);
    await page.goto(`/studio/${first}/settings`, { waitUntil: 'networkidle' });
    await add('Going further');
    await expect(page.locator('#prerequisiteId-error')).toContainText(`Going further ${name}`);
    await expect(choice).toHaveAttribute('aria-invalid', 'true');
  });

  await test.step('a learner, without JavaScript, goes through the one into the other', async () => {
    const context = await browser.newContext({ locale: 'en-GB', javaScriptEnabled: false });
    const learner = await context.newPage();
    await learner.goto(`/courses/${advanced}`);
    const aside = learner.locator('aside');
    await expect(aside).toContainText('Before this course');
    await expect(aside).not.toContainText('to complete'); // nobody knows yet who reads this
    await learner.goto(`/sign-in?next=/courses/${advanced}`);
    await signIn(learner, someone('further'));
    await learner.goto(`/courses/${advanced}`);
    await expect(aside).toContainText('to complete');
    await expect(aside.locator('form')).toHaveCount(0);
    await learner.goto(`/courses/${advanced}/read`);
    await expect(learner.locator('article + footer')).toContainText('to complete');
    await expect(learner.locator('article + footer form')).toHaveCount(0);
    await learner.goto(`/courses/${advanced}`);
    await aside.getByRole('link', { name: `Go to “First steps ${name}”` }).click();
    await learner.waitForURL(`**/courses/${first}`);
    await aside.getByRole('button', { name: 'Start the course' }).click();
    await finishCourse(learner, `/courses/${first}`);
    await learner.goto(`/courses/${advanced}`);
    await expect(aside.getByRole('listitem')).toContainText('completed');
    await aside.getByRole('button', { name: 'Start the course' }).click();
    await learner.waitForURL(`**/courses/${advanced}/*`);
    await context.close();
  });

  await test.step('the author takes it back', async () => {
    await page.goto(`/studio/${advanced}/settings`, { waitUntil: 'networkidle' });
    await page.locator('form[action^="?/removePrerequisite"] button').click();
    await expect(page.locator(`#prerequisites-section a[href="/courses/${first}"]`)).toHaveCount(0);
    await expect(optionOf('First steps')).toHaveCount(1);
  });
});
