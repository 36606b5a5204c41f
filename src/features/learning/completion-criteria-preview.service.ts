import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import { Outlines } from '../catalog/outlines.js';
import { countByState, findActiveEnrollments, findCriteriaInForce } from './completion-criteria.queries.js';
import { findCompletionFacts } from './completion-facts.queries.js';
import { evaluateCompletion, type CompletionVerdict } from './completion.rules.js';

/** Learners read at once. */
const CHUNK = 500;
/** Learners looked at: a preview is an answer while somebody waits. All are judged anew once it is applied. */
export const MOST_PREVIEWED = 2_000;

/** What another overall minimum would change. Learners are counted by their enrollments in progress. */
export interface CriteriaPreview {
  /** Of the criteria in force. */
  version: number;
  /** In percent; null: none. */
  overallMinimumPercent: number | null;
  inProgress: number;
  /** Of those in progress, the first so many. */
  lookedAt: number;
  completing: number;
  oneMore: number;
  oneLess: number;
  /** People who completed the course: nothing changes for them. */
  completed: number;
}

/** Tries an overall minimum on everybody who takes a course. It changes nothing. */
@Injectable()
export class CompletionCriteriaPreviewService {
  constructor(private readonly outlines: Outlines) {}

  /** Some learners at a time, {@link MOST_PREVIEWED} at most. @param overallMinimumPercent 1 to 100; null: none */
  async preview(tx: Tx, courseId: string, overallMinimumPercent: number | null): Promise<CriteriaPreview> {
    const current = await findCriteriaInForce(tx, courseId);
    const tried = { ...current, overallMinimumPercent };
    const preview: CriteriaPreview = {
      version: current.version,
      overallMinimumPercent,
      ...(await countByState(tx, courseId)),
      lookedAt: 0,
      completing: 0,
      oneMore: 0,
      oneLess: 0,
    };
    for (let after: string | null = null; preview.lookedAt < MOST_PREVIEWED;) {
      const enrollments = await findActiveEnrollments(tx, courseId, { after, limit: CHUNK });
      const ids = enrollments.map(({ id }) => id);
      const facts = await findCompletionFacts(tx, ids, { withGrades: true });
      for (const { id, versionId } of enrollments) {
        const { lessons } = await this.outlines.require(versionId, tx);
        const work = facts.get(id)!;
        const before = evaluateCompletion(current, lessons, work);
        count(preview, before, evaluateCompletion(tried, lessons, work));
      }
      preview.lookedAt += enrollments.length;
      if (enrollments.length < CHUNK) break;
      after = ids.at(-1)!;
    }
    return preview;
  }
}

function count(preview: CriteriaPreview, before: CompletionVerdict, then: CompletionVerdict): void {
  const wasBelow = isBelow(before);
  if (then.met) preview.completing += 1;
  else if (isBelow(then) && !wasBelow) preview.oneMore += 1;
  else if (wasBelow && !isBelow(then)) preview.oneLess += 1;
}

const isBelow = ({ missing }: CompletionVerdict): boolean =>
  missing.some(({ code }) => code === 'OVERALL_BELOW_MINIMUM');
