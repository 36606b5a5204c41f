import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { inLocale } from '../../platform/locale.js';
import { blockDocumentSchema, type BlockDocument } from '../catalog/block-document.js';
import type { CourseVersion } from '../catalog/course-version.entity.js';
import { lockDraft } from '../catalog/course.policies.js';
import { findLessonsWithBodies } from '../catalog/course.queries.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { isAsStored, MAX_MARKDOWN_LENGTH, parseLessonMarkdown } from './lesson-markdown.rules.js';
import { LessonSave, type LessonSaveKind } from './lesson-save.entity.js';
import { findLastSaves, findSavesWithBodies } from './lesson-save.queries.js';
import { continuesSave, textHash, textIn, unsavedLocales } from './lesson-save.rules.js';
import { Lesson } from '../catalog/lesson.entity.js';
import { Outlines } from '../catalog/outlines.js';

const lessonSchema = z.object({
  locale: z.string().max(35),
  title: z.string().trim().min(1).max(200).nullish(),
  body: z.unknown().optional(),
  markdown: z.string().max(MAX_MARKDOWN_LENGTH).nullish(),
  estimatedMinutes: z.int().min(1).max(120).nullish(),
  expectedRevision: z.int().nullish(),
  autosave: z.boolean().nullish(),
});

/** What changes of a lesson, in one language. */
interface Changes {
  locale: string;
  title: string | null | undefined;
  body: BlockDocument | null | undefined;
  estimatedMinutes?: number | null | undefined;
  kind: LessonSaveKind;
}

/** The texts of lessons of a draft: saved, kept in the history, taken back. */
@Injectable()
export class LessonEditingService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly outlines: Outlines,
  ) {}

  /**
   * Changes a lesson of a draft, in one language. What is null or left out stays.
   * @throws DomainError `VERSION_PUBLISHED`, `LESSON_CHANGED`, `LOCALE_NOT_IN_COURSE`, `LESSON_BODY_INVALID`,
   *   `LESSON_HAS_NO_BODY`, and what {@link parseLessonMarkdown} says
   */
  async update(viewer: Viewer, lessonId: string, input: z.input<typeof lessonSchema>): Promise<Lesson> {
    const changes = parseInput(lessonSchema, input);
    const given = parseText(changes);
    return this.database.transaction(async (tx) => {
      const { version, lesson } = await this.open(tx, viewer, lessonId, changes.expectedRevision);
      const { locale, title, markdown, estimatedMinutes, autosave, expectedRevision } = changes;
      if (!version.locales.includes(locale)) throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE);
      const body = given && isAsStored(markdown, lesson.bodies?.[locale]) ? undefined : given;
      if (given && !hasBody(lesson)) throw new DomainError(catalogRefusals.LESSON_HAS_NO_BODY);
      // Who does not say what they opened may be writing over something: that is never put together with what it replaces.
      const kind = autosave && expectedRevision != null ? 'AUTOSAVE' : 'SAVE';
      return this.save(tx, viewer, { version, lesson }, { locale, title, body, estimatedMinutes, kind });
    });
  }

  /**
   * Makes the lesson say again what it said at an old save, in that save's language. It is a save like any other: what the lesson
   * said until now stays in the history.
   * @throws NotFoundError when the save is of another lesson; DomainError `VERSION_PUBLISHED`, `LESSON_CHANGED`,
   *   `LOCALE_NOT_IN_COURSE`, and `LESSON_BODY_INVALID` where lessons no longer hold such a text
   */
  async restore(
    viewer: Viewer,
    { lessonId, saveId, expectedRevision }: { lessonId: string; saveId: string; expectedRevision?: number },
  ): Promise<Lesson> {
    return this.database.transaction(async (tx) => {
      const { version, lesson } = await this.open(tx, viewer, lessonId, expectedRevision);
      const id = parseId(saveId);
      const old = (await findSavesWithBodies(tx, [id])).get(id);
      if (old?.courseId !== version.courseId || old.lessonKey !== lesson.key) throw new NotFoundError();
      const { locale, title } = old;
      if (!version.locales.includes(locale)) throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE);
      const body = hasBody(lesson) && old.body ? parseBody(old.body) : undefined;
      return this.save(tx, viewer, { version, lesson }, { locale, title, body, kind: 'RESTORE' });
    });
  }

  /** The lesson and its draft, locked: read under the lock, so that what another tab saved meanwhile stays. */
  private async open(
    tx: Tx,
    viewer: Viewer,
    lessonId: string,
    expectedRevision: number | null | undefined,
  ): Promise<{ version: CourseVersion; lesson: Lesson }> {
    const id = parseId(lessonId);
    const found = await tx.findOneBy(Lesson, { id });
    if (!found) throw new NotFoundError();
    const version = await lockDraft(tx, viewer, found.versionId);
    const lesson = (await findLessonsWithBodies(tx, [id])).get(id);
    if (!lesson) throw new NotFoundError(); // an import replaced it just now
    if (expectedRevision != null && expectedRevision !== lesson.revision)
      throw new DomainError(catalogRefusals.LESSON_CHANGED);
    return { version, lesson };
  }

  private async save(
    tx: Tx,
    viewer: Viewer,
    { version, lesson }: { version: CourseVersion; lesson: Lesson },
    { locale, title, body, estimatedMinutes, kind }: Changes,
  ): Promise<Lesson> {
    const before = { titles: lesson.titles, bodies: lesson.bodies, revision: lesson.revision };
    const changes = {
      titles: title == null ? lesson.titles : { ...lesson.titles, [locale]: title },
      bodies: body == null ? lesson.bodies : { ...lesson.bodies, [locale]: body },
      estimatedMinutes: estimatedMinutes ?? lesson.estimatedMinutes,
      revision: lesson.revision + 1,
    };
    await tx.update(Lesson, { id: lesson.id }, changes);
    Object.assign(lesson, changes);
    await this.remember(tx, { viewer, version, lesson, before, locale, kind });
    return this.asShown(tx, lesson, locale, version.defaultLocale);
  }

  /** Writes the history: what was there without it, then what was saved now. */
  private async remember(
    tx: Tx,
    {
      viewer,
      version,
      lesson,
      before,
      locale,
      kind,
    }: {
      viewer: Viewer;
      version: CourseVersion;
      lesson: Lesson;
      before: Pick<Lesson, 'titles' | 'bodies' | 'revision'>;
      locale: string;
      kind: LessonSaveKind;
    },
  ): Promise<void> {
    const now = this.clock.now();
    const last = await findLastSaves(tx, version.courseId, [lesson.key]);
    const rowOf = (
      state: Pick<Lesson, 'titles' | 'bodies' | 'revision'>,
      tag: string,
      more: Pick<LessonSave, 'kind' | 'savedBy'>,
    ): LessonSave => {
      const text = textIn(state, tag);
      const { defaultLocale } = version;
      return tx.create(LessonSave, {
        id: this.ids.next(),
        courseId: version.courseId,
        lessonKey: lesson.key,
        locale: tag,
        versionNumber: version.number,
        revision: state.revision,
        ...text,
        contentHash: textHash(text),
        sourceHash: tag === defaultLocale ? null : textHash(textIn(state, defaultLocale)),
        startedAt: now,
        savedAt: now,
        ...more,
      });
    };
    const found = unsavedLocales(before, last).map((tag) =>
      rowOf(before, tag, { kind: 'FOUND', savedBy: null }),
    );
    const saved = rowOf(lesson, locale, { kind, savedBy: viewer.personId });
    const previous = last.find((each) => each.locale === locale);
    const isKnown = found.every((each) => each.locale !== locale);
    // Only the time to learn it was changed: the text has no new save, and whoever asks is told of the revision all the same.
    const isSame =
      isKnown && previous?.contentHash === saved.contentHash && previous.sourceHash === saved.sourceHash;
    const next = { kind, personId: viewer.personId, now, versionNumber: version.number };
    const grows = !isSame && isKnown && continuesSave(previous, next);
    if (grows) {
      const { title, body, contentHash, sourceHash, revision, savedAt } = saved;
      const grown = { title, body, contentHash, sourceHash, revision, savedAt };
      await tx.update(LessonSave, { id: previous!.id }, grown);
    }
    const added = isSame || grows ? found : [...found, saved];
    if (added.length > 0) await tx.insert(LessonSave, added);
  }

  /** With what an outline adds to a lesson. Reading the whole outline at each save would make long courses slow to write. */
  private async asShown(tx: Tx, lesson: Lesson, locale: string, defaultLocale: string): Promise<Lesson> {
    const title = inLocale(lesson.titles, locale, defaultLocale) ?? lesson.key;
    if (lesson.kind !== 'QUIZ') return Object.assign(lesson, { title, quiz: null });
    const outline = await this.outlines.require(lesson.versionId, tx);
    return Object.assign(outline.lessonById.get(lesson.id)!, { title });
  }
}

const hasBody = ({ kind }: Lesson): boolean => kind !== 'QUIZ' && kind !== 'PACKAGE';

function parseText({
  body,
  markdown,
}: {
  body?: unknown;
  markdown?: string | null | undefined;
}): BlockDocument | undefined {
  if (markdown != null) return parseLessonMarkdown(markdown);
  return body == null ? undefined : parseBody(body);
}

function parseBody(body: unknown): BlockDocument {
  const parsed = blockDocumentSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  throw new DomainError(catalogRefusals.LESSON_BODY_INVALID, {
    reason: `${issue.path.join('.')}: ${issue.message}`,
  });
}
