import type { FileReport, Sentence } from './import-problems.js';
import { saysSomething, type DraftOption, type QuestionDraft } from './question-draft.js';

const MOST_OPTIONS = 100;
/** Thirds are written with a few decimals. In percent. */
const NEAR_ENOUGH = 0.5;

type Step = (draft: QuestionDraft, tell: Tell) => QuestionDraft | null;

interface Tell {
  /** The question is left out. */
  refuse(sentence: Sentence): null;
  warn(sentence: Sentence): void;
}

/**
 * The draft as the bank takes it: with our weights, without answers that are there twice; null, and reported, when it cannot be
 * asked. What is changed is told.
 */
export function mended(draft: QuestionDraft, report: FileReport): QuestionDraft | null {
  const tell: Tell = {
    refuse: ({ en, fr }) => {
      report.error('QUESTION_ANSWER', draft.line, {
        en: `${en} The question is left out.`,
        fr: `${fr} La question est laissée de côté.`,
      });
      return null;
    },
    warn: (sentence) => report.warning('QUESTION_ANSWER', draft.line, sentence),
  };
  if (!saysSomething(draft.prompt))
    return tell.refuse({ en: 'It does not say what is asked.', fr: 'Elle ne dit pas ce qui est demandé.' });
  if (draft.options.length > MOST_OPTIONS)
    return tell.refuse({
      en: `It has ${draft.options.length} answers; at most ${MOST_OPTIONS} are possible.`,
      fr: `Elle a ${draft.options.length} réponses ; ${MOST_OPTIONS} au plus sont possibles.`,
    });
  return STEPS[draft.kind](draft, tell);
}

const STEPS: Record<QuestionDraft['kind'], Step> = {
  SINGLE_CHOICE: singleChoice,
  MULTIPLE_CHOICE: multipleChoice,
  TRUE_FALSE: (draft) => draft,
  SHORT_TEXT: shortText,
  NUMBER: acceptedAnswers,
  MATCHING: matching,
  ORDERING: choosable,
};

const NONE_RIGHT: Sentence = {
  en: 'No answer is marked as right.',
  fr: 'Aucune réponse n’est marquée juste.',
};

const isFull = ({ correct, weight = correct ? 100 : 0 }: DraftOption) => weight >= 100 - NEAR_ENOUGH;

function singleChoice(draft: QuestionDraft, tell: Tell): QuestionDraft | null {
  const sound = choosable(draft, tell);
  if (sound === null) return null;
  const full = sound.options.filter(isFull).length;
  if (full === 0) return tell.refuse(NONE_RIGHT);
  if (full > 1) {
    if (full === sound.options.length)
      return tell.refuse({
        en: 'All answers are marked as right.',
        fr: 'Toutes les réponses sont marquées justes.',
      });
    tell.warn({
      en: 'Several answers give the full point and one of them was enough; here it becomes a multiple choice in which all right ones are ticked. Read it again.',
      fr: 'Plusieurs réponses donnent le point entier et une seule suffisait ; ici, cela devient un choix multiple où toutes les réponses justes sont à cocher. Relisez-la.',
    });
    const options = sound.options.map((option) => ({ ...unweighed(option), correct: isFull(option) }));
    return { ...sound, kind: 'MULTIPLE_CHOICE', options };
  }
  const options = sound.options.map((option) => {
    const correct = isFull(option);
    const { weight } = option;
    return { ...unweighed(option), correct, ...(!correct && weight && { weight: within(weight, -100, 99) }) };
  });
  return { ...sound, options };
}

function multipleChoice(draft: QuestionDraft, tell: Tell): QuestionDraft | null {
  const sound = choosable(draft, tell);
  if (sound === null) return null;
  const weighed = sound.options.some(({ weight }) => weight !== undefined);
  const correctOnes = sound.options.filter(({ correct, weight }) => (weighed ? (weight ?? 0) > 0 : correct));
  if (correctOnes.length === 0) return tell.refuse(NONE_RIGHT);
  if (!weighed) {
    if (correctOnes.length < sound.options.length) return sound;
    return tell.refuse({
      en: 'All answers are marked as right.',
      fr: 'Toutes les réponses sont marquées justes.',
    });
  }
  const sum = correctOnes.reduce((total, { weight = 0 }) => total + weight, 0);
  const factor = Math.abs(sum - 100) <= NEAR_ENOUGH ? 1 : 100 / sum;
  if (factor !== 1)
    tell.warn({
      en: `Right answers are worth ${rounded(sum)} % together; each is scaled, so that they make 100 %.`,
      fr: `Les réponses justes valent ensemble ${rounded(sum)} % ; chacune est ramenée à l’échelle, pour faire 100 %.`,
    });
  const options = sound.options.map((option) => {
    const weight = within(rounded((option.weight ?? 0) * ((option.weight ?? 0) > 0 ? factor : 1)), -100, 100);
    return { ...option, correct: weight > 0, weight };
  });
  return { ...sound, options: hasOurWeights(options) ? options.map(unweighed) : options };
}

/** True when leaving the weights out means the same: right ones share 100 equally, wrong ones -100. */
function hasOurWeights(options: readonly (DraftOption & { weight: number })[]): boolean {
  const right = options.filter(({ correct }) => correct).length;
  const wrong = options.length - right;
  return (
    wrong > 0 &&
    options.every(({ correct, weight }) => Math.abs(weight - (correct ? 100 / right : -100 / wrong)) < 0.01)
  );
}

function shortText(draft: QuestionDraft, tell: Tell): QuestionDraft | null {
  const anything = draft.options.find(
    ({ text, correct, weight }) => /^[*\s]+$/.test(text) && correct && weight !== 0,
  );
  if (anything)
    return tell.refuse({
      en: 'It takes any text as right ("*"): write what the answer must hold, or make it an activity.',
      fr: 'Elle accepte n’importe quel texte (« * ») : écrivez ce que la réponse doit contenir, ou faites-en une activité.',
    });
  const named = draft.options.filter(({ text }) => text !== '');
  const seen = new Set<string>();
  const options = named.filter(({ text }) => {
    const words = folded(text);
    const known = seen.has(words);
    seen.add(words);
    return !known;
  });
  if (options.length < named.length)
    tell.warn({
      en: 'Accepted answers that differ only in case or accents are the same here; the first of them is kept.',
      fr: 'Des réponses acceptées qui ne diffèrent que par la casse ou les accents sont ici les mêmes ; la première est gardée.',
    });
  return acceptedAnswers({ ...draft, options }, tell);
}

/** Of a text or a number: one must give the full point. */
function acceptedAnswers(draft: QuestionDraft, tell: Tell): QuestionDraft | null {
  if (!draft.options.some(isFull))
    return tell.refuse({
      en: 'No answer gives the full point.',
      fr: 'Aucune réponse ne donne le point entier.',
    });
  const options = draft.options.map(({ weight, ...option }) => {
    const share = weight ?? (option.correct ? 100 : 0);
    if (share >= 100 - NEAR_ENOUGH) return { ...option, correct: true };
    if (share > 0) return { ...option, correct: true, weight: share };
    return { ...option, correct: false, ...(share < 0 && { weight: within(share, -100, 0) }) };
  });
  return { ...draft, options };
}

function matching(draft: QuestionDraft, tell: Tell): QuestionDraft | null {
  const half = draft.options.filter(({ match }) => !match);
  if (half.length > 0)
    tell.warn({
      en: `${half.length} of its pairs have no right side and are left out.`,
      fr: `${half.length} de ses paires n’ont pas de partie droite et sont laissées de côté.`,
    });
  const options = draft.options
    .filter(({ match }) => match)
    .map((option) => ({ ...option, correct: option.text !== '' }));
  if (options.filter(({ text }) => text !== '').length < 2)
    return tell.refuse({
      en: 'Fewer than two pairs are complete.',
      fr: 'Moins de deux paires sont complètes.',
    });
  return distinct({ ...draft, options }, tell);
}

function choosable(draft: QuestionDraft, tell: Tell): QuestionDraft | null {
  const enough = atLeastTwo(draft, tell);
  return enough && distinct(enough, tell);
}

function atLeastTwo(draft: QuestionDraft, tell: Tell): QuestionDraft | null {
  if (draft.options.some(({ text }) => text === ''))
    tell.warn({
      en: 'An answer without text is left out.',
      fr: 'Une réponse sans texte est laissée de côté.',
    });
  const options = draft.options.filter(({ text }) => text !== '');
  if (options.length >= 2) return { ...draft, options };
  return tell.refuse({
    en: 'Fewer than two answers have a text: there is nothing to choose from.',
    fr: 'Moins de deux réponses ont un texte : il n’y a rien à choisir.',
  });
}

function distinct(draft: QuestionDraft, tell: Tell): QuestionDraft | null {
  const texts = draft.options.map(({ text }) => text.trim()).filter((text) => text !== '');
  if (new Set(texts).size === texts.length) return draft;
  return tell.refuse({
    en: 'Two answers have the same text: nobody could tell them apart.',
    fr: 'Deux réponses ont le même texte : personne ne pourrait les distinguer.',
  });
}

function unweighed(option: DraftOption): DraftOption {
  const { weight: _weight, ...rest } = option;
  return rest;
}

function folded(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();
}

function within(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}

/** To what Moodle writes: five decimals. */
function rounded(value: number): number {
  return Math.round(value * 100_000) / 100_000;
}
