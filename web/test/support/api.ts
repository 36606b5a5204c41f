import { expect, type Page } from '@playwright/test';

/** Asks the API as the person of the page. @returns the data of an answer without errors. */
export async function ask<T>(page: Page, query: string, variables: object): Promise<T> {
  const answer = await (await page.request.post('/graphql', { data: { query, variables } })).json();
  expect(answer.errors).toBeUndefined();
  return answer.data as T;
}
