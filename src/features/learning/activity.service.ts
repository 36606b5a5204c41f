import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { parseInput } from '../../platform/input.js';
import type { Lesson } from '../catalog/lesson.entity.js';
import { ActivityDrafts, refuse, type OwnActivity } from './activity-drafts.js';
import { countFiles } from './activity-file.queries.js';
import { countingState, refusalOfText, refusalToSubmit, submissionText } from './activity.rules.js';

/** What the learner writes for an activity, and that they hand it in. */
@Injectable()
export class ActivityService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly drafts: ActivityDrafts,
  ) {}

  /**
   * Keeps a text as the draft. After a return this begins the next turn, with the files of the one before. What was handed in is not
   * touched; saying the same again is no error, so that a second tap is none.
   * @throws NotFoundError when the enrollment is not the viewer's; DomainError of activity.rules.ts.
   */
  async save(viewer: Viewer, { text, ...activity }: OwnActivity & { text: string }): Promise<Lesson> {
    const plain = parseInput(submissionText, text);
    return this.database.transaction(async (tx) => {
      const open = await this.drafts.open(tx, viewer, activity);
      const { lesson, newest, wanted } = open;
      if (newest?.text === plain && countingState(newest) === 'SUBMITTED') return lesson;
      refuse(refusalOfText(wanted, plain));
      await this.drafts.keep(tx, open, await this.drafts.draftOf(tx, open), { text: plain });
      return lesson;
    });
  }

  /**
   * Hands the draft in, with a text in place of the one that was kept. The same text handed in twice is handed in once.
   * @throws as {@link save}
   */
  async submit(
    viewer: Viewer,
    { text, ...activity }: OwnActivity & { text?: string | null },
  ): Promise<Lesson> {
    const given = text === undefined || text === null ? null : parseInput(submissionText, text);
    return this.database.transaction(async (tx) => {
      const open = await this.drafts.open(tx, viewer, activity);
      const { lesson, newest, wanted } = open;
      if (countingState(newest) === 'SUBMITTED' && (given === null || newest?.text === given)) return lesson;
      const draft = await this.drafts.draftOf(tx, open);
      const done = given ?? draft.text;
      refuse(refusalOfText(wanted, done));
      refuse(refusalToSubmit(wanted, { text: done, fileCount: await countFiles(tx, draft.id) }));
      const submittedAt = this.clock.now();
      await this.drafts.keep(tx, open, draft, { text: done, state: 'SUBMITTED', submittedAt });
      return lesson;
    });
  }
}
