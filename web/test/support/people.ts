import { expect, type Browser, type Cookie, type Page } from '@playwright/test';

/** The people of the demonstration who are there from the start. */
export const TRAINER = 'trainer@tremplin.example';
export const MANAGER = 'manager@tremplin.example';
export const ADMIN = 'admin@tremplin.example';

/** An address that nobody has used: each test has its own people. */
export const someone = (who: string): string =>
  `${who}-${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}@tremplin.example`;

/** The code in the newest mail to an address, once it is there. */
export async function codeFor(page: Page, email: string, sentAfter: Date): Promise<string> {
  let code: string | undefined;
  await expect
    .poll(
      async () => {
        const answer = await page.request.get(`/dev/mailbox.json?to=${encodeURIComponent(email)}`);
        const mails = (await answer.json()) as { subject: string; receivedAt: string }[];
        const fresh = mails.find(({ receivedAt }) => new Date(receivedAt) >= sentAfter);
        code = /\d{6}/.exec(fresh?.subject ?? '')?.[0];
        return code;
      },
      { message: `a code mailed to ${email}`, timeout: 20_000 },
    )
    .toBeTruthy();
  return code!;
}

/** The product's time, which another test may have moved. */
export async function productNow(page: Page): Promise<Date> {
  const { now } = (await (await page.request.get('/dev/clock')).json()) as { now: string };
  return new Date(now);
}

/** The sessions of the demonstration's people: nobody is sent more than a few codes in an hour, and they sign in for every test. */
const sessions = new Map<string, Cookie>();

/**
 * Signs in through the pages, from wherever the sign-in page is open; a new person skips the question for their name.
 * Who is of the demonstration does so once, and comes back with their session.
 */
export async function signIn(page: Page, email: string): Promise<void> {
  if (!isSigningIn(page)) await page.goto('/sign-in');
  const start = page.url();
  const session = sessions.get(email);
  if (session) {
    await page.context().addCookies([session]);
    await page.goto(start);
    if (!isSigningIn(page)) return;
  }
  await signInByCode(page, email, start);
  if (![TRAINER, MANAGER, ADMIN].includes(email)) return;
  const opened = (await page.context().cookies()).find(({ name }) => name === 'session');
  if (opened) sessions.set(email, opened);
}

const isSigningIn = (page: Page): boolean => new URL(page.url(), 'http://x').pathname.startsWith('/sign-in');

async function signInByCode(page: Page, email: string, start: string): Promise<void> {
  // Where two tests sign in as one person at once, only the later code counts: the other asks again.
  await expect(async () => {
    if (page.url() !== start) await page.goto(start);
    const asked = await productNow(page);
    await page.locator('[name=email]').fill(email);
    await page.locator('main form button').first().click();
    await expect(page.locator('[name=code]')).toBeVisible();
    await page.locator('[name=code]').fill(await codeFor(page, email, asked));
    await page.locator('main form button').first().click();
    await page.waitForURL((url) => !url.pathname.startsWith('/sign-in'), { timeout: 15_000 });
  }).toPass({ timeout: 60_000 });
}

/** A new person to whom an administrator has given a role. @returns their address; they are not signed in anywhere. */
export async function someoneWho(browser: Browser, role: 'TRAINER' | 'MANAGER'): Promise<string> {
  const email = someone(role.toLowerCase());
  const context = await browser.newContext({ locale: 'en-GB' });
  const admin = await context.newPage();
  await signIn(admin, ADMIN);
  const answer = await admin.request.post('/graphql', {
    data: {
      query: `mutation ($input: PersonRolesSetInput!) { personRolesSet(input: $input) { userErrors { message } } }`,
      variables: { input: { email, roles: [role] } },
    },
  });
  expect(await answer.json()).toEqual({ data: { personRolesSet: { userErrors: [] } } });
  await context.close();
  return email;
}
