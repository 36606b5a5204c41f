import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { AuditLog } from '../../platform/audit/audit-log.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, ForbiddenError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { withText } from '../../platform/locale.js';
import { AuthoringService } from './authoring.service.js';
import { blockDocumentSchema, type BlockDocument } from '../catalog/block-document.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { lockDraft } from '../catalog/course.policies.js';
import { forgetLocale, insertCourse, lockCourse, takenSlugs } from '../catalog/course.queries.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { isAsStored, MAX_MARKDOWN_LENGTH, parseLessonMarkdown } from './lesson-markdown.rules.js';
import { freeKey, keyFromTitle } from '../catalog/keys.rules.js';
import { listOf, NO_TEXT, outcomesSchema } from './outline-texts.rules.js';
import { RESERVED_SLUGS, structureRefusals } from './structure.rules.js';
import { noteBases } from './translation.queries.js';
import { outlineNotes } from './translation.rules.js';

/** BCP 47: a language, perhaps a script, perhaps a region, as the names of imported files have them. */
const LOCALE = /^[a-z]{2,3}(-[A-Z][a-z]{3})?(-[A-Z]{2})?$/;

const createSchema = z.object({
  title: z.string().trim().min(1).max(200),
  slug: z.string().trim().max(80).nullish(),
  defaultLocale: z.string().max(35),
});

const updateSchema = z.object({
  locale: z.string().max(35),
  title: z.string().trim().min(1).max(200).nullish(),
  summary: z.string().trim().max(200).nullish(),
  outcomes: outcomesSchema.nullish(),
  description: z.unknown().optional(),
  descriptionMarkdown: z.string().max(MAX_MARKDOWN_LENGTH).nullish(),
  topics: listOf(20, 60).nullish(),
  license: z.string().trim().max(100).nullish(),
  partial: z.boolean().nullish(),
  expectedRevision: z.int().nullish(),
});

/** Courses as such: made from nothing, and what their drafts say of themselves. */
@Injectable()
export class CourseSettingsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly authoring: AuthoringService,
    private readonly audit: AuditLog,
  ) {}

  /**
   * Makes a course with an empty draft; the viewer is its trainer. Without a slug it gets one from its title.
   * @throws ForbiddenError for who is no trainer; DomainError `SLUG_TAKEN`, `LOCALE_INVALID`
   */
  async create(viewer: Viewer, input: z.input<typeof createSchema>): Promise<CourseVersion> {
    const { title, slug: wanted, defaultLocale: tag } = parseInput(createSchema, input);
    if (!viewer.roles.has('TRAINER') && !viewer.roles.has('ADMIN')) throw new ForbiddenError('courseCreate');
    const defaultLocale = parseLocale(tag, 'defaultLocale');
    const stem = keyFromTitle(wanted?.trim() ? wanted : title, 'course');
    return this.database.transaction(async (tx) => {
      const taken = await takenSlugs(tx, stem);
      for (const reserved of RESERVED_SLUGS) taken.add(reserved);
      if (wanted?.trim() && taken.has(stem)) throw new DomainError(structureRefusals.SLUG_TAKEN);
      const createdAt = this.clock.now();
      const course = { id: this.ids.next(), slug: freeKey(stem, taken), createdAt };
      // Somebody else may have taken it since it was looked up.
      while (!(await insertCourse(tx, course, viewer.personId))) {
        if (wanted?.trim()) throw new DomainError(structureRefusals.SLUG_TAKEN);
        course.slug = freeKey(stem, taken.add(course.slug));
      }
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'courseCreate',
        subject: `course:${course.id}`,
      });
      return this.authoring.replaceDraft(tx, (await lockCourse(tx, { id: course.id }))!, {
        defaultLocale,
        locales: [defaultLocale],
        title: { [defaultLocale]: title },
        summary: {},
        outcomes: {},
        description: {},
        topics: [],
        license: null,
        modules: [],
      });
    });
  }

  /**
   * Changes what a draft says of itself; texts in one language. What is null or left out stays, an empty text or list is taken
   * away; the title stays.
   * @throws DomainError `VERSION_CHANGED`, `LOCALE_NOT_IN_COURSE`, `LOCALE_IS_DEFAULT`, `LESSON_BODY_INVALID`, what
   *   {@link lockDraft} and {@link parseLessonMarkdown} say
   */
  async update(
    viewer: Viewer,
    versionId: string,
    input: z.input<typeof updateSchema>,
  ): Promise<CourseVersion> {
    const changes = parseInput(updateSchema, input);
    const { locale, title, summary, outcomes, partial, expectedRevision } = changes;
    return this.ofDraft(viewer, versionId, async (tx, version) => {
      if (expectedRevision != null && expectedRevision !== version.revision)
        throw new DomainError(structureRefusals.VERSION_CHANGED);
      if (!version.locales.includes(locale)) throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE);
      if (partial && locale === version.defaultLocale)
        throw new DomainError(structureRefusals.LOCALE_IS_DEFAULT, {}, 'partial');
      const description = descriptionOf(changes, version);
      const changed = {
        titles: title == null ? version.titles : { ...version.titles, [locale]: title },
        summaries: withText(version.summaries, locale, summary),
        outcomes: withText(version.outcomes, locale, outcomes),
        descriptions: withText(version.descriptions, locale, description, description === NO_TEXT),
        topics: changes.topics ?? version.topics,
        license: changes.license == null ? version.license : changes.license || null,
        partialLocales:
          partial == null
            ? version.partialLocales
            : [...version.partialLocales.filter((each) => each !== locale), ...(partial ? [locale] : [])],
        revision: version.revision + 1,
      };
      await noteBases(tx, version.courseId, outlineNotes(null, version, changed, version.defaultLocale));
      await tx.update(CourseVersion, { id: version.id }, changed);
      return Object.assign(version, changed);
    });
  }

  /**
   * Lets a draft have texts in one more language. It starts as partial: publishing does not wait for it.
   * @throws DomainError `LOCALE_INVALID`, `LOCALE_KNOWN`, what {@link lockDraft} throws
   */
  async addLocale(viewer: Viewer, versionId: string, tag: string): Promise<CourseVersion> {
    const locale = parseLocale(tag, 'locale');
    return this.ofDraft(viewer, versionId, async (tx, version) => {
      if (version.locales.includes(locale)) throw new DomainError(structureRefusals.LOCALE_KNOWN);
      const { defaultLocale } = version;
      const others = [...version.locales.filter((each) => each !== defaultLocale), locale].sort();
      const changed = {
        locales: [defaultLocale, ...others],
        partialLocales: [...version.partialLocales, locale],
        revision: version.revision + 1,
      };
      await tx.update(CourseVersion, { id: version.id }, changed);
      return Object.assign(version, changed);
    });
  }

  /**
   * Takes a language out of a draft, with its texts in course, modules and lessons. Published versions keep theirs.
   * @throws DomainError `LOCALE_IS_DEFAULT`, `LOCALE_NOT_IN_COURSE`, what {@link lockDraft} throws
   */
  async removeLocale(viewer: Viewer, versionId: string, locale: string): Promise<CourseVersion> {
    return this.ofDraft(viewer, versionId, async (tx, version) => {
      if (!version.locales.includes(locale)) throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE);
      if (locale === version.defaultLocale) throw new DomainError(structureRefusals.LOCALE_IS_DEFAULT);
      await forgetLocale(tx, version.id, locale);
      await this.audit.done(tx, {
        actorId: viewer.personId,
        action: 'courseLocaleRemove',
        subject: `course:${version.courseId}`,
        detail: { locale },
      });
      return tx.findOneByOrFail(CourseVersion, { id: version.id });
    });
  }

  private ofDraft<T>(
    viewer: Viewer,
    versionId: string,
    work: (tx: Tx, version: CourseVersion) => Promise<T>,
  ): Promise<T> {
    const id = parseId(versionId);
    return this.database.transaction(async (tx) => work(tx, await lockDraft(tx, viewer, id)));
  }
}

function parseLocale(tag: string, field: string): string {
  const locale = tag.trim();
  if (!LOCALE.test(locale)) throw new DomainError(structureRefusals.LOCALE_INVALID, {}, field);
  return locale;
}

function descriptionOf(
  {
    locale,
    description,
    descriptionMarkdown,
  }: { locale: string; description?: unknown; descriptionMarkdown?: string | null },
  version: CourseVersion,
): BlockDocument | null {
  if (descriptionMarkdown != null) {
    if (isAsStored(descriptionMarkdown, version.descriptions[locale])) return null;
    return descriptionMarkdown.trim() ? parseLessonMarkdown(descriptionMarkdown) : NO_TEXT;
  }
  if (description == null) return null;
  const parsed = blockDocumentSchema.safeParse(description);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const reason = `${issue.path.join('.')}: ${issue.message}`;
  throw new DomainError(catalogRefusals.LESSON_BODY_INVALID, { reason }, 'description');
}
