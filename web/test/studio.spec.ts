import { expect, test, type Page } from '@playwright/test';
import { signIn, someone, someoneWho } from './support/people';

const GIFT = `::Parasol:: What keeps the sun off? { =A parasol ~A spoon }

::Broken:: What is this? { =%50%half ~

::Price:: A stall costs 12 euros. {T}
`;

/** A red dot, as a PNG. */
const PICTURE = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAUAAAAFCAYAAACNbyblAAAAHElEQVQI12P4//8/w38GIAXDIBKE0DHxgljNBAAO9TXL0Y4OHwAAAABJRU5ErkJggg==',
  'base64',
);

test.use({ locale: 'en-GB', actionTimeout: 10_000, navigationTimeout: 15_000 });

const text = (page: Page) => page.locator('.ProseMirror');
const saved = (page: Page) =>
  expect(page.locator('.bar p[role="status"]').last()).toContainText('Saved', { timeout: 15_000 });

async function addLesson(page: Page, title: string, kind: string): Promise<void> {
  const form = page.locator('form.panel');
  await form.getByLabel('Title').fill(title);
  await form.getByLabel('Kind of lesson').selectOption(kind);
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  await expect(page.getByRole('link', { name: title, exact: true })).toBeVisible();
}

test('a trainer writes a course from nothing, translates it, imports questions, and publishes it while somebody learns', async ({
  page,
  browser,
}) => {
  test.setTimeout(150_000);
  const faults: string[] = [];
  page.on('pageerror', ({ message }) => faults.push(message));
  page.on('response', (response) => {
    if (response.status() >= 500) faults.push(`${response.status()} ${response.url()}`);
  });
  page.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
  const other = await (await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce' })).newPage();
  other.setDefaultTimeout(10_000);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await signIn(page, await someoneWho(browser, 'TRAINER'));

  let home = '';
  await test.step('makes the course and its outline', async () => {
    // On a slow line the form is there before its scripts are: what is typed until then stays.
    let release = () => {};
    const released = new Promise<void>((resolve) => (release = resolve));
    const scripts = '**/_app/**/*.js';
    await page.route(scripts, async (route) => {
      await released;
      await route.continue();
    });
    await page.goto('/studio', { waitUntil: 'commit' });
    const title = `A stall at the market ${Date.now().toString(36)}`;
    await page.getByLabel('Title').fill(title);
    release();
    await page.waitForLoadState('networkidle');
    await page.unroute(scripts);
    await expect(page.getByLabel('Title')).toHaveValue(title);
    await page.getByLabel('Language you write it in first').selectOption('en');
    await page.getByRole('button', { name: 'Create the course' }).click();
    await page.waitForURL((url) => /^\/studio\/.+/.test(url.pathname));
    home = new URL(page.url()).pathname;
    await page.getByLabel('Add a module').fill('The stall');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('button', { name: 'Add a lesson to “The stall”' }).click();
    await addLesson(page, 'Choosing your place', 'READING');
    await addLesson(page, 'Check', 'QUIZ');
  });

  await test.step('is told what is missing before it can be published', async () => {
    await page.goto(`${home}/publish`);
    await expect(page.getByText('The lesson “Choosing your place” is empty.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Publish version 1' })).toHaveCount(0);
    await page.getByRole('link', { name: /^Mend it – The lesson “Choosing/ }).click();
    await expect(text(page)).toBeVisible();
  });

  await test.step('writes a text with a heading, a list, a picture and a video', async () => {
    await text(page).click();
    await page.keyboard.type('Come early.');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Heading', exact: true }).click();
    await page.keyboard.type('What to bring');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'List', exact: true }).click();
    await page.keyboard.type('A parasol');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Picture', exact: true }).click();
    await (await chooser).setFiles({ name: 'stall.png', mimeType: 'image/png', buffer: PICTURE });
    await expect(page.getByLabel('What it shows, for those who do not see it')).toBeFocused();
    await page.keyboard.type('A stall under trees');
    // A picture that is selected is not replaced by what is put in next.
    await text(page).locator('.media-head strong').click();
    await page.getByRole('button', { name: 'Embedded page', exact: true }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').fill('https://www.youtube.com/watch?v=aqz-KE-bpKQ');
    await dialog.getByRole('button', { name: 'Put it in' }).click();
    await expect(text(page).locator('figure')).toHaveCount(2);
    await text(page).locator('figure').last().getByLabel('Title').fill('A walk over the market');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await saved(page);
  });

  await test.step('takes an old text back from the history', async () => {
    await text(page).locator('p').first().click();
    await page.keyboard.press('Home');
    await page.keyboard.type('NEVER ');
    // Asked for, it is a save of its own; those of two minutes of writing are one.
    await page.keyboard.press('Control+s');
    await saved(page);
    await page.getByRole('link', { name: 'History' }).click();
    await expect(page.locator('ins').first()).toContainText('NEVER');
    await page.locator('nav ol a').nth(1).click();
    await expect(page.getByRole('button', { name: 'Take this text back' })).toBeVisible();
    await page.getByRole('button', { name: 'Take this text back' }).click();
    await expect(page.getByText('Taken back.')).toBeVisible();
    await page.getByRole('link', { name: 'Back to the text' }).click();
    await expect(text(page)).toContainText('What to bring');
    await expect(text(page)).not.toContainText('NEVER');
    await expect(text(page).locator('figure')).toHaveCount(2);
  });

  await test.step('imports a GIFT file into the bank: what is wrong is listed, the rest is kept', async () => {
    await page.goto(`${home}/questions`);
    await page.getByRole('link', { name: 'Import questions' }).click();
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'market.gift', mimeType: 'text/plain', buffer: Buffer.from(GIFT) });
    await page.getByRole('button', { name: 'Send and read' }).click();
    await page.waitForURL(/\/studio\/import\/./);
    await expect(page.getByText('2 questions')).toBeVisible({ timeout: 20_000 });
    await expect(page.getByText(/line 3/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Apply', exact: true }).click();
    await expect(page.getByText('The questions are in the question bank.')).toBeVisible({ timeout: 20_000 });
    await page.getByRole('link', { name: 'Open the question bank' }).click();
    await expect(page.getByRole('link', { name: /What keeps the sun off/ })).toBeVisible();
  });

  await test.step('writes a question and composes the quiz', async () => {
    await page.goto(home);
    await page.getByRole('button', { name: 'More for “Check”' }).click();
    await page.getByRole('link', { name: 'Choose the questions' }).click();
    await page.getByRole('button', { name: /Add “What keeps the sun off/ }).click();
    await page.getByRole('button', { name: /Add “A stall costs/ }).click();
    await page.getByRole('button', { name: 'Save the quiz' }).click();
    await expect(page.locator('form [role=status]')).toContainText('Nothing to save');
    await page.getByRole('link', { name: 'Write a new question' }).click();
    await page.getByLabel('What is asked').fill('When do you come?');
    await page.getByLabel('Text 1', { exact: true }).fill('Early');
    await page.getByLabel('Text 2', { exact: true }).fill('Late');
    await page.getByRole('button', { name: 'Remove number 3' }).click();
    await page.getByRole('button', { name: 'Add to the quiz and to the bank' }).click();
    await page.waitForURL(/\/quizzes\//);
    await expect(page.locator('main ol > li')).toHaveCount(3);
  });

  await test.step('adds a language, and translates beside the source', async () => {
    await page.goto(`${home}/settings`);
    await page.getByLabel('Add a language').fill('fr');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.waitForURL(/locale=fr/);
    await page.getByLabel('This translation may be published incomplete').check();
    await page.getByLabel('Title').fill('Un étal au marché');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
    await page.goto(`${home}/translate/fr`);
    await page.getByRole('link', { name: 'Choosing your place' }).click();
    await expect(page.getByText('What to bring')).toBeVisible();
    await page.getByLabel('Title', { exact: true }).first().fill('Choisir sa place');
    await text(page).click();
    await page.keyboard.type('Venez tôt.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await saved(page);
    await page.getByRole('link', { name: 'All that is to translate' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: 'Up to date' })).toHaveCount(1);
  });

  const slug = home.split('/').at(-1)!;
  await test.step('publishes', async () => {
    await page.goto(`${home}/publish`);
    await expect(page.getByText('All is well: it can be published.')).toBeVisible();
    await page.getByRole('button', { name: 'Publish version 1' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Version 1 is published');
  });

  await test.step('somebody begins it: sees the picture, and answers the quiz', async () => {
    await signIn(other, someone('learner'));
    await other.goto(`/courses/${slug}`);
    await other.getByRole('button', { name: 'Start the course' }).click();
    await other.waitForURL(`**/courses/${slug}/**`);
    await expect(other.getByRole('img', { name: 'A stall under trees' })).toBeVisible();
    const picture = other.getByRole('img', { name: 'A stall under trees' });
    await picture.scrollIntoViewIfNeeded(); // it loads when it comes near
    await expect
      .poll(() => picture.evaluate((each: HTMLImageElement) => each.naturalWidth))
      .toBeGreaterThan(0);
    await other.goto(`/courses/${slug}`);
    await other.locator('ol.modules').getByRole('link', { name: 'Check', exact: true }).click();
    await other.getByRole('button', { name: 'Start the quiz' }).click();
    await other.getByText('A parasol', { exact: true }).click();
    await other.getByText('Early', { exact: true }).click();
  });

  await test.step('the course changes under them, and they are moved with what they did', async () => {
    await page.goto(home);
    await page.getByRole('button', { name: 'Start a draft' }).click();
    await page.getByRole('button', { name: 'Add a lesson to “The stall”' }).click();
    await addLesson(page, 'Weather', 'READING');
    await page.getByRole('link', { name: 'Weather' }).click();
    await text(page).click();
    await page.keyboard.type('Look at the sky.');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await saved(page);
    await page.goto(`${home}/publish`);
    await page.getByRole('radio', { name: 'Move learners in progress' }).check();
    await page.getByRole('button', { name: 'Publish version 2' }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Version 2 is published');
  });

  await test.step('who learns hands in what they began, and reads what changed', async () => {
    other.on('dialog', (dialog) => void dialog.accept().catch(() => undefined));
    await other.getByRole('button', { name: 'Hand in' }).click();
    await expect(other.locator('main .notice').first()).toBeVisible();
    // Learners are moved in the background: a page that was opened before it does not know yet.
    await expect(async () => {
      await other.goto(`/courses/${slug}`);
      await expect(other.getByText('The course was improved')).toBeVisible({ timeout: 2_000 });
    }).toPass({ timeout: 40_000 });
    await expect(other.getByRole('link', { name: 'Weather' }).first()).toBeVisible();
    await other.context().close();
  });

  await test.step('leaves with the work: Markdown and GIFT', async () => {
    await page.goto(`${home}/export`);
    for (const [format, ending] of [
      ['Markdown', /\.zip$/],
      ['GIFT', /\.(gift|txt)$/],
    ] as const) {
      const download = page.waitForEvent('download');
      await page.getByRole('button', { name: `Download as ${format}` }).click();
      expect((await download).suggestedFilename()).toMatch(ending);
    }
  });
  expect(faults).toEqual([]);
});
