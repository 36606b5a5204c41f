/** What a manager narrows the figures to, as it stands in the address; empty where nothing is chosen. */
const NAMES = ['cohort', 'course', 'region', 'from', 'until', 'horizon'] as const;
export type Filters = Record<(typeof NAMES)[number], string>;

/** The region of enrollments whose region nobody stated. */
export const NOT_STATED = 'NOT_STATED';

export const readFilters = ({ searchParams }: URL): Filters =>
  Object.fromEntries(NAMES.map((name) => [name, searchParams.get(name)?.trim() ?? ''])) as Filters;

/** The filters that every figure and list knows, as the API takes them. */
export const scopeOf = ({ cohort, course, region }: Filters) => ({
  cohortId: cohort || null,
  courseId: course || null,
  regionCode: region || null,
});

/** The days of enrollment; the list of people at risk does not know them. */
export const periodOf = ({ from, until }: Filters) => ({
  enrolledFrom: from || null,
  enrolledUntil: until || null,
});

/** Days within which a completion counts; what is not a number is refused by the API. */
export const horizonOf = ({ horizon }: Filters) => (horizon ? Number(horizon) : null);

export const isFiltered = (filters: Filters): boolean => NAMES.some((name) => filters[name]);

/** The end of an address that keeps the filters; `more` adds to them, and stands in for those of the same name. */
export function queryOf(filters: Filters, more: Record<string, string> = {}): string {
  const chosen = Object.entries({ ...filters, ...more }).filter(([, value]) => value);
  return chosen.length > 0 ? `?${new URLSearchParams(chosen)}` : '';
}
