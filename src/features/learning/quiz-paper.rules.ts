import { createHash } from 'node:crypto';
import type { QuestionKind, QuestionOption, QuizSettings } from '../catalog/course-content.js';
import { isPremise, isSameMatch } from './quiz-scoring.rules.js';

/** A question as it stands in one attempt: frozen when the attempt starts. */
export interface PaperQuestion {
  questionId: string;
  questionVersionId: string;
  /** Of the version whose key answers are graded by, where the one asked had been mended by then. */
  keyVersionId?: string;
  /** In the order shown: choices, items to order, or premises. Empty when the answer is typed. */
  optionKeys: string[];
  /** Of a matching: the options whose matches are offered, in the order shown; of those that read the same, one. */
  matchKeys?: string[];
}

/** A question that an attempt may ask. */
export interface DrawableQuestion {
  /** Of the version. */
  id: string;
  questionId: string;
  kind: QuestionKind;
  options: QuestionOption[];
  /** Index of the pool that it may be drawn from; null when everybody is asked. */
  pool: number | null;
  /** As {@link PaperQuestion.keyVersionId}. */
  keyVersionId?: string;
}

/** What a draw depends on besides the questions. */
export interface Draw {
  /** Everything random follows from it: the same seed draws the same paper. */
  seed: string;
  settings: Pick<QuizSettings, 'shuffleQuestions' | 'shuffleOptions'>;
  /** How many questions each pool gives. */
  pools: readonly { count: number }[];
  /** How often earlier attempts asked each question, by its id; those not there were never asked. */
  timesAsked: ReadonlyMap<string, number>;
}

/**
 * What one attempt asks: the fixed questions in order, then those drawn from each pool. A pool gives what the learner has
 * seen least, at random among equals. A pool with too few gives what it has.
 */
export function drawPaper(questions: readonly DrawableQuestion[], draw: Draw): PaperQuestion[] {
  const drawn = draw.pools.flatMap(({ count }, index) => {
    const seen = ({ questionId }: DrawableQuestion): number => draw.timesAsked.get(questionId) ?? 0;
    const pool = questions.filter((question) => question.pool === index);
    return inSeededOrder(pool, `${draw.seed}:pool`, ({ questionId }) => questionId)
      .sort((a, b) => seen(a) - seen(b))
      .slice(0, count);
  });
  const asked = [...questions.filter(({ pool }) => pool === null), ...drawn];
  const ordered = draw.settings.shuffleQuestions
    ? inSeededOrder(asked, `${draw.seed}:order`, ({ questionId }) => questionId)
    : asked;
  return ordered.map((question) => placeQuestion(question, draw));
}

function placeQuestion(
  { id, questionId, kind, options, keyVersionId }: DrawableQuestion,
  { seed, settings }: Draw,
): PaperQuestion {
  const question = { questionId, questionVersionId: id, ...(keyVersionId ? { keyVersionId } : {}) };
  const keys = options.map(({ key }) => key);
  switch (kind) {
    case 'SHORT_TEXT':
    case 'NUMBER':
      return { ...question, optionKeys: [] };
    case 'MATCHING': {
      const premises = options.filter(isPremise).map(({ key }) => key);
      const matches = options.filter(
        (option, index) => options.findIndex((other) => isSameMatch(option, other)) === index,
      );
      return {
        ...question,
        optionKeys: settings.shuffleOptions ? shuffleOptions(kind, premises, `${seed}:${id}`) : premises,
        matchKeys: shuffleOptions(
          kind,
          matches.map(({ key }) => key),
          `${seed}:${id}:matches`,
        ),
      };
    }
    case 'ORDERING': // whatever the settings say: the author's order is the answer
      return { ...question, optionKeys: shuffleOptions(kind, keys, `${seed}:${id}`) };
    default:
      return {
        ...question,
        optionKeys: settings.shuffleOptions ? shuffleOptions(kind, keys, `${seed}:${id}`) : keys,
      };
  }
}

/** The order in which options are shown, decided by the seed alone. True comes before false, as people expect. */
export function shuffleOptions(kind: QuestionKind, keys: readonly string[], seed: string): string[] {
  return kind === 'TRUE_FALSE' ? [...keys] : inSeededOrder(keys, seed, (key) => key);
}

/**
 * The id by which a browser knows an item to order or a match. Keys are mostly a, b, c in the order of the author: they would
 * tell the answer.
 */
export function opaqueId(seed: string, questionVersionId: string, key: string): string {
  return digest(`${seed}:${questionVersionId}:id:${key}`).slice(0, 16);
}

function inSeededOrder<T>(items: readonly T[], seed: string, keyOf: (item: T) => string): T[] {
  return items
    .map((item) => ({ item, rank: digest(`${seed}:${keyOf(item)}`) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ item }) => item);
}

const digest = (text: string): string => createHash('sha256').update(text).digest('hex');
