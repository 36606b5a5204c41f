import { inLocale, type Localized } from '../../platform/locale.js';
import { renderBlockDocument } from '../catalog/block-document.html.js';
import type { NumberAnswer, QuestionOption } from '../catalog/course-content.js';
import type { QuestionVersion } from '../catalog/question.entity.js';
import { matchIdOf, optionIdOf, type AskedQuestion, type KeptAnswer } from './quiz-answer.rules.js';
import type { PaperQuestion } from './quiz-paper.rules.js';
import { isPremise, isSameMatch, POINT, recognizedAnswer } from './quiz-scoring.rules.js';

/** What a true/false question offers when its author wrote no words of their own. */
const TRUTH: Record<string, Localized> = {
  true: { en: 'True', fr: 'Vrai' },
  false: { en: 'False', fr: 'Faux' },
};

/** A question with its place in an attempt, and what was answered. */
interface Placed {
  placed: PaperQuestion;
  /** Of the attempt. */
  seed: string;
  answer: (KeptAnswer & { score: number | null }) | undefined;
}

/**
 * A question as a learner may see it: unless it may be shown, nothing of what is right leaves this function.
 * @param key the version by whose key it was graded; what was asked stays as it was.
 */
export function presentQuestion(
  version: QuestionVersion,
  { placed, seed, answer }: Placed,
  { key, isShown, locale }: { key: QuestionVersion; isShown: boolean; locale: string },
) {
  const { kind, options } = version;
  const graded = new Map(key.options.map((option) => [option.key, option]));
  const asked: AskedQuestion = { ...placed, kind, seed };
  const byKey = new Map(options.map((option) => [option.key, option]));
  const shown = (texts: Localized | null | undefined): string | null =>
    (isShown && texts && inLocale(texts, locale)) || null;
  const prompt = inLocale(version.prompts, locale);
  const isChoice = kind === 'SINGLE_CHOICE' || kind === 'MULTIPLE_CHOICE' || kind === 'TRUE_FALSE';
  const typed =
    kind === 'SHORT_TEXT' || kind === 'NUMBER'
      ? recognizedAnswer(kind, key.options, answer?.text ?? null)
      : undefined;
  return {
    id: placed.questionId,
    kind,
    promptHtml: prompt ? renderBlockDocument(prompt) : '',
    options: placed.optionKeys.map((each) => ({
      id: optionIdOf(asked, each),
      text: textOf(byKey.get(each)!, locale),
      correct: isShown && isChoice ? graded.get(each)!.correct : null,
      feedback: shown(graded.get(each)!.feedback),
    })),
    matches: (placed.matchKeys ?? []).map((each) => ({
      id: matchIdOf(asked, each),
      text: inLocale(byKey.get(each)!.match ?? {}, locale) ?? each,
    })),
    chosenOptionIds: (answer?.optionKeys ?? []).map((each) => optionIdOf(asked, each)),
    text: answer?.text ?? null,
    pairs: (answer?.pairs ?? []).map(({ premise, match }) => ({
      optionId: premise,
      matchId: matchIdOf(asked, match),
    })),
    points: isShown ? (answer?.score ?? 0) / POINT : null,
    feedback: shown(typed?.feedback),
    explanation: shown(key.explanations),
    solution: isShown && !isChoice ? solutionOf(asked, { options, graded: key.options }, locale) : null,
  };
}

const textOf = ({ key, text }: QuestionOption, locale: string): string =>
  inLocale(text, locale) ?? (TRUTH[key] && inLocale(TRUTH[key], locale)) ?? key;

function solutionOf(
  asked: AskedQuestion,
  { options, graded }: Record<'options' | 'graded', readonly QuestionOption[]>,
  locale: string,
) {
  const full = graded.filter(({ correct, weight }) => (weight ?? (correct ? 100 : 0)) >= 100);
  const matchOf = (premise: QuestionOption): string =>
    asked.matchKeys!.find((key) =>
      isSameMatch(
        options.find((option) => option.key === key)!,
        premise,
      ),
    )!;
  return {
    texts: full.flatMap((option) => {
      if (asked.kind === 'NUMBER') return option.number ? [numberText(option.number, locale)] : [];
      return asked.kind === 'SHORT_TEXT' ? [inLocale(option.text, locale) ?? ''] : [];
    }),
    pairs:
      asked.kind === 'MATCHING'
        ? graded.filter(isPremise).map((premise) => ({
            optionId: premise.key,
            matchId: matchIdOf(asked, matchOf(premise)),
          }))
        : [],
    optionIds: asked.kind === 'ORDERING' ? graded.map(({ key }) => optionIdOf(asked, key)) : [],
  };
}

/** "3.5 (± 0.1)". */
function numberText({ value, tolerance }: NumberAnswer, locale: string): string {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 });
  return tolerance === 0 ? format.format(value) : `${format.format(value)} (± ${format.format(tolerance)})`;
}
