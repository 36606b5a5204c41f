import { expect, test } from '@playwright/test';
import { importCourse } from './support/import-course';
import { MANAGER, signIn, someone, TRAINER } from './support/people';

test.use({ locale: 'en-GB', actionTimeout: 10_000, navigationTimeout: 15_000 });

const REASON = '=A lamp was meant: the shop has no window.';

test('a trainer corrects an answer and grades again; who was right all along passes, and reads why', async ({
  page: trainer,
  browser,
}) => {
  test.setTimeout(150_000);
  trainer.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  await signIn(trainer, TRAINER);
  const slug = await importCourse(trainer, `A wrong key ${Date.now().toString(36)}`);
  await trainer.goto(`/studio/${slug}/publish`);
  await trainer.getByRole('button', { name: 'Publish version 1' }).click();
  await expect(trainer.getByRole('heading', { level: 1 })).toHaveText('Version 1 is published');

  const people = [someone('lamp'), someone('window')];
  const learners = [];
  for (const [index, email] of people.entries()) {
    const learner = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await signIn(learner, email);
    await learner.goto(`/courses/${slug}`);
    await learner.getByRole('button', { name: 'Start the course' }).click();
    await learner.waitForURL(`**/courses/${slug}/photos`);
    await learner.goto(`/courses/${slug}/quiz`);
    await learner.getByRole('button', { name: 'Start the quiz' }).click();
    await learner.getByLabel(['Under a lamp', 'Near a window'][index]!).check();
    await learner.getByRole('button', { name: 'Hand in' }).click();
    await expect(learner.locator('main .notice').first()).toBeVisible();
    learners.push(learner);
  }
  // A spreadsheet would take this name for a formula.
  const named = await learners[0]!.request.post('/graphql', {
    data: {
      query: `mutation { viewerUpdate(input: { name: "=1+2" }) { userErrors { message } } }`,
    },
  });
  expect(await named.json()).toEqual({ data: { viewerUpdate: { userErrors: [] } } });
  const [lamp, window] = learners as [typeof trainer, typeof trainer];
  const result = lamp.url();
  await expect(lamp.getByText('You have 0%; 80% is needed to pass.')).toBeVisible();

  await test.step('the trainer corrects the right answer in the bank', async () => {
    await trainer.goto(`/studio/${slug}`);
    await trainer.getByRole('link', { name: 'Grade again' }).click();
    await expect(trainer.getByText('Nobody was asked a question')).toBeVisible();
    await trainer.goto(`/studio/${slug}/questions`);
    await trainer.getByRole('link', { name: 'Where is the light best?' }).click();
    await trainer.getByRole('radio', { name: /right/i }).nth(1).check();
    await trainer.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(trainer.getByText('version 2').first()).toBeVisible();
  });

  await test.step('looks at what would change', async () => {
    await trainer.goto(`/studio/${slug}/regrades`);
    await trainer.getByRole('link', { name: /^See what would change/ }).click();
    await expect(trainer.getByText('2 tries were graded by another right answer.')).toBeVisible();
    const rows = trainer.getByRole('row');
    await expect(rows.filter({ hasText: people[0]! })).toContainText('100%');
    await expect(rows.filter({ hasText: people[1]! })).toContainText('0%');
    await lamp.reload();
    await expect(lamp.getByText('You have 0%; 80% is needed to pass.'), 'nothing is changed').toBeVisible();
  });

  await test.step('grades again, and reads the report', async () => {
    await trainer.getByLabel('Why').fill(REASON);
    await trainer.getByRole('button', { name: 'Grade again' }).click();
    await expect(trainer.getByRole('heading', { level: 1 })).toHaveText('What changed');
    await expect(trainer.getByText(/^Finished on/)).toBeVisible({ timeout: 30_000 });
    await trainer.getByRole('link', { name: 'Below the pass mark now, and stay passed: 1' }).click();
    await expect(trainer.getByRole('row').filter({ hasText: people[1]! })).toBeVisible();
    await expect(trainer.getByRole('row').filter({ hasText: people[0]! })).toHaveCount(0);
    expect(
      await trainer.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
    const csv = await trainer.request.get(`${trainer.url().split('?')[0]}/report.csv`);
    expect(csv.headers()['content-type']).toContain('text/csv');
    const lines = (await csv.text()).split('\r\n');
    expect(lines).toHaveLength(4); // with its head, and an end
    expect(lines.find((line) => line.includes(people[0]!))).toMatch(/^"'=1\+2","lamp-/);
  });

  await test.step('the learners read it: one passes, the other stays passed', async () => {
    await lamp.goto(result);
    await expect(lamp.getByText('You had 0%, and have 100% now. That makes it passed.')).toBeVisible();
    await expect(lamp.getByText(REASON)).toBeVisible();
    await expect(lamp.getByText('Well done: the quiz is passed.')).toBeVisible();
    await window.reload();
    await expect(window.getByText('You had 100%, and have 0% now. The quiz stays passed')).toBeVisible();
    expect(
      await window.evaluate(() => document.documentElement.scrollWidth - innerWidth),
    ).toBeLessThanOrEqual(0);
  });
  for (const learner of learners) await learner.context().close();

  await test.step('a manager finds the reports from the program, and of others’ learners nothing', async () => {
    const manager = await (await browser.newContext({ locale: 'en-GB' })).newPage();
    await signIn(manager, MANAGER);
    await manager.goto('/programs/digital-springboard');
    await manager.getByRole('link', { name: 'Quizzes graded again' }).click();
    await expect(manager.getByRole('heading', { level: 1 })).toHaveText('Quizzes graded again');
    await expect(manager.getByText('No quiz of the people of this program')).toBeVisible();
    const id = new URL(trainer.url()).pathname.split('/').at(-1);
    expect((await manager.goto(`/programs/digital-springboard/regrades/${id}`))!.status()).toBe(404);
    await manager.context().close();
  });
});
