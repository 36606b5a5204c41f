import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { CourseVersion } from '../catalog/course-version.entity.js';
import { Outlines } from '../catalog/outlines.js';
import { readContents } from '../catalog/version-content.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { requireOwnEnrollment } from '../enrollment/enrollment.policies.js';
import { findCompletionFacts } from './completion-facts.queries.js';
import { CompletionService } from './completion.service.js';
import type { EnrollmentChange } from './enrollment-change.entity.js';
import { VersionMoveDue } from './learning.events.js';
import {
  insertChanges,
  lockEarlierEnrollments,
  markChangesSeen,
  pinToVersion,
} from './version-move.queries.js';
import { differenceOf, hasNews, type VersionDifference } from './version-move.rules.js';

/** Learners moved in one transaction: their rows are locked until it ends. */
const BATCH = 50;

/**
 * Brings learners of earlier versions to a new one, as its publish policy says. Their work is kept by lesson key, so that it
 * need not be touched: progress may fall, and who lacks nothing in the new version is complete at once. Attempts in progress are
 * finished on what they froze. Who completed an earlier version stays there, with fact and badge, and is told what is new.
 */
@Injectable()
export class VersionMoveService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly outbox: Outbox,
    private readonly outlines: Outlines,
    private readonly completions: CompletionService,
  ) {}

  /** Begins to move learners to a version that was published, if its policy is to. */
  async begin(tx: Tx, versionId: string): Promise<void> {
    const { publishPolicy } = await tx.findOneByOrFail(CourseVersion, { id: versionId });
    if (publishPolicy === 'NEW_LEARNERS_ONLY') return;
    await this.outbox.record(tx, VersionMoveDue, { versionId, after: null });
  }

  /**
   * Moves the next learners, and sees to those after them. What was done already is not done again: who is on the version, or on a
   * later one, is none of them. Statements do not grow with the learners, except for those who are complete by it.
   * @param after the enrollment that the last batch ended with; null to begin.
   */
  async moveBatch(tx: Tx, versionId: string, after: string | null): Promise<void> {
    const version = await tx.findOneByOrFail(CourseVersion, { id: versionId });
    const completed = version.publishPolicy === 'MOVE_AND_ASK_COMPLETED';
    const enrollments = await lockEarlierEnrollments(tx, version, { after, completed, limit: BATCH });
    if (enrollments.length === 0) return;
    const ids = enrollments.map(({ id }) => id);
    const facts = await findCompletionFacts(tx, ids);
    const differences = await this.differences(tx, version.id, enrollments);
    const { lessons } = await this.outlines.require(version.id, tx);
    const keys = new Set(lessons.map(({ key }) => key));
    const now = this.clock.now();
    const changes = enrollments.flatMap((enrollment): EnrollmentChange[] => {
      const difference = differences.get(enrollment.versionId)!;
      const isMoved = enrollment.state === 'ACTIVE';
      if (!isMoved && !hasNews(difference)) return [];
      return [
        {
          enrollmentId: enrollment.id,
          versionId: version.id,
          fromVersionId: enrollment.versionId,
          kind: isMoved ? 'MOVED' : 'OFFERED',
          ...difference,
          keptCount: facts.get(enrollment.id)!.done.filter(({ lessonKey }) => keys.has(lessonKey)).length,
          occurredAt: now,
          seenAt: null,
        },
      ];
    });
    await insertChanges(tx, changes, now);
    const moved = enrollments.filter(({ state }) => state === 'ACTIVE');
    await pinToVersion(
      tx,
      moved.map(({ id }) => id),
      version.id,
    );
    for (const enrollment of moved) enrollment.versionId = version.id;
    await this.completions.settleAll(tx, moved, { at: now, facts });
    if (enrollments.length === BATCH)
      await this.outbox.record(tx, VersionMoveDue, { versionId, after: ids.at(-1)! });
  }

  /**
   * Notes that the learner read what changed; done again, it is the same.
   * @throws NotFoundError when the enrollment is not the viewer's.
   */
  async markSeen(viewer: Viewer, enrollmentId: string): Promise<Enrollment> {
    return this.database.transaction(async (tx) => {
      const now = this.clock.now();
      const enrollment = await requireOwnEnrollment(tx, viewer, enrollmentId, now);
      await markChangesSeen(tx, enrollment.id, now);
      return enrollment;
    });
  }

  /** How the version differs from each of those that the learners come from. */
  private async differences(
    tx: Tx,
    versionId: string,
    enrollments: readonly Enrollment[],
  ): Promise<Map<string, VersionDifference>> {
    const earlier = [...new Set(enrollments.map((enrollment) => enrollment.versionId))];
    const contents = await readContents(tx, [versionId, ...earlier]);
    const now = contents.get(versionId)!;
    return new Map(earlier.map((id) => [id, differenceOf(contents.get(id)!, now)]));
  }
}
