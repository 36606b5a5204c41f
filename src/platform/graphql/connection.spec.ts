import fc from 'fast-check';
import { readPage, type ConnectionOf } from './connection.js';

interface Row {
  id: string;
}
const rows: Row[] = Array.from({ length: 250 }, (_, index) => ({
  id: `018f0000-0000-7000-8000-${String(index).padStart(12, '0')}`,
}));
const read = async (after: string | null, limit: number): Promise<Row[]> =>
  rows.filter(({ id }) => after === null || id > after).slice(0, limit);
const page = (first: number, after?: string): Promise<ConnectionOf<Row>> =>
  readPage({ first, after }, ({ id }) => id, read);

describe('readPage', () => {
  it('walks a list of any length in pages of any size, each row once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 7, max: 100 }), async (first) => {
        const seen: Row[] = [];
        for (let after: string | undefined, more = true; more;) {
          const { nodes, pageInfo } = await page(first, after);
          seen.push(...nodes);
          more = pageInfo.hasNextPage;
          after = pageInfo.endCursor!;
        }
        expect(seen).toEqual(rows);
      }),
      { numRuns: 20 },
    );
  });

  it('knows the last page even when it is full', async () => {
    const { edges } = await page(100, (await page(50)).pageInfo.endCursor!);
    expect((await page(100, edges.at(-1)!.cursor)).pageInfo.hasNextPage).toBe(false);
    expect((await page(99, edges.at(-1)!.cursor)).pageInfo.hasNextPage).toBe(true);
  });

  it('has no cursor where it has no row', async () => {
    const { pageInfo } = await readPage(
      { first: 1 },
      ({ id }: Row) => id,
      async () => [],
    );
    expect(pageInfo).toEqual({ hasNextPage: false, endCursor: null });
  });

  it.each([-1, 0, 101])('refuses pages of %i', async (first) => {
    await expect(page(first)).rejects.toThrow('first');
  });

  it('refuses every cursor that is not its own', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string(), (after) => expect(page(1, after)).rejects.toThrow('after')),
    );
  });
});
