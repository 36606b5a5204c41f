import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, type Refusal } from '../../platform/errors.js';
import { FileStore } from '../../platform/files/file-store.js';
import { plainFileName } from '../../platform/files/file.rules.js';
import { Ids } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import type { ActivityContent } from '../catalog/course-content.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import { requireOwnEnrollment } from '../enrollment/enrollment.policies.js';
import { ActivitySubmission, type ActivityFile } from './activity-submission.entity.js';
import { findNewestSubmission } from './activity.queries.js';
import {
  ACTIVITY_FILE_KINDS,
  activityRefusals,
  MOST_FILE_BYTES,
  MOST_FILES,
  refusalOfFile,
  refusalOfText,
  refusalToSubmit,
  refusalToWorkOn,
  submissionText,
} from './activity.rules.js';
import { FollowedLessonService } from './followed-lesson.service.js';
import { learningRefusals } from './quiz.rules.js';

/** An activity, as a learner's page means it. */
export interface OwnActivity {
  enrollmentId: string;
  lessonId: string;
}

/** What the learner does with an activity. The enrollment's row lock puts what two of their tabs do one after the other. */
@Injectable()
export class ActivityService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ids: Ids,
    private readonly followed: FollowedLessonService,
    private readonly store: FileStore,
  ) {}

  /**
   * Keeps a text as the draft. After a return this begins the next turn, with the files of the one before.
   * @throws NotFoundError when the enrollment is not the viewer's; DomainError of activity.rules.ts.
   */
  async save(viewer: Viewer, { text, ...activity }: OwnActivity & { text: string }): Promise<Lesson> {
    const plain = parseInput(submissionText, text);
    return this.work(viewer, activity, ({ draft, wanted }) => {
      refuse(refusalOfText(wanted, plain));
      return { ...draft, text: plain };
    });
  }

  /**
   * Adds a file to the draft; one that is there already is not added again.
   * @throws as {@link save}; DomainError of file.rules.ts when it is none that is taken.
   */
  async addFile(
    viewer: Viewer,
    { name, content, ...activity }: OwnActivity & { name: string; content: Buffer },
  ): Promise<Lesson> {
    // Refused before it is stored, where that can be known.
    await this.database.transaction(async (tx) => {
      const { draft, wanted } = await this.draftOf(tx, viewer, activity);
      refuse(refusalOfFile(wanted, draft.files.length), { max: MOST_FILES });
    });
    if (content.length > MOST_FILE_BYTES)
      throw new DomainError(activityRefusals.ACTIVITY_FILE_TOO_LARGE, {
        name: plainFileName(name),
        max: MOST_FILE_BYTES / 1_000_000,
      });
    const { sha256, mediaType, bytes } = await this.store.take(content, {
      name,
      kinds: ACTIVITY_FILE_KINDS,
      createdBy: viewer.personId,
    });
    const file: ActivityFile = { id: sha256, name: plainFileName(name), mediaType, bytes };
    return this.work(viewer, activity, ({ draft, wanted }) => {
      if (draft.files.some(({ id }) => id === file.id)) return draft;
      refuse(refusalOfFile(wanted, draft.files.length), { max: MOST_FILES });
      return { ...draft, files: [...draft.files, file] };
    });
  }

  /** Takes a file out of the draft; one that is not there is no error. @throws as {@link save} */
  async removeFile(
    viewer: Viewer,
    { fileId, ...activity }: OwnActivity & { fileId: string },
  ): Promise<Lesson> {
    return this.work(viewer, activity, ({ draft }) => ({
      ...draft,
      files: draft.files.filter(({ id }) => id !== fileId),
    }));
  }

  /**
   * Hands the draft in, with a text in place of the one that was kept. The same text handed in twice is handed in once.
   * @throws as {@link save}
   */
  async submit(
    viewer: Viewer,
    { text, ...activity }: OwnActivity & { text?: string | null },
  ): Promise<Lesson> {
    const plain = text === undefined || text === null ? null : parseInput(submissionText, text);
    return this.work(
      viewer,
      activity,
      ({ draft, wanted }) => {
        const done = { ...draft, text: plain ?? draft.text };
        refuse(refusalOfText(wanted, done.text));
        refuse(refusalToSubmit(wanted, { text: done.text, fileCount: done.files.length }));
        return { ...done, state: 'SUBMITTED', submittedAt: this.clock.now() };
      },
      (newest) => newest.state === 'SUBMITTED' && (plain === null || newest.text === plain),
    );
  }

  /** @param isDone whether what is asked for was done before, so that a second tap is no error. */
  private async work(
    viewer: Viewer,
    activity: OwnActivity,
    change: (facts: { draft: ActivitySubmission; wanted: Wanted }) => ActivitySubmission,
    isDone: (newest: ActivitySubmission) => boolean = () => false,
  ): Promise<Lesson> {
    return this.database.transaction(async (tx) => {
      const { lesson, draft, wanted } = await this.draftOf(tx, viewer, activity, isDone);
      if (isDone(draft)) return lesson;
      const changed = { ...change({ draft, wanted }), lessonId: lesson.id, savedAt: this.clock.now() };
      await tx.save(ActivitySubmission, changed);
      return lesson;
    });
  }

  /** The draft that the learner works on: the one there is, or a new one, which after a return begins with what was returned. */
  private async draftOf(
    tx: Tx,
    viewer: Viewer,
    activity: OwnActivity,
    isDone: (newest: ActivitySubmission) => boolean = () => false,
  ): Promise<{ lesson: Lesson; draft: ActivitySubmission; wanted: Wanted }> {
    const now = this.clock.now();
    const enrollment = await requireOwnEnrollment(tx, viewer, activity.enrollmentId, now);
    const lesson = (await this.followed.find(tx, enrollment, activity.lessonId))?.lesson;
    if (!lesson) throw new DomainError(learningRefusals.LESSON_NOT_IN_VERSION);
    const newest = await findNewestSubmission(tx, enrollment.id, lesson.key);
    if (!newest || !isDone(newest)) refuse(refusalToWorkOn(lesson, newest?.state));
    const { submission: wanted } = lesson.activity!;
    if (newest && newest.state !== 'RETURNED') return { lesson, draft: newest, wanted };
    const draft = tx.create(ActivitySubmission, {
      id: this.ids.next(),
      enrollmentId: enrollment.id,
      lessonId: lesson.id,
      lessonKey: lesson.key,
      number: (newest?.number ?? 0) + 1,
      state: 'DRAFT',
      text: newest?.text ?? '',
      files: newest?.files ?? [],
      savedAt: now,
      submittedAt: null,
      decidedAt: null,
      decidedBy: null,
      comment: null,
    });
    return { lesson, draft, wanted };
  }
}

type Wanted = ActivityContent['submission'];

function refuse(refusal: Refusal | null, values: Record<string, number> = {}): void {
  if (refusal) throw new DomainError(refusal, values);
}
