import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { DomainError, inputRefusals, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { stored, withText } from '../../platform/locale.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { lockDraft } from '../catalog/course.policies.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { CourseModule } from '../catalog/lesson.entity.js';
import { noteBases } from './translation.queries.js';
import {
  basisNotes,
  columnOf,
  OUTLINE_FIELDS,
  outlineSubject,
  textHashes,
  type BasisNote,
} from './translation.rules.js';

const MOST = { TITLE: 200, SUMMARY: 1_000 } as const;

const inputSchema = z.object({
  locale: z.string().max(35),
  texts: z
    .array(
      z.object({
        moduleId: z.string().nullish(),
        field: z.enum(OUTLINE_FIELDS),
        text: z.string().trim().max(MOST.SUMMARY),
        expected: z.string().nullish(),
        source: z.string().nullish(),
      }),
    )
    .max(1_000),
});

/** What a course and its modules are called, in another language than they were written in. */
@Injectable()
export class TranslationService {
  constructor(private readonly database: Database) {}

  /**
   * Changes titles and summaries of a draft in one language. An empty text takes the translation away: the default language is
   * shown. One that is sent as it is counts as looked at: it is no longer out of date.
   * @throws DomainError `VERSION_PUBLISHED`, `LOCALE_NOT_IN_COURSE`, `TRANSLATION_CHANGED`, `TOO_LONG`, and `REQUIRED` for an empty
   *   title in the default language
   */
  async translateOutline(
    viewer: Viewer,
    versionId: string,
    input: z.input<typeof inputSchema>,
  ): Promise<CourseVersion> {
    const { locale, texts } = parseInput(inputSchema, input);
    return this.database.transaction(async (tx) => {
      const version = await lockDraft(tx, viewer, parseId(versionId));
      if (!version.locales.includes(locale)) throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE);
      const modules = await tx.findBy(CourseModule, { versionId: version.id });
      const byId = new Map<string, CourseVersion | CourseModule>(
        modules.map((module) => [module.id, module]),
      );
      const notes = new Map<string, BasisNote & { subject: string }>();
      for (const { moduleId, field, text, expected, source } of texts) {
        const owner = moduleId ? byId.get(parseId(moduleId)) : version;
        if (!owner) throw new NotFoundError();
        if (text.length > MOST[field])
          throw new DomainError(inputRefusals.TOO_LONG, { max: MOST[field] }, 'texts');
        if (text === '' && field === 'TITLE' && locale === version.defaultLocale)
          throw new DomainError(inputRefusals.REQUIRED, {}, 'texts');
        const column = columnOf(field);
        const before = owner[column];
        const now = stored(before, locale) ?? '';
        if (expected != null && expected !== now && text !== now)
          throw new DomainError(catalogRefusals.TRANSLATION_CHANGED, { text: now });
        owner[column] = withText(before, locale, text);
        const subject = outlineSubject(owner instanceof CourseModule ? owner.key : null, field);
        const seen = source == null ? owner[column] : { ...owner[column], [version.defaultLocale]: source };
        for (const note of basisNotes(textHashes(before), textHashes(seen), {
          defaultLocale: version.defaultLocale,
          confirmed: locale,
        }))
          notes.set(`${note.locale} ${subject}`, { ...note, subject });
      }
      await noteBases(tx, version.courseId, [...notes.values()]);
      const { titles, summaries } = version;
      await tx.update(CourseVersion, { id: version.id }, { titles, summaries });
      await tx.query(
        `UPDATE course_module SET titles = given.titles, summaries = given.summaries
           FROM jsonb_to_recordset($1::jsonb) AS given (id uuid, titles jsonb, summaries jsonb)
          WHERE course_module.id = given.id`,
        [
          JSON.stringify(
            modules.map(({ id, ...module }) => ({ id, titles: module.titles, summaries: module.summaries })),
          ),
        ],
      );
      return version;
    });
  }
}
