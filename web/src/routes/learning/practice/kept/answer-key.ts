import type { Question } from '$lib/learning/question';
import type { AnswerKey } from '$lib/offline/judge';

/** A question that is kept, with what is right in it. */
interface KeptCard {
  versionId: string;
  recognized: AnswerKey['recognized'];
  question: Pick<Question, 'kind' | 'matches'>;
  solved: {
    options: readonly { id: string; text: string; correct: boolean | null }[];
    solution: Question['solution'];
  };
}

const matchText = ({ question }: KeptCard, matchId: string): string =>
  question.matches.find(({ id }) => id === matchId)?.text ?? '';

/** What a device judges an answer by, and the version of the question that it is an answer to. */
export function keyOf(card: KeptCard): AnswerKey & { versionId: string } {
  const { solution, options } = card.solved;
  return {
    versionId: card.versionId,
    kind: card.question.kind,
    optionIds: solution?.optionIds.length
      ? solution.optionIds
      : options.filter(({ correct }) => correct).map(({ id }) => id),
    matches: (solution?.pairs ?? []).map(({ optionId, matchId }) => ({
      optionId,
      text: matchText(card, matchId),
    })),
    offered: card.question.matches,
    recognized: card.recognized,
  };
}

/** What is right, to be read. */
export function rightAnswers(card: KeptCard): string[] {
  const { solution, options } = card.solved;
  const textOf = (id: string): string => options.find((option) => option.id === id)?.text ?? '';
  if (!solution) return options.filter(({ correct }) => correct).map(({ text }) => text);
  if (solution.pairs.length > 0)
    return solution.pairs.map(({ optionId, matchId }) => `${textOf(optionId)} → ${matchText(card, matchId)}`);
  if (solution.optionIds.length > 0) return solution.optionIds.map((id, at) => `${at + 1}. ${textOf(id)}`);
  return [...solution.texts];
}
