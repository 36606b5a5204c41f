import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { defineRefusals, DomainError, NotFoundError } from '../../platform/errors.js';
import { Ids, parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import { LessonNote } from './lesson-note.entity.js';
import { findNotesOf, findTakenLesson } from './lesson-note.queries.js';

const noteSchema = z.object({ text: z.string().trim().min(1).max(10_000) });

export const noteRefusals = defineRefusals({
  NOTE_CHANGED: {
    en: 'You changed this note elsewhere meanwhile. What you typed is still here: copy what you need, reload the page and add it.',
    fr: 'Vous avez modifié cette note ailleurs entre-temps. Ce que vous avez saisi est toujours là : copiez ce qu’il vous faut, rechargez la page et ajoutez-le.',
    field: 'text',
  },
});

/** What learners note for themselves: one note in each lesson, theirs alone. */
@Injectable()
export class LessonNoteService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
  ) {}

  /**
   * Writes the note of a lesson. The same text again is no change.
   * @param expectedRevision of the note that was changed; null where there was none. Of two tabs the later one is told.
   * @throws NotFoundError for a lesson of a course that the viewer never took; DomainError `NOTE_CHANGED`, `REQUIRED`, `TOO_LONG`
   */
  async save(
    viewer: Viewer,
    input: { lessonId: string; text: string; expectedRevision?: number | null },
  ): Promise<LessonNote> {
    const { text } = parseInput(noteSchema, { text: input.text });
    return this.database.transaction(async (tx) => {
      const taken = await findTakenLesson(tx, viewer.personId, parseId(input.lessonId));
      if (!taken) throw new NotFoundError();
      const { courseId, lessonKey } = taken;
      const place = { personId: viewer.personId, courseId, lessonKey };
      const updatedAt = this.clock.now();
      const first = { id: this.ids.next(), ...place, text, revision: 1, updatedAt };
      if (input.expectedRevision == null && (await insertIfAbsent(tx, LessonNote, first)))
        return tx.create(LessonNote, first);
      const note = await tx.findOne(LessonNote, { where: place, lock: { mode: 'pessimistic_write' } });
      if (note?.text === text) return note;
      if (!note || note.revision !== input.expectedRevision) throw new DomainError(noteRefusals.NOTE_CHANGED);
      return tx.save(LessonNote, { ...note, text, revision: note.revision + 1, updatedAt });
    });
  }

  /** Deletes a note for ever; deleted again, it is the same. @throws NotFoundError for what is no id. */
  async delete(viewer: Viewer, id: string): Promise<void> {
    await this.database.transaction((tx) =>
      tx.delete(LessonNote, { id: parseId(id), personId: viewer.personId }),
    );
  }

  list(viewer: Viewer, beforeId: string | null, limit: number): Promise<LessonNote[]> {
    return this.database.read((tx) => findNotesOf(tx, viewer.personId, beforeId, limit));
  }
}
