import { expect, test, type Page } from '@playwright/test';
import { MANAGER, signIn, someone, someoneWho } from './support/people';

const PROGRAM = '/programs/digital-springboard';
/** Where the other tests enroll nobody, so that what is counted here stays as it is. */
const REGION = 'FR-HDF';

const regionFilter = (page: Page) => page.getByLabel('Region', { exact: true });

/** Numerator and denominator of a rate, as they are read. */
async function rate(page: Page, kind: 'matured' | 'enrolled' | 'started'): Promise<[number, number]> {
  const text = await page.locator(`[data-rate=${kind}] .figure`).innerText();
  const [, n, of] = /^(\d+) of (\d+) enrollments$/.exec(text) ?? [];
  expect(of, `“${text}” says what the rate is made of`).toBeDefined();
  return [Number(n), Number(of)];
}

const stageCount = async (page: Page, stage: string): Promise<number> =>
  Number(await page.locator(`[data-stage=${stage}] strong`).innerText());

/** Enrollments by course and region, as the table says; the last is all of them together. */
const groupCounts = (page: Page): Promise<number[]> =>
  page
    .locator('section[aria-labelledby=groups] tbody td.number')
    .evaluateAll((cells) => cells.map((cell) => Number(cell.textContent)));

/** The invited are what became of them, and who enrolled either was invited or came on their own. */
async function expectInvitedToAddUp(page: Page, enrolled: number): Promise<void> {
  const invited = await stageCount(page, 'INVITED');
  const sumOf = async (stage: string): Promise<number> =>
    (
      (await page.locator(`[data-stage=${stage}] .detail`).innerText()).match(/(?<!within )\d+/g) ?? []
    ).reduce((sum, count) => sum + Number(count), 0);
  if (invited === 0) return expect(page.getByText('Nobody was invited.').first()).toBeVisible();
  expect(await sumOf('INVITED')).toBe(invited);
  if (enrolled > 0) expect(await sumOf('ENROLLED')).toBe(enrolled);
}

/** All figures of the dashboard say the same of the enrollments that they are about. */
async function expectConsistent(page: Page): Promise<number> {
  const [completedInTime, enrolled] = await rate(page, 'enrolled');
  const [, started] = await rate(page, 'started');
  const [, matured] = await rate(page, 'matured');
  expect(await stageCount(page, 'ENROLLED')).toBe(enrolled);
  expect(await stageCount(page, 'STARTED')).toBe(started);
  await expectInvitedToAddUp(page, enrolled);
  expect(await stageCount(page, 'COMPLETED')).toBeGreaterThanOrEqual(completedInTime);
  expect(matured).toBeLessThanOrEqual(enrolled);
  const groups = await groupCounts(page);
  expect(groups.pop(), 'the row of all together').toBe(enrolled);
  expect(groups.reduce((sum, count) => sum + count, 0)).toBe(enrolled);
  return enrolled;
}

/** Reads every page of a list and counts its rows. */
async function countRows(page: Page, rows: string): Promise<number> {
  let count = 0;
  for (;;) {
    await expect(page.locator(rows).first()).toBeVisible();
    count += await page.locator(rows).count();
    const next = page.getByRole('link', { name: 'Next page' });
    if ((await next.count()) === 0) return count;
    const href = await next.getAttribute('href');
    await page.goto(href!);
  }
}

// The manager reads English, as their profile says.
test('a manager reads the rates, narrows them, and comes to the people behind them', async ({
  page,
  browser,
}) => {
  test.setTimeout(240_000);
  let everybody = 0;

  await test.step('is asked to sign in, and comes back to the very figures of the address', async () => {
    await page.goto(`${PROGRAM}?region=${REGION}`);
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await signIn(page, MANAGER);
    await expect(page).toHaveURL(new RegExp(`${PROGRAM}\\?region=${REGION}$`));
    await expect(regionFilter(page)).toHaveValue(REGION);
  });

  await test.step('opens the program from the list of those they manage', async () => {
    await page.goto('/programs');
    await page.getByRole('link', { name: /springboard/ }).click();
    await expect(page).toHaveURL(new RegExp(`${PROGRAM}$`));
  });

  await test.step('reads a rate with what it is made of, what it counts, and as of when', async () => {
    everybody = await expectConsistent(page);
    expect(everybody).toBeGreaterThan(100);
    const first = page.locator('[data-rate]').first();
    await expect(first).toHaveAttribute('data-rate', 'matured');
    const [n, of] = await rate(page, 'matured');
    await expect(first.getByRole('img')).toHaveAccessibleName(
      `${Math.round((100 * n) / of)}%: ${n} of ${of}`,
    );
    await first.getByText('What does this count?').click();
    await expect(first.getByText('completion.rate-matured.v2')).toBeVisible();
    await expect(first.locator('time')).toContainText(/20\d\d/);
  });

  await test.step('a region and a cohort change every figure, in the same way', async () => {
    await regionFilter(page).selectOption(REGION);
    await expect(page).toHaveURL(new RegExp(`\\?region=${REGION}$`));
    const inRegion = await expectConsistent(page);
    expect(inRegion).toBeGreaterThan(0);
    expect(inRegion).toBeLessThan(everybody);
    await page.getByLabel('Cohort').selectOption({ index: 1 });
    await expect(page).toHaveURL(/cohort=/);
    await expect.poll(() => stageCount(page, 'ENROLLED')).toBeLessThan(inRegion);
    await expectConsistent(page);
  });

  await test.step('a shorter time changes the rates and not the funnel', async () => {
    await page.goto(`${PROGRAM}?region=${REGION}`);
    const [funnel, [completedInTime]] = [await stageCount(page, 'COMPLETED'), await rate(page, 'enrolled')];
    await page.goto(`${PROGRAM}?region=${REGION}&horizon=3`);
    expect(await stageCount(page, 'COMPLETED')).toBe(funnel);
    expect((await rate(page, 'enrolled'))[0]).toBeLessThan(completedInTime);
  });

  await test.step('who is invited is a step before, and no loss of those who came on their own', async () => {
    await page.goto(PROGRAM);
    const [invited, enrolled] = [await stageCount(page, 'INVITED'), await stageCount(page, 'ENROLLED')];
    await page.locator('[data-stage=INVITED] a').click();
    await page.waitForURL('**/invitations');
    await page.getByLabel('Email addresses').fill(someone('invited'));
    await page.getByRole('button', { name: 'Send the invitations' }).click();
    await expect(page.locator('main .notice.yes')).toBeVisible();
    await page.goto(PROGRAM);
    expect(await stageCount(page, 'INVITED')).toBeGreaterThan(invited);
    expect(await stageCount(page, 'ENROLLED')).toBeGreaterThanOrEqual(enrolled);
    await expectConsistent(page);
    await page.getByText('The same as a table').click();
    await expect(page.getByRole('row', { name: /^Invited/ })).toContainText('not answered yet');
  });

  await test.step('more time or tries are given from the page of the person, where the quiz has limits', async () => {
    await page.goto(`${PROGRAM}/people?region=${REGION}&stage=ENROLLED`);
    await page
      .getByRole('row')
      .filter({ hasNotText: /left|over/i })
      .locator('a.name')
      .first()
      .click();
    await page.getByRole('link', { name: 'More time or tries in a quiz' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toContainText('More time or tries for');
    await expect(page.getByText('as many tries as wanted').first()).toBeVisible();
    const give = page.getByText('Give something', { exact: true });
    if ((await give.count()) > 0) {
      await give.first().click();
      const form = page
        .locator('form')
        .filter({ has: page.getByRole('button', { name: 'Give', exact: true }) });
      await form.first().getByLabel('Tries more').fill('1');
      await form.first().getByLabel('Why').fill('Was ill');
      await form.first().getByRole('button', { name: 'Give', exact: true }).click();
      await expect(page.getByText('more attempts would change nothing')).toBeVisible();
      await expect(form.first().getByLabel('Why')).toHaveValue('Was ill');
    }
    await page.getByRole('link', { name: 'Back to the person' }).click();
    await expect(page).toHaveURL(/\/learners\/[0-9a-f-]+$/);
  });

  await test.step('behind each stage are as many people as it counts', async () => {
    for (const stage of ['ENROLLED', 'HALF_DONE', 'COMPLETED']) {
      await page.goto(`${PROGRAM}?region=${REGION}`);
      const count = await stageCount(page, stage);
      await page.locator(`[data-stage=${stage}] a`).click();
      await page.waitForURL(`**/people?**stage=${stage}`);
      await expect(page.getByText('Region: Hauts-de-France')).toBeVisible();
      await expect(page.getByText(`${count} enrollments`)).toBeVisible();
      expect(await countRows(page, 'tbody tr')).toBe(count);
    }
  });

  await test.step('a list longer than a page goes on, and counts the same', async () => {
    // By cohort: people of other tests enroll in the open one only, which is the last.
    await page.goto(PROGRAM);
    await page.getByLabel('Cohort').selectOption({ index: 1 });
    await expect(page).toHaveURL(/cohort=/);
    await expect.poll(() => stageCount(page, 'ENROLLED')).toBeLessThan(everybody);
    const count = await stageCount(page, 'ENROLLED');
    expect(count).toBeGreaterThan(50);
    await page.locator('[data-stage=ENROLLED] a').click();
    await page.waitForURL('**/people?**');
    expect(await countRows(page, 'tbody tr')).toBe(count);
  });

  await test.step('the people at risk, why, and how to write to them', async () => {
    await page.goto(PROGRAM);
    await expect(page.locator('[data-reason]').first()).toBeVisible();
    await page.getByRole('link', { name: /^See all/ }).click();
    await page.waitForURL('**/at-risk');
    const first = page.locator('article').first();
    await expect(first.locator('[data-reason]').first()).toContainText(/\d+ (days|times)|finished on/);
    await expect(first.getByRole('link', { name: /^Write to/ })).toHaveAttribute('href', /^mailto:.+@.+/);
    const total = Number(/\d+/.exec(await page.getByText(/enrollments at risk/).innerText())![0]);
    expect(await countRows(page, 'main article')).toBe(total);
  });

  await test.step('the filters work without a script', async () => {
    const context = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await page.context().storageState(),
    });
    const plain = await context.newPage();
    await plain.goto(PROGRAM);
    await regionFilter(plain).selectOption(REGION);
    await plain.getByRole('button', { name: 'Show' }).click();
    await expect(plain).toHaveURL(new RegExp(`region=${REGION}`));
    await expect(regionFilter(plain)).toHaveValue(REGION);
    expect(await expectConsistent(plain)).toBeLessThan(everybody);
    await context.close();
  });

  await test.step('filters that nobody matches, and a wrong address, say so', async () => {
    await page.goto(`${PROGRAM}?until=2001-01-01`);
    await expect(page.getByText('Nobody matches these filters.')).toBeVisible();
    await page.getByRole('link', { name: 'Reset the filters' }).click();
    await expect(page.locator('[data-rate]').first()).toBeVisible();
    for (const wrong of ['?horizon=many', '?from=yesterday', '/people?stage=NONE'])
      expect((await page.goto(PROGRAM + wrong))!.status(), wrong).toBe(400);
  });
});

test('the figures are nobody else’s', async ({ browser }) => {
  test.setTimeout(180_000);
  const paths = [PROGRAM, `${PROGRAM}/at-risk`, `${PROGRAM}/regrades`, `${PROGRAM}/people?stage=ENROLLED`];

  await test.step('a learner finds nothing', async () => {
    const context = await browser.newContext();
    const learner = await context.newPage();
    await signIn(learner, someone('learner'));
    for (const path of paths) expect((await learner.goto(path))!.status(), path).toBe(404);
    expect((await learner.goto('/programs'))!.status()).toBe(403);
    await context.close();
  });

  await test.step('a manager of no program finds an empty list', async () => {
    const context = await browser.newContext({ locale: 'en-GB' });
    const other = await context.newPage();
    await signIn(other, await someoneWho(browser, 'MANAGER'));
    for (const path of paths) expect((await other.goto(path))!.status(), path).toBe(404);
    await other.goto('/programs');
    await expect(other.locator('main .empty')).toBeVisible();
    await context.close();
  });
});
