import { expect, test } from '@playwright/test';
import { ask } from './support/api';
import { signIn, someoneWho } from './support/people';

test.use({ locale: 'en-GB' });

const MODULES = ['First', 'Second', 'Third', 'Fourth'];

test('a trainer drags a module past others, whose lessons are out of the way meanwhile', async ({
  page,
  browser,
}) => {
  await signIn(page, await someoneWho(browser, 'TRAINER'));
  const file = (path: string, ...fields: string[]) => ({
    path,
    text: ['---', ...fields, '---', 'A text.'].join('\n'),
  });
  const { courseImport } = await ask<{ courseImport: { version: { course: { slug: string } } } }>(
    page,
    `mutation ($input: CourseImportInput!) { courseImport(input: $input) { version { course { slug } } } }`,
    {
      input: {
        slug: `dragged-${Date.now().toString(36)}`,
        files: [
          file('course.en.md', 'title: "Dragged"', 'defaultLocale: en', 'license: CC-BY-4.0'),
          ...MODULES.flatMap((title, m) => [
            file(`0${m + 1}-m${m}/module.en.md`, `title: "${title}"`),
            ...[1, 2, 3, 4, 5, 6].map((l) =>
              file(`0${m + 1}-m${m}/0${l}-l${m}${l}.en.md`, `title: "Lesson ${m}.${l}"`, 'minutes: 1'),
            ),
          ]),
        ],
      },
    },
  );
  const titles = page.locator('header h3 span:last-child');
  const lesson = page.getByRole('link', { name: 'Lesson 2.1' });
  await page.goto(`/studio/${courseImport.version.course.slug}`, { waitUntil: 'networkidle' });
  await expect(titles).toHaveText(MODULES);

  const grip = page.locator('header .grip').nth(2);
  await grip.scrollIntoViewIfNeeded();
  const before = (await grip.boundingBox())!;
  await page.mouse.move(before.x + 8, before.y + 10);
  await page.mouse.down();
  await expect(lesson).toBeHidden();
  expect(Math.abs((await grip.boundingBox())!.y - before.y)).toBeLessThan(2); // it stays in the hand
  const saved = page.waitForResponse((response) => response.request().method() === 'POST');
  for (let step = 1; step <= 20; step++) {
    await page.mouse.move(before.x + 8, before.y + 10 - step * 8);
    await page.waitForTimeout(30); // as fast as a hand
  }
  await page.mouse.up();
  await expect(lesson).toBeVisible();
  await saved;
  const order = await titles.allTextContents();
  expect(order.indexOf('Third')).toBeLessThan(2);
  await page.reload();
  await expect(titles).toHaveText(order);

  await grip.scrollIntoViewIfNeeded();
  await grip.click();
  await expect(lesson).toBeVisible(); // pressed and let go
});
