/** Courses kept on this device, each in a cache of its own that names its person. */
const prefixOf = (person: string): string => `kept:${person}:`;
export const isKept = (cache: string): boolean => cache.startsWith('kept:');

/** All widths of a picture are one to a reader without a line, and so is a document under whatever name it is saved. */
const FILE = /^\/files\/[0-9a-f]{64}/;
const keyOf = ({ pathname }: URL): string =>
  FILE.exec(pathname) ? `/kept${FILE.exec(pathname)![0]}` : pathname;

/** The cache of a person's course that holds this address. */
async function cacheWith(person: string, url: URL): Promise<{ cache: Cache; found: Response } | undefined> {
  for (const name of await caches.keys()) {
    if (!name.startsWith(prefixOf(person))) continue;
    const cache = await caches.open(name);
    const found = await cache.match(keyOf(url), { ignoreVary: true });
    if (found) return { cache, found };
  }
  return undefined;
}

/** What is kept for this person under an address: a page, or a file in some width. */
export const kept = async (person: string | undefined, url: URL): Promise<Response | undefined> =>
  person ? (await cacheWith(person, url))?.found : undefined;

/** The courses kept for a person: the address of each, and its title as HTML. */
export async function keptCourses(person: string): Promise<{ address: string; title: string }[]> {
  const courses: { address: string; title: string }[] = [];
  for (const name of await caches.keys()) {
    if (!name.startsWith(prefixOf(person))) continue;
    const address = `/courses/${name.slice(prefixOf(person).length)}`;
    const page = await (await caches.open(name)).match(address, { ignoreVary: true });
    const title = /<h1[^>]*>(.*?)<\/h1>/s.exec((await page?.text()) ?? '')?.[1];
    if (title) courses.push({ address, title });
  }
  return courses;
}

/** Puts a newer page in the place of one that is kept; others are not kept. */
export async function renew(person: string, url: URL, page: Response): Promise<void> {
  const holder = await cacheWith(person, url);
  await holder?.cache.put(keyOf(url), page);
}

/** Deletes what is kept for one person, or for everybody but them. */
export async function dropKept(which: { of: string } | { notOf: string }): Promise<void> {
  for (const name of await caches.keys()) {
    const isTheirs = name.startsWith(prefixOf('of' in which ? which.of : which.notOf));
    if (isKept(name) && isTheirs === 'of' in which) await caches.delete(name);
  }
}
