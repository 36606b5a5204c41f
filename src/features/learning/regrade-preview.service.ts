import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { QuestionVersion } from '../catalog/question.entity.js';
import { findVersionsOfQuestions } from '../studio/question-list.queries.js';
import { isMendedBy } from './quiz-key.rules.js';
import { findAskedVersions, findQuestionsWithVersions } from './quiz-regrade-report.queries.js';
import { findAskingAttempts, findGradedAttempts, findMendedVersions } from './quiz-regrade.queries.js';
import { REGRADE_EFFECTS, scoreChange, type RegradeEffect, type ScoreChange } from './quiz-regrade.rules.js';
import { findAnswers } from './quiz.queries.js';

/** Attempts read at once. */
const CHUNK = 500;
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
  /** Goes through every attempt that asked the question, some at a time. */
  async preview(tx: Tx, questionId: string): Promise<RegradePreview> {
    const { key, history } = await this.historyOf(tx, questionId);
    const preview: RegradePreview = {
      versionNumber: key.number,
      attempts: 0,
      counts: Object.fromEntries(REGRADE_EFFECTS.map((effect) => [effect, 0])) as RegradePreview['counts'],
      listed: { PASSES_NOW: [], STAYS_PASSED: [] },
    };
    for (let after: string | null = null; ;) {
      const found = await findAskingAttempts(tx, questionId, { after, limit: CHUNK });
      const ids = found.map(({ id }) => id);
      const attempts = await findGradedAttempts(tx, ids);
      const answers = await findAnswers(tx, ids);
      for (const attempt of attempts) {
        const change = scoreChange(attempt, answers.get(attempt.id)!, { questionId, key }, history);
        if (change) count(preview, change);
      }
      if (found.length < CHUNK) return preview;
      after = ids.at(-1)!;
    }
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

function count(preview: RegradePreview, change: ScoreChange): void {
  preview.attempts += 1;
  preview.counts[change.effect] += 1;
  if (change.effect !== 'PASSES_NOW' && change.effect !== 'STAYS_PASSED') return;
  const listed = preview.listed[change.effect];
  if (listed.length < MOST_LISTED) listed.push(change);
}
