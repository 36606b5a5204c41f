import type { QuestionVersion } from '../catalog/question.entity.js';
import { presentQuestion } from './attempt-question.rules.js';
import type { KeptAnswer } from './quiz-answer.rules.js';
import { drawPaper, type PaperQuestion } from './quiz-paper.rules.js';

/** A question that is gone over, with what its ids in the browser are made of: the same each time, unlike its order. */
export interface PlacedQuestion extends PaperQuestion {
  seed: string;
}

/** Who goes over a question may see what is right in it: its ids need hide nothing, and a device may keep them for weeks. */
const ID_SEED = 'practice';

/** @param turn what the order of its options follows from. */
export function placePracticed(
  { id, questionId, kind, options }: Pick<QuestionVersion, 'id' | 'questionId' | 'kind' | 'options'>,
  turn: string,
): PlacedQuestion {
  const [placed] = drawPaper([{ id, questionId, kind, options, pool: null }], {
    seed: turn,
    settings: { shuffleQuestions: false, shuffleOptions: true },
    pools: [],
    timesAsked: new Map(),
  });
  return { ...placed!, seed: ID_SEED };
}

/** What a learner reads of a question: what is right in it only when that is asked for. */
export function presentPracticed(
  version: QuestionVersion,
  turn: string,
  shown: { answer?: KeptAnswer & { score: number }; isShown: boolean; locale: string },
) {
  const placed = placePracticed(version, turn);
  return presentQuestion(
    version,
    { placed, seed: placed.seed, answer: shown.answer },
    { ...shown, key: version },
  );
}
