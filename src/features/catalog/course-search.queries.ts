import type { Tx } from '../../platform/database/database.js';
import { MARK_END, MARK_START } from './course-search.rules.js';
import type { Course } from './course.entity.js';
import { courseOf, PREREQUISITES, type CourseRow } from './prerequisite.queries.js';

/** What a list of published courses is narrowed to. */
export interface CourseFilter {
  /** Words that a text must hold, all of them; null: no search. */
  words: readonly string[] | null;
  /** BCP 47 tag of the texts that are searched. */
  searchedLocale: string;
  /** BCP 47 tag of a language that the course has. */
  locale: string | null;
  topic: string | null;
  maxMinutes: number | null;
  /** Only these. */
  courseIds: readonly string[] | null;
}

/** A course in a list; `rank` says how well it matches, 0 without a search. */
export interface FoundCourse {
  course: Course;
  /** As PostgreSQL writes a `real`: the shortest text that stands for it. */
  rank: string;
  /** With {@link MARK_START} and {@link MARK_END} around what was found. Null without a search. */
  excerpt: string | null;
}

/** How many courses a list has, and how many it would have with another topic or in another language. */
export interface CourseCounts {
  total: number;
  topics: Map<string, number>;
  locales: Map<string, number>;
}

/** What `course_search_configuration` may answer. */
const CONFIGURATIONS = ['course_french', 'course_english', 'course_other'];
const QUERY = (locale: string, words: string): string =>
  `plainto_tsquery(course_search_configuration(${locale}), ${words})`;
/** Of lesson texts, of modules and titles of lessons, of summary and outcomes, of the title. A long text counts for less. */
const RANK = (query: string): string => `ts_rank('{0.05, 0.2, 0.4, 1}', found.document, ${query}, 1)`;
/** For an excerpt any of the words will do: of two, one may stand in the title only. */
const ANY_OF = (query: string): string => `replace(${query}::text, '&', '|')::tsquery`;
const EXCERPT = `'MaxFragments=1, MinWords=12, MaxWords=28, StartSel=${MARK_START}, StopSel=${MARK_END}'`;

/** Numbers the values of a statement as they come. */
class Values {
  readonly all: unknown[] = [];
  readonly of = (value: unknown): string => `$${this.all.push(value)}`;
}

/**
 * The courses after one of them: best match first, oldest first among equals and without a search.
 * @param after `rank` and `id` of the last course that was read.
 */
export async function findListedCourses(
  tx: Tx,
  filter: CourseFilter,
  after: { rank: string; id: string } | null,
  limit: number,
): Promise<FoundCourse[]> {
  const values = new Values();
  const { words, searchedLocale } = filter;
  const query = words && QUERY(values.of(searchedLocale), values.of(words.join(' ')));
  const rank = query ? RANK(query) : '0::real';
  const conditions = [
    ...narrowing(filter, values),
    languageOf(filter, values),
    ...(query ? [`found.document @@ ${query}`] : []),
    ...(filter.topic === null ? [] : [`${values.of(filter.topic)} = ANY (found.topics)`]),
  ];
  if (after) {
    const [last, id] = [`${values.of(after.rank)}::real`, values.of(after.id)];
    conditions.push(`(${rank} < ${last} OR (${rank} = ${last} AND course.id > ${id}))`);
  }
  const rows: (CourseRow & { rank: string; excerpt: string | null })[] = await tx.query(
    `SELECT course.id, course.slug, course.published_version_id AS "publishedVersionId", course.created_at AS "createdAt",
            ${PREREQUISITES} AS prerequisites, ${rank}::text AS rank,
            ${query ? `ts_headline(course_search_configuration(found.locale), found.text, ${ANY_OF(query)}, ${EXCERPT})` : 'NULL'} AS excerpt
       FROM course_search found JOIN course ON course.id = found.course_id
      WHERE ${conditions.join(' AND ')}
      ORDER BY ${rank} DESC, course.id LIMIT ${values.of(limit)}`,
    values.all,
  );
  return rows.map(({ rank: own, excerpt, ...row }) => ({ course: courseOf(row), rank: own, excerpt }));
}

/** In one statement, however many courses there are. Each language is searched by its own rules. */
export async function countListedCourses(tx: Tx, filter: CourseFilter): Promise<CourseCounts> {
  const values = new Values();
  const conditions = narrowing(filter, values);
  if (filter.words) {
    const words = values.of(filter.words.join(' '));
    const inEach = CONFIGURATIONS.map(
      (each) =>
        `course_search_configuration(found.locale) = '${each}'::regconfig AND found.document @@ plainto_tsquery('${each}', ${words})`,
    );
    conditions.push(`(${inEach.join(' OR ')})`);
  }
  const rows: { what: 'all' | 'topic' | 'locale'; key: string; count: number }[] = await tx.query(
    `WITH found AS (
       SELECT found.locale, found.topics, ${languageOf(filter, values)} AS in_language,
              ${filter.topic === null ? 'true' : `${values.of(filter.topic)} = ANY (found.topics)`} AS on_topic
         FROM course_search found ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''})
     SELECT 'all' AS what, '' AS key, count(*)::int AS count FROM found WHERE in_language AND on_topic
     UNION ALL
     SELECT 'topic', topic, count(*)::int FROM found, unnest(found.topics) AS topic WHERE in_language GROUP BY topic
     UNION ALL
     SELECT 'locale', locale, count(*)::int FROM found WHERE on_topic GROUP BY locale`,
    values.all,
  );
  const counts = (what: string): Map<string, number> =>
    new Map(rows.filter((row) => row.what === what).map(({ key, count }) => [key, count]));
  return { total: counts('all').get('')!, topics: counts('topic'), locales: counts('locale') };
}

/**
 * For each word that no course in this language has, the most similar one of those that stand in titles, summaries and outcomes.
 * Words without a similar one are left out.
 */
export async function findSimilarWords(
  tx: Tx,
  locale: string,
  words: readonly string[],
): Promise<Map<string, string>> {
  const rows: { typed: string; meant: string }[] = await tx.query(
    `SELECT typed.word AS typed, nearest.word AS meant
       FROM unnest($2::text[]) AS typed(word)
       JOIN LATERAL (
         SELECT known.word
           FROM (SELECT DISTINCT unnest(words) AS word FROM course_search WHERE locale = $1) AS known,
                similarity(lower(unaccent(known.word)), lower(unaccent(typed.word))) AS alike
          WHERE alike >= 0.3 ORDER BY alike DESC, known.word LIMIT 1) AS nearest ON true
      WHERE char_length(typed.word) >= 4
        AND numnode(${QUERY('$1', 'typed.word')}) > 0
        AND NOT EXISTS (
          SELECT FROM course_search found WHERE found.locale = $1 AND found.document @@ ${QUERY('$1', 'typed.word')})`,
    [locale, words],
  );
  return new Map(rows.map(({ typed, meant }) => [typed, meant]));
}

/** What holds of a course whatever its language and topic. */
function narrowing({ maxMinutes, courseIds }: CourseFilter, values: Values): string[] {
  return [
    ...(maxMinutes === null ? [] : [`found.minutes <= ${values.of(maxMinutes)}`]),
    ...(courseIds === null ? [] : [`found.course_id = ANY (${values.of(courseIds)}::uuid[])`]),
  ];
}

/** Which of a course's rows stands for it: each course is listed once. */
function languageOf({ words, locale, searchedLocale }: CourseFilter, values: Values): string {
  if (locale !== null) return `found.locale = ${values.of(locale)}`;
  return words ? `found.locale = ${values.of(searchedLocale)}` : 'found.is_default';
}
