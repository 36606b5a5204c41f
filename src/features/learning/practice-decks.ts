import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Outlines } from '../catalog/outlines.js';
import {
  findPlaces,
  findPracticeGiven,
  findQuizAsked,
  findStops,
  type QuestionPlace,
  type QuizAsked,
} from './practice.queries.js';
import { dayOf, standingOf, type GivenAnswer, type PracticeStanding } from './practice.rules.js';
import { POINT } from './quiz-scoring.rules.js';
import { mayShowAnswers } from './quiz-timing.rules.js';
import { settingsOf } from './quiz-settings.rules.js';

/** A question that a learner answered wrong and may go over again. */
export interface PracticeCard extends QuestionPlace, PracticeStanding {
  /** How often it was gone over: what is shuffled is shuffled anew each time. */
  timesPracticed: number;
  /** By itself. */
  isStopped: boolean;
  /** With all of its course. */
  isCourseStopped: boolean;
}

/** All that a learner may go over. */
export interface PracticeDeck {
  /** The learner's own calendar day, `YYYY-MM-DD`. */
  today: string;
  /** Those that are due first come first; those that are known last. */
  cards: PracticeCard[];
}

/**
 * Reads what a learner may go over, from what they answered: in three to five statements, however much that is. A question is
 * among it when they answered it wrong in a graded attempt, its rules let them see what is right by now (those of an attempt
 * that asked it, and those of the quiz as it is now), and the version of the course that they follow asks it.
 */
@Injectable()
export class PracticeDecks {
  constructor(
    private readonly database: Database,
    private readonly outlines: Outlines,
    private readonly clock: Clock,
  ) {}

  /** As {@link read}, outside a transaction. */
  readNow(viewer: Viewer): Promise<PracticeDeck> {
    return this.database.read((tx) => this.read(tx, viewer));
  }

  async read(tx: Tx, { personId, timeZone }: Viewer): Promise<PracticeDeck> {
    const now = this.clock.now();
    const today = dayOf(now, timeZone);
    const asked = byQuestion(await findQuizAsked(tx, personId));
    if (asked.size === 0) return { today, cards: [] };
    const given = byQuestion(await findPracticeGiven(tx, personId));
    const standings = new Map(
      [...asked].flatMap(([questionId, all]) => {
        const answers = [...all.map(asGiven), ...(given.get(questionId) ?? []).map(asGiven)];
        const standing = standingOf(answers, timeZone);
        return standing ? [[questionId, standing] as const] : [];
      }),
    );
    if (standings.size === 0) return { today, cards: [] };
    const places = await findPlaces(tx, personId, [...standings.keys()]);
    const stops = await findStops(tx, personId);
    const cards: PracticeCard[] = [];
    for (const place of places) {
      if (!(await this.mayShow(place, asked.get(place.questionId)!, now))) continue;
      cards.push({
        ...place,
        ...standings.get(place.questionId)!,
        timesPracticed: given.get(place.questionId)?.length ?? 0,
        isStopped: stops.has(place.questionId),
        isCourseStopped: stops.has(place.courseId),
      });
    }
    const orderOf = ({ dueOn, questionId }: PracticeCard): string => `${dueOn ?? 'known'} ${questionId}`;
    return { today, cards: cards.sort((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1)) };
  }

  private async mayShow(place: QuestionPlace, asked: QuizAsked[], now: Date): Promise<boolean> {
    const { lessonById } = await this.outlines.require(place.versionId);
    const quizNow = settingsOf(lessonById.get(place.lessonId)!);
    const isPassed = asked.some((each) => each.isPassed);
    return (
      mayShowAnswers(quizNow, { isPassed, now }) &&
      asked.some((each) => mayShowAnswers(each.settings, { isPassed: each.isPassed, now }))
    );
  }
}

/** Only the whole point is right: what was half known is gone over. */
const asGiven = (
  answer: { at: Date; score: number } & ({ id: string } | { attemptId: string }),
): GivenAnswer => ({
  id: 'id' in answer ? answer.id : answer.attemptId,
  at: answer.at,
  isRight: answer.score >= POINT,
});

function byQuestion<T extends { questionId: string }>(rows: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const row of rows) groups.set(row.questionId, [...(groups.get(row.questionId) ?? []), row]);
  return groups;
}
