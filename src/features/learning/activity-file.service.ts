import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { plainFileName } from '../../platform/files/file.rules.js';
import type { Looked } from '../../platform/files/preparing.js';
import { PrivateFiles } from '../../platform/files/private-files.js';
import { Ids, isId } from '../../platform/ids.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import { ActivityDrafts, refuse, type OpenActivity, type OwnActivity } from './activity-drafts.js';
import { ActivityFile, ActivitySubmissionFile } from './activity-file.entity.js';
import { countFiles, unlinkFile } from './activity-file.queries.js';
import {
  ACTIVITY_FILE_KINDS,
  MOST_FILES,
  MOST_FILE_BYTES,
  NOT_OF_AN_ACTIVITY,
  activityRefusals,
  countingState,
  refusalOfFile,
} from './activity.rules.js';
import { ActivityFileDropped } from './learning.events.js';

/** The files that learners put to an activity: theirs, and not among those of courses. */
@Injectable()
export class ActivityFileService {
  constructor(
    private readonly database: Database,
    private readonly ids: Ids,
    private readonly drafts: ActivityDrafts,
    private readonly files: PrivateFiles,
    private readonly outbox: Outbox,
  ) {}

  /**
   * Adds a file to the draft; one that is there already is not added again, nor is it an error when it was handed in meanwhile. A
   * crash between keeping what is in it and saying so leaves something that nothing leads to.
   * @throws NotFoundError when the enrollment is not the viewer's; DomainError of activity.rules.ts and file.rules.ts.
   */
  async add(
    viewer: Viewer,
    { name: rawName, content, ...activity }: OwnActivity & { name: string; content: Buffer },
  ): Promise<Lesson> {
    const name = plainFileName(rawName);
    if (content.length > MOST_FILE_BYTES)
      throw new DomainError(activityRefusals.ACTIVITY_FILE_TOO_LARGE, {
        name,
        max: MOST_FILE_BYTES / 1_000_000,
      });
    // Whose it is comes first: nobody stores anything under another's enrollment, not for a moment.
    await this.database.transaction((tx) => this.drafts.open(tx, viewer, activity));
    const id = this.ids.next();
    const looked = await this.keep(id, name, content);
    // Where the answer of the database is lost it stays: better that nothing leads to it than that it is missing.
    let isUsed = true;
    try {
      return await this.database.transaction(async (tx) => {
        const open = await this.drafts.open(tx, viewer, activity);
        isUsed = await this.link(tx, open, { id, name, looked });
        return open.lesson;
      });
    } catch (error) {
      isUsed = !(error instanceof DomainError);
      throw error;
    } finally {
      if (!isUsed) await this.files.forget(id);
    }
  }

  /** Takes a file out of the draft; one that is not there is no error. @throws as {@link add} */
  async remove(viewer: Viewer, { fileId, ...activity }: OwnActivity & { fileId: string }): Promise<Lesson> {
    return this.database.transaction(async (tx) => {
      const open = await this.drafts.open(tx, viewer, activity);
      const draft = await this.drafts.draftOf(tx, open);
      if (!isId(fileId)) throw new NotFoundError();
      if (await unlinkFile(tx, { submissionId: draft.id, fileId }))
        await this.outbox.record(tx, ActivityFileDropped, { fileId }, fileId);
      await this.drafts.keep(tx, open, draft);
      return open.lesson;
    });
  }

  private async keep(id: string, name: string, content: Buffer): Promise<Looked> {
    try {
      return await this.files.keep(id, content, { name, kinds: ACTIVITY_FILE_KINDS });
    } catch (error) {
      // What the store says of a file is said to trainers, whose courses may hold more.
      if (error instanceof DomainError && NOT_OF_AN_ACTIVITY.has(error.refusal.code))
        throw new DomainError(activityRefusals.ACTIVITY_FILE_REFUSED, { name });
      throw error;
    }
  }

  /** @returns whether what was kept is used; the same file may be there from before. */
  private async link(
    tx: Tx,
    open: OpenActivity,
    { id, name, looked: { sha256, mediaType, bytes } }: { id: string; name: string; looked: Looked },
  ): Promise<boolean> {
    const { enrollment, lesson, wanted, newest } = open;
    const owner = { enrollmentId: enrollment.id, lessonKey: lesson.key };
    const known = await tx.findOneBy(ActivityFile, { ...owner, sha256 });
    const isIn = (submissionId: string): Promise<boolean> =>
      known
        ? tx.existsBy(ActivitySubmissionFile, { submissionId, fileId: known.id })
        : Promise.resolve(false);
    if (newest && countingState(newest) === 'SUBMITTED' && (await isIn(newest.id))) return false;
    const draft = await this.drafts.draftOf(tx, open);
    if (await isIn(draft.id)) return false;
    refuse(refusalOfFile(wanted, await countFiles(tx, draft.id)), { max: MOST_FILES });
    if (!known) await tx.insert(ActivityFile, { id, ...owner, sha256, name, mediaType, bytes });
    await tx.insert(ActivitySubmissionFile, { submissionId: draft.id, fileId: known?.id ?? id });
    await this.drafts.keep(tx, open, draft);
    return !known;
  }
}
