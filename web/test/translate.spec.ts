import { expect, test, type Page } from '@playwright/test';
import { signIn, someoneWho } from './support/people';

test.use({ locale: 'en-GB', actionTimeout: 10_000, navigationTimeout: 15_000 });

/** What is read of the answers. */
interface Answer {
  userErrors: { message: string }[];
  version: { id: string; course: { id: string; slug: string } };
  question: { id: string; version: { options: { key: string }[] } };
}

/** A mutation as the person of the page. */
async function mutate(
  page: Page,
  name: string,
  type: string,
  input: object,
  selection: string,
): Promise<Answer> {
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${selection} userErrors { message } } }`;
  const answer = await page.request.post('/graphql', { data: { query, variables: { input } } });
  const { data } = (await answer.json()) as { data: Record<string, Answer> };
  expect(data[name]!.userErrors).toEqual([]);
  return data[name]!;
}

test('a trainer translates a question and a title, and is told when they are out of date', async ({
  page,
  browser,
}) => {
  test.setTimeout(90_000);
  await signIn(page, await someoneWho(browser, 'TRAINER'));
  const title = `Prices ${Date.now().toString(36)}`;
  const { version } = await mutate(
    page,
    'courseCreate',
    'CourseCreateInput',
    { title, defaultLocale: 'en' },
    'version { id course { id slug } }',
  );
  await mutate(page, 'courseLocaleAdd', 'CourseLocaleAddInput', { versionId: version.id, locale: 'fr' }, '');
  const question = {
    kind: 'SHORT_TEXT',
    promptMarkdown: { en: 'What is left once all is paid?' },
    options: [{ text: { en: 'profit' }, correct: true }],
  };
  const { question: made } = await mutate(
    page,
    'questionCreate',
    'QuestionCreateInput',
    { courseId: version.course.id, question },
    'question { id version { number options { key } } }',
  );
  const list = `/studio/${version.course.slug}/translate/fr`;

  await test.step('the question', async () => {
    await page.goto(list);
    await page.getByText('1 other question of the bank is to translate').click();
    await page.getByRole('link', { name: 'What is left once all is paid?' }).click();
    await page.getByLabel(/^What is asked/).fill('Que reste-t-il une fois tout payé ?');
    await page.getByLabel(/^Recognized answer 1/).fill('*');
    await page.getByRole('button', { name: 'Save the translation' }).click();
    await expect(page.getByText(/accepts any text as right/)).toBeVisible();
    await expect(page.getByLabel(/^What is asked/)).toHaveValue('Que reste-t-il une fois tout payé ?');
    await page.getByLabel(/^Recognized answer 1/).fill('bénéfice');
    await page.getByRole('button', { name: 'Save the translation' }).click();
    await expect(page.getByText('Saved.', { exact: true })).toBeVisible();
    await expect(page.getByText('Up to date', { exact: true })).toBeVisible();
  });

  await test.step('is out of date once it was changed, and is looked at', async () => {
    const option = made.version.options[0]!;
    const promptMarkdown = { en: 'What remains?', fr: 'Que reste-t-il une fois tout payé ?' };
    const options = [{ key: option.key, text: { en: 'profit', fr: 'bénéfice' }, correct: true }];
    await mutate(
      page,
      'questionUpdate',
      'QuestionUpdateInput',
      { questionId: made.id, expectedVersion: 2, question: { ...question, promptMarkdown, options } },
      '',
    );
    await page.reload();
    await expect(page.getByText('The question was changed since it was translated.')).toBeVisible();
    await page.getByRole('button', { name: 'Save: it is up to date' }).click();
    await expect(page.getByText('Up to date', { exact: true })).toBeVisible();
  });

  await test.step('the title', async () => {
    await page.goto(list);
    await page.getByLabel(/^title in/).fill('Les prix');
    await page.getByRole('button', { name: 'Save these texts' }).click();
    await expect(page.getByText('1 of 1 texts there and up to date')).toBeVisible();
    await mutate(
      page,
      'courseVersionUpdate',
      'CourseVersionUpdateInput',
      { versionId: version.id, locale: 'en', title: `${title}!` },
      '',
    );
    await page.reload();
    await expect(page.getByText('Out of date', { exact: true })).toBeVisible();
    await page.getByLabel('It still fits').check();
    await page.getByRole('button', { name: 'Save these texts' }).click();
    await expect(page.getByText('1 of 1 texts there and up to date')).toBeVisible();
  });

  await test.step('outcomes and the description', async () => {
    await mutate(
      page,
      'courseVersionUpdate',
      'CourseVersionUpdateInput',
      {
        versionId: version.id,
        locale: 'en',
        outcomes: ['Count', 'Charge'],
        descriptionMarkdown: 'For **shops**.',
      },
      '',
    );
    await page.reload();
    await page.getByLabel(/^what learners will be able to do/).fill('Compter\nFacturer');
    await page.getByLabel(/^description/).fill('Pour les **boutiques**.');
    await page.getByRole('button', { name: 'Save these texts' }).click();
    await expect(page.getByText('3 of 3 texts there and up to date')).toBeVisible();
    await page.goto(`/studio/${version.course.slug}/settings?locale=fr`);
    await expect(page.locator('[name=outcomes]')).toHaveValue('Compter\nFacturer');
    await expect(page.locator('[name=descriptionMarkdown]')).toHaveValue('Pour les **boutiques**.\n');
  });
});
