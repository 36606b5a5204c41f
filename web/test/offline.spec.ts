import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { COURSE } from './support/course';
import { Line } from './support/line';
import { signIn, someone } from './support/people';

/** A device with a line of its own, which the test may cut. */
interface Device {
  line: Line;
  context: BrowserContext;
  page: Page;
}

const open: (() => Promise<void>)[] = [];
test.afterEach(async () => {
  for (const close of open.splice(0)) await close();
});

async function device(): Promise<Device> {
  const line = await Line.to(process.env.TREMPLIN_URL!);
  const { browser, context } = await line.device();
  open.push(async () => {
    await browser.close();
    await line.close();
  });
  return { line, context, page: await context.newPage() };
}

/** Signed in and enrolled, with the service worker at work. */
async function enrolled(of: Device, email: string): Promise<void> {
  await signIn(of.page, email);
  await of.page.goto(COURSE);
  const start = of.page.getByRole('button', { name: 'Commencer la formation' });
  if (await start.isVisible()) {
    await start.click();
    await of.page.waitForURL(`**${COURSE}/**`);
  }
  await of.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

const download = (page: Page) =>
  page.getByRole('button', { name: /Télécharger cette formation \(\d.* Mo\)/ });

async function keep({ page }: Device): Promise<void> {
  await page.goto(COURSE);
  await download(page).click();
  await expect(page.getByText('Sur ce téléphone :')).toBeVisible({ timeout: 60_000 });
}

async function loseLine({ line, context }: Device): Promise<void> {
  line.cut();
  await context.setOffline(true);
}

async function findLine({ line, context }: Device): Promise<void> {
  line.state = 'WHOLE';
  await context.setOffline(false);
}

const waiting = (page: Page) => page.locator('#outbox');
const lessonLinks = (page: Page) =>
  page.locator('ol.modules a').evaluateAll((links) => links.map((link) => link.getAttribute('href')!));
const finish = (page: Page) => page.locator('form[action="?/complete"] button').click();
const doneMarks = (page: Page) => page.locator('ol.modules li.done');

test('a course is downloaded, read and worked on without a line, and sent once when it is back', async () => {
  const phone = await device();
  await enrolled(phone, someone('offline'));
  await keep(phone);
  const [first, second, third] = await lessonLinks(phone.page);
  await loseLine(phone);

  await phone.page.goto(first!);
  await expect(phone.page.locator('.prose p').first()).toBeVisible();
  await finish(phone.page);
  await phone.page.waitForURL(`**${second}`);
  await expect(waiting(phone.page)).toContainText('1 leçon attend');
  await finish(phone.page);
  await phone.page.waitForURL(`**${third}`);
  await expect(waiting(phone.page)).toContainText('2 leçons attendent');

  // The home page is not kept: it says so, and leads to the course.
  await phone.page.goto('/');
  await expect(phone.page.getByRole('heading', { name: 'Pas de connexion' })).toBeVisible();
  await phone.page.getByRole('link', { name: 'Se faire trouver en ligne' }).click();
  await phone.page.waitForURL(`**${COURSE}`);
  await expect(doneMarks(phone.page)).toHaveCount(0);

  // The tab is closed, and the course opened again, still without a line.
  await phone.page.close();
  phone.page = await phone.context.newPage();
  await phone.page.goto(COURSE);
  await expect(waiting(phone.page)).toContainText('2 leçons attendent');
  await expect(phone.page.getByText('à envoyer ·').filter({ visible: true })).toHaveCount(2);
  // The page that was kept before counts them, and goes on after them.
  const progress = phone.page.locator('[data-progress]');
  await expect(progress).toContainText('2 sur 26 leçons');
  await expect(progress.getByRole('img', { name: /^2 sur 26 leçons/ })).toBeVisible();
  const steps = await progress.locator('.since').evaluate((each) => each.getBoundingClientRect().width);
  expect(steps).toBeGreaterThan(10);
  await expect(phone.page.locator('[data-continue]')).toHaveAttribute('href', third!);
  await expect(phone.page.locator('li.next a')).toHaveAttribute('href', third!);
  await phone.page.goto(first!);
  await expect(phone.page.getByText('Terminée sur ce téléphone.')).toBeVisible();
  await expect(phone.page.locator('form[action="?/complete"]')).toBeHidden();
  expect(phone.line.completions).toBe(0);

  await findLine(phone);
  await expect(waiting(phone.page)).toBeHidden({ timeout: 30_000 });
  await expect(phone.page.locator('[data-progress]')).toContainText('2 sur 26 leçons');
  await phone.page.goto(COURSE);
  await expect(doneMarks(phone.page)).toHaveCount(2);
  await expect(phone.page.locator('[data-progress]')).toContainText('2 sur 26 leçons');
  await expect(phone.page.locator('[data-progress] .since')).toHaveCount(0);
  expect(phone.line.completions).toBe(2);
});

test('a lesson that the server has and the phone never heard of is done once', async () => {
  const phone = await device();
  await enrolled(phone, someone('unheard'));
  await keep(phone);
  const [first, second] = await lessonLinks(phone.page);
  await phone.page.goto(first!);
  phone.line.state = 'DEAF';
  await finish(phone.page);
  await phone.page.waitForURL(`**${second}`);
  expect(phone.line.unheard).toBeGreaterThan(0);
  await expect(waiting(phone.page)).toContainText('1 leçon attend');
  phone.line.state = 'WHOLE';
  await phone.page.goto(COURSE);
  await expect(waiting(phone.page)).toBeHidden({ timeout: 30_000 });
  await phone.page.goto(COURSE);
  await expect(doneMarks(phone.page)).toHaveCount(1);
});

test('two devices without a line lose nothing of each other', async () => {
  const email = someone('two-devices');
  const phone = await device();
  await enrolled(phone, email);
  await keep(phone);
  const laptop = await device();
  await enrolled(laptop, email);
  await keep(laptop);
  const [first, second, third] = await lessonLinks(phone.page);
  await loseLine(phone);
  await loseLine(laptop);
  for (const [on, lesson] of [
    [phone, first],
    [phone, second],
    [laptop, second],
    [laptop, third],
  ] as const) {
    await on.page.goto(lesson!);
    await finish(on.page);
    await on.page.waitForURL((url) => url.pathname !== lesson);
  }
  for (const on of [laptop, phone]) {
    await findLine(on);
    await expect(waiting(on.page)).toBeHidden({ timeout: 30_000 });
  }
  await phone.page.goto(COURSE);
  await expect(doneMarks(phone.page)).toHaveCount(3);
});

test('a quiz says that it needs a line, and nothing of its answers is on the phone', async () => {
  const phone = await device();
  await enrolled(phone, someone('offline-quiz'));
  await keep(phone);
  const quiz = (await lessonLinks(phone.page)).find((href) => href.includes('quiz'))!;
  const kept = await phone.page.evaluate(async () => {
    const name = (await caches.keys()).find((each) => each.startsWith('kept:'))!;
    const cache = await caches.open(name);
    const texts = await Promise.all(
      (await cache.keys()).map(async (request) => (await cache.match(request))!.text()),
    );
    return texts.join('\n');
  });
  expect(kept).toContain('<article');
  expect(kept).not.toMatch(/ol class="[^"]*questions|name="(choice|text|match|place)-|"correct"/);
  await loseLine(phone);
  await phone.page.goto(quiz);
  await expect(phone.page.getByText('Un quiz demande une connexion')).toBeVisible();
});

test('signing out asks when something waits, and leaves nothing behind', async () => {
  const phone = await device();
  await enrolled(phone, someone('leaving'));
  await keep(phone);
  const [first, second] = await lessonLinks(phone.page);
  await phone.page.goto(first!);
  phone.line.state = 'DEAF';
  await finish(phone.page);
  await phone.page.waitForURL(`**${second}`);

  // Pages come again; what is done does not get through.
  await phone.page.goto('/account');
  const asked: string[] = [];
  let isSure = false;
  phone.page.on('dialog', (dialog) => {
    asked.push(dialog.message());
    void (isSure ? dialog.accept() : dialog.dismiss());
  });
  const leave = phone.page.getByRole('button', { name: 'Se déconnecter' });
  await leave.click();
  await expect.poll(() => asked.length).toBe(1);
  expect(asked[0]).toMatch(/^Pas encore envoyé\s: 1\./);
  await expect(waiting(phone.page)).toBeVisible();
  isSure = true;
  await leave.click();
  await expect(phone.page.getByRole('link', { name: 'Se connecter' }).first()).toBeVisible();
  const left = await phone.page.evaluate(async () =>
    (await caches.keys()).filter((name) => name.startsWith('kept:')),
  );
  expect(left).toEqual([]);
  phone.line.state = 'WHOLE';
  await loseLine(phone);
  await phone.page.goto(first!);
  await expect(phone.page.getByRole('heading', { name: 'Pas de connexion' })).toBeVisible();
});

test('another person on the phone sees nothing of the first, who did not sign out', async () => {
  const phone = await device();
  await enrolled(phone, someone('first'));
  await keep(phone);
  const [first, second] = await lessonLinks(phone.page);
  await loseLine(phone);
  await phone.page.goto(first!);
  await finish(phone.page);
  await phone.page.waitForURL(`**${second}`);
  await phone.context.clearCookies();
  await findLine(phone);
  await signIn(phone.page, someone('second'));
  await phone.page.goto('/learning');
  await expect(waiting(phone.page)).toBeHidden();
  await expect
    .poll(() =>
      phone.page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('kept:'))),
    )
    .toEqual([]);
  await loseLine(phone);
  await phone.page.goto(first!);
  await expect(phone.page.getByRole('heading', { name: 'Pas de connexion' })).toBeVisible();
  await expect(phone.page.getByRole('link', { name: 'Se faire trouver en ligne' })).toHaveCount(0);
});
