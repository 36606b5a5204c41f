import { isTopic } from '$lib/messages/topics';

/** What the catalog is narrowed to, as it stands in the address; empty where nothing is chosen. */
export type FilterName = 'q' | 'topic' | 'minutes' | 'language' | 'grant';
export type Filters = Record<FilterName, string>;

/** Lengths that are offered, in minutes. */
export const LENGTHS = ['30', '60', '120'] as const;

const LONGEST_SEARCH = 200;

/** What cannot be chosen counts as not chosen. */
export function readFilters({ searchParams }: URL): Filters {
  const given = (name: FilterName): string => searchParams.get(name)?.trim() ?? '';
  const topic = given('topic');
  const minutes = given('minutes');
  const language = given('language');
  return {
    q: given('q').replaceAll('\0', ' ').slice(0, LONGEST_SEARCH).trim(),
    topic: isTopic(topic) ? topic : '',
    minutes: (LENGTHS as readonly string[]).includes(minutes) ? minutes : '',
    language: /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/.test(language) ? language : '',
    grant: /^[0-9a-f-]{36}$/i.test(given('grant')) ? given('grant') : '',
  };
}

/** The catalog with these filters; `changes` stand in for those of the same name, an empty one takes it away. */
export function addressOf(filters: Filters, changes: Partial<Filters> & { after?: string } = {}): string {
  const chosen = Object.entries({ ...filters, ...changes }).filter(([, value]) => value);
  return chosen.length > 0 ? `/courses?${new URLSearchParams(chosen)}` : '/courses';
}

/** By more than words. */
export const isNarrowed = (filters: Filters): boolean =>
  Object.entries(filters).some(([name, value]) => name !== 'q' && value !== '');
