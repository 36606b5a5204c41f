import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { DomainError, NotFoundError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { parseInput } from '../../platform/input.js';
import type { QuestionVersion } from '../catalog/question.entity.js';
import { PracticeDecks } from './practice-decks.js';
import { placePracticed } from './practice-question.rules.js';
import { PracticeAnswer, PracticeCourseStop, PracticeQuestionStop } from './practice.entity.js';
import { insertPracticeAnswer, isAskedAnywhere } from './practice.queries.js';
import { answeredAt, practiceRefusals } from './practice.rules.js';
import { readAnswer } from './quiz-answer.rules.js';
import { scoreAnswer } from './quiz-scoring.rules.js';
import { findQuestionVersions } from './quiz.queries.js';
import { refusalToAnswer } from './quiz.rules.js';

const answerSchema = z.object({
  id: z.uuid().toLowerCase(),
  questionId: z.uuid().toLowerCase(),
  questionVersionId: z.uuid().toLowerCase().nullish(),
  optionIds: z.array(z.string().max(40)).max(100).nullish(),
  text: z.string().max(500).nullish(),
  pairs: z
    .array(z.object({ optionId: z.string().max(40), matchId: z.string().max(40) }))
    .max(100)
    .nullish(),
  claimedAt: z.date().nullish(),
});
export type PracticeAnswerInput = z.input<typeof answerSchema>;

/** What to leave out, or to take up again: one of the two. */
export interface PracticeScope {
  questionId?: string | null;
  courseId?: string | null;
}

/** Going over questions again. It touches no enrollment: nothing of it counts towards a completion, a score or a report. */
@Injectable()
export class PracticeService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly decks: PracticeDecks,
  ) {}

  /**
   * Judges an answer and keeps it. Sent again, under the id that its device gave it, it is the answer that was kept first. An
   * empty answer says that the learner does not know.
   * @throws DomainError `PRACTICE_QUESTION_UNKNOWN` when the viewer may not see what is right in it, or was never asked it;
   *   `OPTION_UNKNOWN`, `ONE_OPTION_ONLY`, `PAIR_UNKNOWN`, `NUMBER_EXPECTED`, `ANSWER_OF_OTHER_KIND`
   */
  async answer(viewer: Viewer, input: PracticeAnswerInput): Promise<PracticeAnswer> {
    const { id, claimedAt, ...given } = parseInput(answerSchema, input);
    return this.database.transaction(async (tx) => {
      const key = { personId: viewer.personId, id };
      const known = await tx.findOneBy(PracticeAnswer, key);
      if (known) return known;
      const version = await this.versionAsked(tx, viewer, given);
      const placed = placePracticed(version, id);
      const answer = readAnswer({ ...placed, kind: version.kind }, given);
      const refusal = refusalToAnswer({ ...placed, kind: version.kind }, answer);
      if (refusal) throw new DomainError(refusal);
      await insertPracticeAnswer(tx, {
        ...key,
        ...answer,
        questionVersionId: version.id,
        score: scoreAnswer(version.kind, version.options, answer),
        claimedAt: claimedAt ?? null,
        answeredAt: answeredAt(claimedAt ?? null, this.clock.now()),
      });
      // Of two that came at once, the one that was kept.
      return tx.findOneByOrFail(PracticeAnswer, key);
    });
  }

  /** One of the viewer's own answers. @throws NotFoundError */
  async find(viewer: Viewer, id: string): Promise<PracticeAnswer> {
    const key = { personId: viewer.personId, id: parseId(id) };
    const answer = await this.database.read((tx) => tx.findOneBy(PracticeAnswer, key));
    if (!answer) throw new NotFoundError();
    return answer;
  }

  /**
   * Leaves a question or a course out; done again, it is the same.
   * @throws DomainError `PRACTICE_STOP_ONE`; `PRACTICE_QUESTION_UNKNOWN` when there is no such thing to go over.
   */
  async stop(viewer: Viewer, scope: PracticeScope): Promise<void> {
    const { questionId, courseId } = oneOf(scope);
    await this.database.transaction(async (tx) => {
      const { cards } = await this.decks.read(tx, viewer);
      const isKnown = cards.some((card) => card.questionId === questionId || card.courseId === courseId);
      if (!isKnown)
        throw new DomainError(
          practiceRefusals.PRACTICE_QUESTION_UNKNOWN,
          {},
          questionId ? 'questionId' : 'courseId',
        );
      const stop = { personId: viewer.personId, stoppedAt: this.clock.now() };
      if (questionId) await insertIfAbsent(tx, PracticeQuestionStop, { ...stop, questionId });
      else await insertIfAbsent(tx, PracticeCourseStop, { ...stop, courseId: courseId! });
    });
  }

  /** Takes up again what was left out; done again, it is the same. @throws DomainError `PRACTICE_STOP_ONE` */
  async resume(viewer: Viewer, scope: PracticeScope): Promise<void> {
    const { questionId, courseId } = oneOf(scope);
    const { personId } = viewer;
    await this.database.transaction(async (tx) => {
      if (questionId) await tx.delete(PracticeQuestionStop, { personId, questionId });
      else await tx.delete(PracticeCourseStop, { personId, courseId: courseId! });
    });
  }

  /** The version that was asked: the one that the device was given, or else the newest. */
  private async versionAsked(
    tx: Tx,
    viewer: Viewer,
    { questionId, questionVersionId }: { questionId: string; questionVersionId?: string | null },
  ): Promise<QuestionVersion> {
    const card = (await this.decks.read(tx, viewer)).cards.find((each) => each.questionId === questionId);
    if (!card) throw new DomainError(practiceRefusals.PRACTICE_QUESTION_UNKNOWN);
    const id = questionVersionId ?? card.questionVersionId;
    const version = (await findQuestionVersions(tx, [id])).get(id);
    const isAsked = id === card.questionVersionId || (await isAskedAnywhere(tx, id));
    if (version?.questionId !== questionId || !isAsked)
      throw new DomainError(practiceRefusals.PRACTICE_QUESTION_UNKNOWN, {}, 'questionVersionId');
    return version;
  }
}

function oneOf({ questionId, courseId }: PracticeScope): PracticeScope {
  if (Boolean(questionId) === Boolean(courseId)) throw new DomainError(practiceRefusals.PRACTICE_STOP_ONE);
  return questionId ? { questionId: parseId(questionId) } : { courseId: parseId(courseId!) };
}
