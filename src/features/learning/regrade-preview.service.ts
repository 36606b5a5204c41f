import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { QuestionVersion } from '../catalog/question.entity.js';
import { findVersionsOfQuestions } from '../studio/question-list.queries.js';
import { isMendedBy } from './quiz-key.rules.js';
import {
  findAlikeAttempts,
  findAskedVersions,
  findQuestionsWithVersions,
} from './quiz-regrade-report.queries.js';
import { findMendedVersions } from './quiz-regrade.queries.js';
import { changeOf, REGRADE_EFFECTS, type RegradeEffect, type ScoreChange } from './quiz-regrade.rules.js';

/** Attempts of an effect that are listed; all are counted. */
const MOST_LISTED = 50;

/** What a regrade would do. */
export interface RegradePreview {
  /** Number of the version whose key it is. */
  versionNumber: number;
  /** Graded by another key. */
  attempts: number;
  counts: Record<RegradeEffect, number>;
  /** The first of those on whose side of the pass mark something changes. */
  listed: Record<'PASSES_NOW' | 'STAYS_PASSED', ScoreChange[]>;
}

/** What would become of attempts by the newest key of a question. It changes nothing. */
@Injectable()
export class RegradePreviewService {
  /** Judges the attempts that are alike at once: the statements do not grow with them, and the work hardly. */
  async preview(tx: Tx, questionId: string): Promise<RegradePreview> {
    const { key, history } = await this.historyOf(tx, questionId);
    const preview: RegradePreview = {
      versionNumber: key.number,
      attempts: 0,
      counts: Object.fromEntries(REGRADE_EFFECTS.map((effect) => [effect, 0])) as RegradePreview['counts'],
      listed: { PASSES_NOW: [], STAYS_PASSED: [] },
    };
    for (const { placed, answer, count, ids, ...facts } of await findAlikeAttempts(
      tx,
      questionId,
      MOST_LISTED,
    )) {
      const change = changeOf(facts, { placed, answer }, key, history);
      if (!change) continue;
      preview.attempts += count;
      preview.counts[change.effect] += count;
      if (change.effect === 'PASSES_NOW' || change.effect === 'STAYS_PASSED')
        preview.listed[change.effect].push(...ids.map((attemptId) => ({ attemptId, ...change })));
    }
    for (const effect of ['PASSES_NOW', 'STAYS_PASSED'] as const)
      preview.listed[effect] = preview.listed[effect]
        .sort((a, b) => (a.attemptId < b.attemptId ? -1 : 1))
        .slice(0, MOST_LISTED);
    return preview;
  }

  /** Whether somebody was asked the question with another key than its newest. */
  async isNeeded(tx: Tx, questionId: string): Promise<boolean> {
    return (await this.needed(tx, [questionId])).length > 0;
  }

  /** The questions of a course that somebody was asked with another key than their newest, the last changed first. */
  async findMendedQuestions(tx: Tx, courseId: string): Promise<string[]> {
    return this.needed(tx, await findQuestionsWithVersions(tx, courseId));
  }

  private async needed(tx: Tx, questionIds: readonly string[]): Promise<string[]> {
    if (questionIds.length === 0) return [];
    const versionsOf = await findVersionsOfQuestions(tx, questionIds);
    const mendedOf = await findMendedVersions(tx, questionIds);
    const otherKeys = new Map<string, string[]>();
    for (const questionId of questionIds) {
      const [newest, ...earlier] = versionsOf.get(questionId)!;
      const mended = mendedOf.get(questionId)!;
      if (mended.some(({ id }) => id === newest!.id)) continue; // it is in force
      const other = earlier.filter((asked) => isMendedBy(newest!, { asked, frozen: asked }, mended));
      otherKeys.set(
        questionId,
        other.map(({ id }) => id),
      );
    }
    const asked = await findAskedVersions(tx, [...otherKeys.values()].flat());
    return questionIds.filter((id) => otherKeys.get(id)?.some((versionId) => asked.has(versionId)));
  }

  private async historyOf(tx: Tx, questionId: string) {
    const all = (await findVersionsOfQuestions(tx, [questionId])).get(questionId)!;
    const versions = new Map<string, QuestionVersion>(all.map((version) => [version.id, version]));
    const mended = (await findMendedVersions(tx, [questionId])).get(questionId)!;
    return { key: all[0]!, history: { versions, mended } };
  }
}
