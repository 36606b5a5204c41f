import { expect, test, type Page } from '@playwright/test';
import { ADMIN, signIn, someone, TRAINER } from './support/people';

const found = (page: Page) => page.locator('main ul.plain > li');

async function search(page: Page, words: string): Promise<void> {
  await page.getByLabel('Search by name or email address').fill(words);
  await page.getByRole('button', { name: 'Search', exact: true }).click();
  await expect(page).toHaveURL(new RegExp(`search=${encodeURIComponent(words).replace('%20', '(%20|\\+)')}`));
}

/** Opens the roles of the one person shown, ticks or unticks one, and saves. */
async function changeRole(page: Page, role: string, give: boolean): Promise<void> {
  await page.getByText('Change the roles').click();
  await page.getByRole('checkbox', { name: role }).setChecked(give);
  await page.getByRole('button', { name: 'Save the roles' }).click();
}

// The administrator reads English, as their profile says.
test('an administrator looks after people, background work, mail and the clock', async ({
  page,
  browser,
}) => {
  test.setTimeout(180_000);
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  const email = someone('colleague');

  await test.step('comes to the list of people', async () => {
    await page.goto('/admin');
    await expect(page).toHaveURL(/\/sign-in\?next=/);
    await signIn(page, ADMIN);
    await expect(page).toHaveURL(/\/admin$/);
    await page.getByRole('link', { name: 'People' }).first().click();
    await expect(found(page)).toHaveCount(20);
    const first = await found(page).first().innerText();
    await page.getByRole('link', { name: 'Next page' }).click();
    await expect(page).toHaveURL(/after=/);
    await expect(found(page).first()).not.toHaveText(first);
  });

  await test.step('finds somebody by name, in any case', async () => {
    await search(page, 'thomas roux');
    await expect(found(page)).toHaveCount(1);
    await expect(found(page)).toContainText(TRAINER);
    await expect(found(page)).toContainText('Trainer');
    await search(page, '100%_nobody');
    await expect(page.getByText('Nobody’s name or address matches “100%_nobody”.')).toBeVisible();
  });

  await test.step('adds a colleague by address; a wrong one is said at the field and stays typed', async () => {
    await page.getByText('Add somebody').click();
    const form = page.locator('form[action*="?/add"]');
    await form.evaluate((each: HTMLFormElement) => (each.noValidate = true));
    await form.getByLabel('Email address').fill('not an address');
    await form.getByRole('checkbox', { name: 'Trainer' }).check();
    await form.getByRole('button').click();
    await expect(form.getByLabel('Email address')).toHaveAttribute('aria-invalid', 'true');
    await expect(form.getByLabel('Email address')).toBeFocused();
    await expect(form.getByLabel('Email address')).toHaveValue('not an address');
    await expect(form.getByRole('checkbox', { name: 'Trainer' })).toBeChecked();
    await form.getByLabel('Email address').fill(email);
    await form.getByRole('button').click();
    await expect(found(page)).toHaveCount(1);
    await expect(found(page)).toContainText(email);
    await expect(found(page)).toContainText('Trainer');
  });

  const colleague = await (await browser.newContext({ locale: 'en-GB' })).newPage();
  await test.step('the colleague may do what the role says, and no more', async () => {
    await signIn(colleague, email);
    expect((await colleague.goto('/studio'))!.status()).toBe(200);
    for (const path of ['/admin', '/admin/people', '/admin/deliveries', '/programs'])
      expect((await colleague.goto(path))!.status(), path).toBe(403);
  });

  await test.step('gives the highest role, and is asked before it is taken away', async () => {
    await changeRole(page, 'Administrator', true);
    await expect(page.getByText(/^The roles of .+ are saved\.$/)).toBeVisible();
    expect((await colleague.goto('/admin/people'))!.status()).toBe(200);

    await page.reload();
    await changeRole(page, 'Administrator', false);
    await expect(page.getByText(/will no longer be an administrator/)).toBeVisible();
    expect((await colleague.goto('/admin/people'))!.status(), 'nothing happened yet').toBe(200);
    await page.getByRole('link', { name: 'No, change nothing' }).click();
    await expect(found(page)).toContainText('Administrator');

    await changeRole(page, 'Administrator', false);
    await page.getByRole('button', { name: 'Yes, take it away' }).click();
    await expect(page.getByText(/^The roles of .+ are saved\.$/)).toBeVisible();
    await expect(found(page).locator('.tags')).toHaveText('Trainer');
    expect((await colleague.goto('/admin/people'))!.status(), 'at once, without signing in again').toBe(403);
    await colleague.context().close();
  });

  await test.step('cannot lock themselves out', async () => {
    await search(page, ADMIN);
    await changeRole(page, 'Administrator', false);
    await page.getByRole('button', { name: 'Yes, take it away' }).click();
    await expect(page.getByText(/ask another administrator/i)).toBeVisible();
    await page.reload();
    await expect(found(page)).toContainText('Administrator');
  });

  await test.step('nothing is parked', async () => {
    await page.goto('/admin');
    await page.getByRole('link', { name: 'Background work' }).click();
    await expect(page.locator('main .empty')).toContainText('Nothing is parked');
    expect((await page.goto('/admin/deliveries?after=nonsense'))!.status()).toBe(400);
  });

  await test.step('the mailbox shows the mail to one address', async () => {
    await page.goto('/demo/mailbox');
    await page.getByLabel('Only mail to this address').fill(ADMIN);
    await page.getByRole('button', { name: 'Show' }).click();
    await expect(page.getByText(`to ${ADMIN}`).first()).toBeVisible();
    await page.goto(`/demo/mailbox?to=${encodeURIComponent(someone('nobody'))}`);
    await expect(page.locator('main .empty')).toContainText('No mail to nobody');
  });

  await test.step('the clock goes forward, never back', async () => {
    await page.goto('/demo/clock');
    const days = page.getByLabel('Another number of days');
    for (const wrong of ['many', '-1', '4000']) {
      await days.fill(wrong);
      await page.getByRole('button', { name: 'Move the clock' }).click();
      await expect(days).toHaveAttribute('aria-invalid', 'true');
      await expect(days).toHaveValue(wrong);
      await page.reload();
    }
    // Half a minute: other tests live by the same clock.
    const before = Date.now();
    await days.fill('0.0004');
    await page.getByRole('button', { name: 'Move the clock' }).click();
    await expect(page.getByText(/^The clock was moved/)).toBeVisible();
    const { now } = (await (await page.request.get('/dev/clock')).json()) as { now: string };
    expect(new Date(now).getTime() - before).toBeGreaterThan(30_000);
  });

  await test.step('mail that comes after that bears the moved time', async () => {
    await page.context().clearCookies();
    await page.goto('/sign-in');
    await signIn(page, someone('after-the-move'));
  });
});
