import type { QuestionKind } from '../catalog/course-content.js';
import { opaqueId, type PaperQuestion } from './quiz-paper.rules.js';
import type { AnswerPair } from './quiz-scoring.rules.js';

/** A question of one attempt, with what its ids in the browser are made of. */
export interface AskedQuestion extends Pick<PaperQuestion, 'questionVersionId' | 'optionKeys' | 'matchKeys'> {
  kind: QuestionKind;
  seed: string;
}

/** What a browser sends. */
export interface SentAnswer {
  optionIds?: readonly string[] | null;
  text?: string | null;
  pairs?: readonly { optionId: string; matchId: string }[] | null;
}

/** What is kept. */
export interface KeptAnswer {
  optionKeys: string[];
  text: string | null;
  pairs: AnswerPair[] | null;
}

/** No option has it: that of an id which is not one of the question's. */
const UNKNOWN = '';

/** The id by which the browser knows an option: its key, where that tells nothing. */
export const optionIdOf = ({ kind, seed, questionVersionId }: AskedQuestion, key: string): string =>
  kind === 'ORDERING' ? opaqueId(seed, questionVersionId, key) : key;

/** The id by which the browser knows a match. */
export const matchIdOf = ({ seed, questionVersionId }: AskedQuestion, key: string): string =>
  opaqueId(seed, questionVersionId, key);

/** An answer in keys. An id that is not of the question becomes one that no option has. */
export function readAnswer(question: AskedQuestion, { optionIds, text, pairs }: SentAnswer): KeptAnswer {
  const options = new Map(question.optionKeys.map((key) => [optionIdOf(question, key), key]));
  const matches = new Map((question.matchKeys ?? []).map((key) => [matchIdOf(question, key), key]));
  return {
    optionKeys: [...new Set(optionIds ?? [])].map((id) => options.get(id) ?? UNKNOWN),
    text: text?.trim() ? text : null,
    pairs: pairs?.length
      ? pairs.map(({ optionId, matchId }) => ({
          premise: options.get(optionId) ?? UNKNOWN,
          match: matches.get(matchId) ?? UNKNOWN,
        }))
      : null,
  };
}
