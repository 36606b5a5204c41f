import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { BadInputError } from '../../platform/errors.js';
import { readPage } from '../../platform/graphql/connection.js';
import { isId } from '../../platform/ids.js';
import type { Locale } from '../../platform/locale.js';
import {
  countListedCourses,
  findListedCourses,
  findSimilarWords,
  type CourseCounts,
  type CourseFilter,
  type FoundCourse,
} from './course-search.queries.js';
import { excerptParts, searchWords } from './course-search.rules.js';
import type { CourseConnection, CourseSearchArgs } from './course-search.types.js';

/** Published courses, searched and narrowed. */
@Injectable()
export class CourseSearchService {
  constructor(private readonly database: Database) {}

  /**
   * @param viewerLocale whose texts are searched unless the arguments name another language.
   * @param courseIds only these; null: all.
   * @throws BadInputError for what no page of ours sends; never for what somebody typed.
   */
  async list(
    args: CourseSearchArgs,
    viewerLocale: Locale,
    courseIds: readonly string[] | null,
  ): Promise<CourseConnection> {
    const filter = filterOf(args, viewerLocale, courseIds);
    const found = await readPage(
      args,
      keyOf,
      (after, limit) =>
        this.database.read((tx) =>
          findListedCourses(tx, filter, after === null ? null : placeOf(after), limit),
        ),
      isKey,
    );
    const edges = found.edges.map(({ cursor, node: { course, excerpt } }) => ({
      cursor,
      node: course,
      excerpt: excerpt === null ? null : excerptParts(excerpt),
    }));
    return {
      nodes: edges.map(({ node }) => node),
      edges,
      pageInfo: found.pageInfo,
      filter,
    };
  }

  counts(list: CourseConnection): Promise<CourseCounts> {
    list.counts ??= this.database.read((tx) => countListedCourses(tx, list.filter));
    return list.counts;
  }

  /** Where nothing was found: the search with similar words that some course has in place of those that none has, if there are any. */
  async suggestion({ filter, nodes }: CourseConnection): Promise<string | null> {
    const { words, searchedLocale } = filter;
    if (nodes.length > 0 || !words || words.length === 0) return null;
    const similar = await this.database.read((tx) => findSimilarWords(tx, searchedLocale, words));
    return similar.size > 0 ? words.map((word) => similar.get(word) ?? word).join(' ') : null;
  }
}

function filterOf(
  { search, topic, locale, maxMinutes }: CourseSearchArgs,
  viewerLocale: Locale,
  courseIds: readonly string[] | null,
): CourseFilter {
  for (const [name, value] of Object.entries({ topic, locale })) {
    if (value?.includes('\0')) throw new BadInputError(`${name}: has a character that cannot be stored.`);
  }
  if (maxMinutes != null && maxMinutes < 1) throw new BadInputError('maxMinutes: must be 1 or more.');
  return {
    words: search?.trim() ? searchWords(search) : null,
    searchedLocale: locale ?? viewerLocale,
    locale: locale ?? null,
    topic: topic ?? null,
    maxMinutes: maxMinutes ?? null,
    courseIds,
  };
}

const keyOf = ({ rank, course }: FoundCourse): string => `${rank} ${course.id}`;

/** A rank as PostgreSQL writes it, and an id. */
function placeOf(key: string): { rank: string; id: string } {
  const [rank = '', id = ''] = key.split(' ');
  return { rank, id };
}

function isKey(text: string): boolean {
  const { rank, id } = placeOf(text);
  return /^\d(\.\d+)?(e-\d{1,2})?$/.test(rank) && isId(id);
}
