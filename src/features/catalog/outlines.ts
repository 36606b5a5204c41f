import { Injectable } from '@nestjs/common';
import { Database, type Tx } from '../../platform/database/database.js';
import { together } from '../../platform/database/together.js';
import { inLocale } from '../../platform/locale.js';
import { CourseVersion } from './course-version.entity.js';
import { findOutlineRows } from './course.queries.js';
import { CourseModule, Lesson } from './lesson.entity.js';

/** Everything of a version but its lessons' texts. */
export interface Outline {
  version: CourseVersion;
  /** Every lesson in order, in the default language. */
  lessons: Lesson[];
  lessonById: Map<string, Lesson>;
  /** The modules with their lessons, complete and plain, in a language or else the version's default. */
  modulesIn(locale: string): CourseModule[];
  /** The lessons of those modules, in order. */
  lessonsIn(locale: string): Lesson[];
}

/** Published versions kept in memory. They never change, so nothing ever has to be evicted for being stale. */
const MOST_KEPT = 500;

/** Reads the outlines of versions. That of a published version is read once for the life of the process. */
@Injectable()
export class Outlines {
  private readonly published = new Map<string, Outline>();

  /** What one page asks for at once is read at once, whoever asks: titles, modules and lessons of twenty courses. */
  private readonly together = together(async (ids: readonly string[]) => {
    const outlines = await readOutlines(this.database.dataSource.manager, [...new Set(ids)]);
    return ids.map((id) => outlines.get(id) ?? null);
  });

  constructor(private readonly database: Database) {}

  /** @returns null when there is no such version. */
  async get(versionId: string, tx = this.database.enclosingTx()): Promise<Outline | null> {
    const kept = this.published.get(versionId);
    if (kept) return kept;
    const outline = tx
      ? (await readOutlines(tx, [versionId])).get(versionId)
      : await this.together(versionId);
    if (!outline) return null;
    if (outline.version.publishedAt && !this.published.has(versionId)) {
      const [oldest] = this.published.keys();
      if (this.published.size >= MOST_KEPT && oldest) this.published.delete(oldest);
      this.published.set(versionId, outline);
    }
    return outline;
  }

  /** As {@link get}, for a version that a foreign key says exists. */
  async require(versionId: string, tx?: Tx): Promise<Outline> {
    const outline = await this.get(versionId, tx);
    if (!outline) throw new Error(`There is no course version ${versionId}.`);
    return outline;
  }
}

async function readOutlines(tx: Tx, versionIds: string[]): Promise<Map<string, Outline>> {
  const { versions, modules, lessons, questionCounts } = await findOutlineRows(tx, versionIds);
  return new Map(
    versions.map((version) => {
      const own = <T extends { versionId: string }>(rows: T[]): T[] =>
        rows.filter((row) => row.versionId === version.id);
      return [version.id, outlineOf(version, own(modules), own(lessons), questionCounts)];
    }),
  );
}

function outlineOf(
  version: CourseVersion,
  modules: CourseModule[],
  lessons: Lesson[],
  questionCount: ReadonlyMap<string, number>,
): Outline {
  for (const lesson of lessons) {
    lesson.title = inLocale(lesson.titles, version.defaultLocale) ?? lesson.key;
    lesson.quiz =
      lesson.quizPassPercent === null
        ? null
        : {
            passPercent: lesson.quizPassPercent,
            questionCount:
              (questionCount.get(lesson.id) ?? 0) +
              (lesson.quizPools ?? []).reduce((sum, { count }) => sum + count, 0),
          };
  }
  const byLocale = new Map<string, CourseModule[]>();
  const modulesIn = (wanted: string): CourseModule[] => {
    const locale = version.locales.includes(wanted) ? wanted : version.defaultLocale;
    const known = byLocale.get(locale) ?? translate(modules, lessons, locale, version.defaultLocale);
    byLocale.set(locale, known);
    return known;
  };
  return {
    version,
    lessons,
    lessonById: new Map(lessons.map((lesson) => [lesson.id, lesson])),
    modulesIn,
    lessonsIn: (locale) => modulesIn(locale).flatMap((module) => module.lessons),
  };
}

function translate(
  modules: CourseModule[],
  lessons: Lesson[],
  locale: string,
  fallback: string,
): CourseModule[] {
  return modules.map((module) =>
    Object.assign(new CourseModule(), module, {
      title: inLocale(module.titles, locale, fallback) ?? module.key,
      summary: inLocale(module.summaries, locale, fallback) ?? '',
      lessons: lessons
        .filter((lesson) => lesson.moduleId === module.id)
        .map((lesson) =>
          Object.assign(new Lesson(), lesson, {
            title: inLocale(lesson.titles, locale, fallback) ?? lesson.key,
          }),
        ),
    }),
  );
}
