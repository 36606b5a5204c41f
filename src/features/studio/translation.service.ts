import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { DomainError, inputRefusals, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { stored } from '../../platform/locale.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { lockDraft } from '../catalog/course.policies.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { CourseModule } from '../catalog/lesson.entity.js';
import { LONGEST, OUTLINE_FIELDS, write, written } from './outline-texts.rules.js';
import { noteBases } from './translation.queries.js';
import { basisNotes, outlineSubject, textHashes, type BasisNote } from './translation.rules.js';

const inputSchema = z.object({
  locale: z.string().max(35),
  texts: z
    .array(
      z.object({
        moduleId: z.string().nullish(),
        field: z.enum(OUTLINE_FIELDS),
        text: z.string().trim().max(LONGEST.DESCRIPTION),
        expected: z.string().nullish(),
        source: z.string().nullish(),
      }),
    )
    .max(1_000),
});

/** What a course and its modules say of themselves, in another language than they were written in. */
@Injectable()
export class TranslationService {
  constructor(private readonly database: Database) {}

  /**
   * Changes texts of the outline of a draft in one language. An empty text takes the translation away: the default language is
   * shown. One that is sent as it is counts as looked at: it is no longer out of date.
   * @throws DomainError `VERSION_PUBLISHED`, `LOCALE_NOT_IN_COURSE`, `TRANSLATION_CHANGED`, `REQUIRED` for an empty title in
   *   the default language, and what {@link write} says
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
        const isModule = owner instanceof CourseModule;
        if (isModule && field !== 'TITLE' && field !== 'SUMMARY') throw new NotFoundError();
        if (text === '' && field === 'TITLE' && locale === version.defaultLocale)
          throw new DomainError(inputRefusals.REQUIRED, {}, 'texts');
        const before = written(owner, field);
        const now = stored(before, locale) ?? '';
        if (expected != null && expected !== now && text !== now)
          throw new DomainError(catalogRefusals.TRANSLATION_CHANGED, { text: now });
        write(owner, field, locale, text);
        const subject = outlineSubject(isModule ? owner.key : null, field);
        const after = written(owner, field);
        const seen = source == null ? after : { ...after, [version.defaultLocale]: source };
        for (const note of basisNotes(textHashes(before), textHashes(seen), {
          defaultLocale: version.defaultLocale,
          confirmed: locale,
        }))
          notes.set(`${note.locale} ${subject}`, { ...note, subject });
      }
      await noteBases(tx, version.courseId, [...notes.values()]);
      const { titles, summaries, outcomes, descriptions } = version;
      await tx.update(CourseVersion, { id: version.id }, { titles, summaries, outcomes, descriptions });
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
