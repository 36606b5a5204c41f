import { expect, test, type Page } from '@playwright/test';
import { COURSE } from './support/course';
import { MANAGER, signIn, someone } from './support/people';

const PROGRAM = '/programs/digital-springboard';

/** The newest mail to an address whose subject fits, once it is there. */
async function mailTo(
  page: Page,
  email: string,
  subject: RegExp,
): Promise<{ subject: string; text: string }> {
  let found: { subject: string; text: string } | undefined;
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`/dev/mailbox.json?to=${encodeURIComponent(email)}`);
        const mails = (await answer.json()) as { subject: string; text: string }[];
        found = mails.find((mail) => subject.test(mail.subject));
        return found !== undefined;
      },
      { message: `a mail to ${email}`, timeout: 20_000 },
    )
    .toBe(true);
  return found!;
}

test.describe('invitations', () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`reach people by mail, and are theirs to accept or decline, ${javaScriptEnabled ? 'with' : 'without'} scripts`, async ({
      browser,
    }) => {
      test.setTimeout(180_000);
      const [yes, no] = [someone('invited'), someone('invited')];
      const office = await browser.newContext({ locale: 'en-GB', javaScriptEnabled });
      const manager = await office.newPage();
      await manager.goto(`/sign-in?next=${PROGRAM}`);
      await signIn(manager, MANAGER);
      await manager.goto(PROGRAM);
      await manager.getByRole('link', { name: 'Invitations' }).click();
      await expect(manager.getByRole('heading', { level: 1, name: 'Invitations' })).toBeVisible();
      await manager.getByLabel('Email addresses').fill(`${yes}\n${no}, not-an-address`);
      await manager.getByRole('button', { name: 'Send the invitations' }).click();
      await expect(manager.getByText('2 people are being written to.')).toBeVisible();
      await expect(manager.getByText('not-an-address: is no email address')).toBeVisible();
      await expect(manager.getByLabel('Email addresses')).toHaveValue('');

      // Nobody knows their language yet: the mail is in both.
      const mail = await mailTo(manager, yes, /Invitation/);
      expect(mail.subject).toMatch(/^Invitation : « .* » \/ Invitation: “.*”$/);
      const link = /http\S+\/learning/.exec(mail.text)![0];

      const home = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled });
      const learner = await home.newPage();
      await learner.goto(new URL(link).pathname);
      await signIn(learner, yes);
      await learner.goto('/learning');
      const card = learner.locator('li').filter({ hasText: 'vous invite' });
      await expect(card).toHaveCount(1);
      await card.getByRole('button', { name: 'Accepter' }).click();
      await learner.waitForURL(`**${COURSE}`);
      await learner.goto('/learning');
      await expect(learner.getByText('vous invite')).toHaveCount(0);
      await expect(learner.getByRole('heading', { name: 'En cours' })).toBeVisible();
      await home.close();

      const other = await browser.newContext({ locale: 'fr-FR', javaScriptEnabled });
      const decliner = await other.newPage();
      await decliner.goto('/sign-in?next=/learning');
      await signIn(decliner, no);
      await decliner.goto('/learning');
      await decliner.locator('summary', { hasText: 'Décliner' }).click();
      await decliner
        .locator('form[action="?/decline"]')
        .evaluate((form: HTMLFormElement) => (form.noValidate = true));
      await decliner.getByRole('button', { name: 'Décliner l’invitation' }).click();
      await expect(decliner.getByText('Choisissez la raison qui convient le mieux.')).toBeVisible();
      await decliner.locator('select[name=reason]').selectOption('NOT_EXPECTED');
      await decliner.getByRole('button', { name: 'Décliner l’invitation' }).click();
      await expect(decliner.getByText('vous invite')).toHaveCount(0);
      await other.close();

      await manager.goto(`${PROGRAM}/invitations`);
      await expect(manager.locator('tr').filter({ hasText: yes })).toContainText('Accepted');
      await expect(manager.locator('tr').filter({ hasText: no })).toContainText('Declined');
      await expect(manager.locator('tr').filter({ hasText: no })).toContainText('I do not know this program');
      await office.close();
    });
  }

  test('are taken back by whoever sent them', async ({ page }) => {
    const email = someone('invited');
    page.on('dialog', (dialog) => void dialog.accept());
    await page.goto(`/sign-in?next=${PROGRAM}/invitations`);
    await signIn(page, MANAGER);
    await page.goto(`${PROGRAM}/invitations`);
    await page.locator('[name=emails]').fill(email);
    await page.locator('form[action="?/invite"] button').click();
    const row = page.locator('tr').filter({ hasText: email });
    await row.locator('form[action^="?/withdraw"] button').click();
    await expect(row.getByRole('button')).toHaveCount(0);
    await page.locator('[name=emails]').fill(email);
    await page.locator('form[action="?/invite"] button').click();
    // Within a day of its mail it is not sent anew.
    await expect(page.locator('main .notice li')).toContainText(email);
  });
});
