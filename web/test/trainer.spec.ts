import { expect, test, type Browser, type Page } from '@playwright/test';
import { importCourse } from './support/import-course';
import { signIn, someone, someoneWho, TRAINER } from './support/people';

// One after the other: they sign in as one person, who can ask for a few codes an hour only.
test.describe.configure({ mode: 'default' });

const OLD = 'Take three photos.';
const NEW = 'Take five photos, one of them of your hands at work.';

/** Somebody with a browser of their own, who reads English. */
async function reader(browser: Browser, email?: string): Promise<Page> {
  const page = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  if (email) await signIn(page, email);
  return page;
}

// The trainer reads English, as their profile says.
test('a trainer publishes a course, changes a lesson, and publishes again without pulling it from under anyone', async ({
  page,
  browser,
}, { project }) => {
  test.setTimeout(240_000);
  // Publishing asks once more.
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  const title = `Photos on the ${project.name} ${Date.now().toString(36)}`;
  let [studio, course] = ['', ''];
  let learner!: Page;

  await test.step('is asked to sign in, and finds the course, not published yet', async () => {
    await page.goto('/studio');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await signIn(page, TRAINER);
    await expect(page).toHaveURL(/\/studio$/);
    const slug = await importCourse(page, title);
    [studio, course] = [`/studio/${slug}`, `/courses/${slug}`];
    const visitor = await reader(browser);
    expect((await visitor.goto(course))!.status(), 'a visitor does not see a draft').toBe(404);
    await visitor.context().close();
    await page.reload();
    await expect(page.getByRole('listitem').filter({ hasText: title })).toContainText('Not published yet');
    await page.getByRole('link', { name: title }).click();
    await expect(page).toHaveURL(new RegExp(`${studio}$`));
  });

  await test.step('publishes the first version', async () => {
    await page.getByRole('link', { name: 'See what it changes, and publish' }).click();
    await expect(page.getByText('This is the first version: 3 lessons.')).toBeVisible();
    await page.getByRole('button', { name: 'Publish version 1' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Version 1 is published');
  });

  await test.step('a learner begins it', async () => {
    learner = await reader(browser, someone('learner'));
    await learner.goto(course);
    await learner.getByRole('button', { name: 'Start the course' }).click();
    await expect(learner.locator('.prose')).toHaveText(OLD);
  });

  await test.step('starts a draft; a second click starts no second one', async () => {
    await page.goto(studio);
    await page.getByRole('button', { name: 'Start a draft' }).dblclick();
    await expect(page.getByText('You are writing version 2.')).toBeVisible();
    await expect(page.getByText('1 person learning')).toBeVisible();
    await page.reload();
    await expect(page.getByText('Version 3')).toHaveCount(0);
  });

  await test.step('edits a lesson, which saves itself', async () => {
    await page.getByRole('link', { name: 'Photos', exact: true }).click();
    await expect(page.locator('.ProseMirror')).toHaveText(OLD);
    await page.locator('.ProseMirror').click();
    await page.keyboard.press('Control+A');
    await page.keyboard.type(NEW);
    await expect(page.locator('.bar p[role="status"]').last()).toContainText('Saved', { timeout: 15_000 });
    const visitor = await reader(browser);
    await visitor.goto(`${course}/photos`);
    await expect(visitor.locator('.prose'), 'nobody sees it before it is published').toHaveText(OLD);
    await visitor.context().close();
  });

  await test.step('publishes for new learners, once, and gets a receipt', async () => {
    await page.goto(`${studio}/publish`);
    await page.getByRole('button', { name: 'Publish version 2' }).dblclick();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Version 2 is published');
    await expect(page.locator('dl code')).toHaveText(/^[0-9a-f]{64}$/);
    await page.goto(`${studio}/publish`);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('There is no draft to publish.');
  });

  await test.step('who began earlier reads the old text, who comes now the new one', async () => {
    await learner.goto(`${course}/photos`);
    await expect(learner.locator('.prose')).toHaveText(OLD);
    await learner.context().close();
    const visitor = await reader(browser);
    await visitor.goto(`${course}/photos`);
    await expect(visitor.locator('.prose')).toHaveText(NEW);
    await visitor.context().close();
  });
});

test('a course is its trainer’s alone, and the studio is no learner’s', async ({ page, browser }) => {
  test.setTimeout(120_000);
  await signIn(page, TRAINER);
  const slug = await importCourse(page, `Of one trainer ${Date.now().toString(36)}`);
  await page.goto(`/studio/${slug}`);
  const lesson = await page.getByRole('link', { name: 'Photos', exact: true }).getAttribute('href');
  const preview = lesson!.replace('/lessons/', '/preview/');
  const draft = [`/studio/${slug}`, `/studio/${slug}/publish`, lesson!, preview];
  const shipped = ['/studio/get-found-online', '/studio/get-found-online/publish'];

  await test.step('a learner', async () => {
    const learner = await reader(browser, someone('learner'));
    for (const path of ['/studio', ...draft, ...shipped])
      expect((await learner.goto(path))!.status(), path).toBe(403);
    await learner.context().close();
  });

  await test.step('another trainer', async () => {
    const other = await reader(browser, await someoneWho(browser, 'TRAINER'));
    await other.goto('/studio');
    await expect(other.locator('main .empty')).toBeVisible();
    for (const path of draft) expect((await other.goto(path))!.status(), path).toBe(404);
    for (const path of shipped) expect((await other.goto(path))!.status(), path).toBe(403);
    await other.context().close();
  });

  await test.step('their own addresses that lead nowhere', async () => {
    const nobody = '019a0000-0000-7000-8000-000000000000';
    for (const path of [
      '/studio/nothing',
      '/studio/nothing/publish',
      `/studio/${slug}/lessons/${nobody}`,
      `/studio/${slug}/lessons/no-id`,
      `/studio/${slug}/preview/${nobody}`,
      // A lesson of one course under the address of another.
      preview!.replace(slug, 'get-found-online'),
    ])
      expect((await page.goto(path))!.status(), path).toBe(404);
  });
});
