import { defineRefusals, type Refusal } from '../../platform/errors.js';
import { inLocale, type Localized } from '../../platform/locale.js';
import { plainText, type BlockDocument } from './block-document.js';
import type { QuestionContent, QuestionOption } from './course-content.js';

export const questionRefusals = defineRefusals({
  QUESTION_PROMPT_MISSING: {
    en: 'Write what is asked.',
    fr: 'Écrivez ce qui est demandé.',
    field: 'prompt',
  },
  QUESTION_OPTIONS_FEW: {
    en: 'Fill in at least {min}: with fewer there is nothing to answer.',
    fr: 'Remplissez-en au moins {min} : avec moins, il n’y a rien à répondre.',
    field: 'options',
  },
  QUESTION_OPTION_EMPTY: {
    en: 'Number {n} is empty: fill it in, or remove it.',
    fr: 'Le numéro {n} est vide : remplissez-le, ou retirez-le.',
  },
  QUESTION_OPTION_TWICE: {
    en: 'Numbers {first} and {n} say the same: nobody could tell them apart. Change one or remove it.',
    fr: 'Les numéros {first} et {n} disent la même chose : personne ne pourrait les distinguer. Changez-en un ou retirez-le.',
  },
  QUESTION_ONE_RIGHT: {
    en: 'Mark exactly one answer as right; {count} are marked. Where several are right, it is a multiple choice.',
    fr: 'Marquez exactement une réponse comme juste ; {count} le sont. Si plusieurs sont justes, c’est un choix multiple.',
    field: 'options',
  },
  QUESTION_NONE_RIGHT: {
    en: 'Mark at least one answer as right.',
    fr: 'Marquez au moins une réponse comme juste.',
    field: 'options',
  },
  QUESTION_NONE_WRONG: {
    en: 'All answers are marked as right: whoever ticks everything passes. Add a wrong one, or say what each is worth.',
    fr: 'Toutes les réponses sont marquées justes : il suffit de tout cocher. Ajoutez-en une fausse, ou dites ce que vaut chacune.',
    field: 'options',
  },
  QUESTION_WEIGHT_INVALID: {
    en: 'Number {n} is worth {weight} %: a right answer gives from 1 to 100 %, a wrong one from -100 to 99 %.',
    fr: 'Le numéro {n} vaut {weight} % : une réponse juste donne de 1 à 100 %, une fausse de -100 à 99 %.',
  },
  QUESTION_WEIGHTS_SUM: {
    en: 'Right answers are worth {sum} % together: make it 100 %, or nobody earns exactly the full point.',
    fr: 'Les réponses justes valent {sum} % ensemble : faites-en 100 %, sinon personne n’obtient exactement le point entier.',
    field: 'options',
  },
  QUESTION_ACCEPTS_ANYTHING: {
    en: 'Number {n} accepts any text as right. Write what the answer must hold besides the *.',
    fr: 'Le numéro {n} accepte n’importe quel texte comme juste. Écrivez ce que la réponse doit contenir en plus du *.',
  },
  QUESTION_NUMBER_INVALID: {
    en: 'Number {n}: write the value in figures, and a tolerance of 0 or more.',
    fr: 'Numéro {n} : écrivez la valeur en chiffres, et une tolérance de 0 ou plus.',
  },
  QUESTION_PAIR_HALF: {
    en: 'Pair {n} has nothing on the right: write what belongs to it, or remove the pair.',
    fr: 'La paire {n} n’a rien à droite : écrivez ce qui lui correspond, ou retirez la paire.',
  },
  QUESTION_TRUE_FALSE_OPTIONS: {
    en: 'Such a question has exactly the two answers “true” and “false”.',
    fr: 'Une telle question a exactement les deux réponses « vrai » et « faux ».',
    field: 'options',
  },
});

export const bankRefusals = defineRefusals({
  QUESTION_CHANGED: {
    en: 'Somebody else saved this question since you opened it. Your changes are not saved: look at theirs before you save again.',
    fr: 'Quelqu’un d’autre a enregistré cette question depuis que vous l’avez ouverte. Vos modifications ne sont pas enregistrées : regardez les siennes avant d’enregistrer de nouveau.',
    field: 'expectedVersion',
  },
  QUESTION_OPTION_UNKNOWN: {
    en: 'The question has no answer “{key}”. Open it again: its answers may be others now.',
    fr: 'La question n’a pas de réponse « {key} ». Rouvrez-la : ses réponses ont peut-être changé.',
    field: 'options',
  },
});

/** Why a question cannot be asked as it is; `field` is a path in it, such as `options.2.text`. */
export interface QuestionRefusal {
  refusal: Refusal;
  values?: Record<string, string | number>;
  field?: string;
}

/** Upper and lower case, accents and outer spaces make no other answer. */
export const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .toLowerCase()
    .trim();

const isEmpty = (texts: Localized | undefined): boolean =>
  Object.values(texts ?? {}).every((text) => text.trim() === '');

const at = (
  refusal: Refusal,
  index: number,
  part: string,
  values: QuestionRefusal['values'] = {},
): QuestionRefusal => ({
  refusal,
  values: { n: index + 1, ...values },
  field: `options.${index}.${part}`,
});

type Check = (options: readonly QuestionOption[]) => QuestionRefusal | null;

/** The first refusal of several checks. */
const all =
  (...checks: Check[]): Check =>
  (options) => {
    for (const check of checks) {
      const refused = check(options);
      if (refused) return refused;
    }
    return null;
  };

/** The first refusal about a single option. */
const each =
  (check: (option: QuestionOption, index: number) => QuestionRefusal | null | undefined | false): Check =>
  (options) => {
    for (const [index, option] of options.entries()) {
      const refused = check(option, index);
      if (refused) return refused;
    }
    return null;
  };

const atLeast =
  (min: number, counts: (option: QuestionOption) => boolean = () => true): Check =>
  (options) =>
    options.filter(counts).length < min
      ? { refusal: questionRefusals.QUESTION_OPTIONS_FEW, values: { min } }
      : null;

const haveText = each(
  (option, index) => isEmpty(option.text) && at(questionRefusals.QUESTION_OPTION_EMPTY, index, 'text'),
);

/** In no language may two say the same. */
function areDistinct(fold: (text: string) => string): Check {
  return (options) => {
    const seen = new Map<string, number>();
    for (const [index, { text }] of options.entries()) {
      for (const [locale, words] of Object.entries(text)) {
        if (words.trim() === '') continue;
        const id = `${locale} ${fold(words)}`;
        const first = seen.get(id);
        if (first !== undefined && first !== index)
          return at(questionRefusals.QUESTION_OPTION_TWICE, index, 'text', { first: first + 1 });
        seen.set(id, index);
      }
    }
    return null;
  };
}

const countRight = (options: readonly QuestionOption[]): number =>
  options.filter(({ correct }) => correct).length;

const oneRight: Check = (options) => {
  const count = countRight(options);
  return count === 1 ? null : { refusal: questionRefusals.QUESTION_ONE_RIGHT, values: { count } };
};

const someRight: Check = (options) =>
  countRight(options) > 0 ? null : { refusal: questionRefusals.QUESTION_NONE_RIGHT };

const someWrong: Check = (options) =>
  options.some(({ correct, weight }) => !correct || weight !== undefined)
    ? null
    : { refusal: questionRefusals.QUESTION_NONE_WRONG };

const weightsFit = each(({ correct, weight }, index) => {
  if (weight === undefined) return null;
  const fits = correct ? weight > 0 && weight <= 100 : weight >= -100 && weight < 100;
  return fits ? null : at(questionRefusals.QUESTION_WEIGHT_INVALID, index, 'weight', { weight });
});

/** Thirds are written with a few decimals: a sum this near to 100 is meant to be it. In percent. */
const NEAR_ENOUGH = 0.5;

/** What right choices are worth together; without weights it is 100 by definition. */
const rightOnesShareThePoint: Check = (options) => {
  const right = options.filter(({ correct }) => correct);
  const sum = right.reduce((total, { weight }) => total + (weight ?? 100 / right.length), 0);
  return Math.abs(sum - 100) <= NEAR_ENOUGH
    ? null
    : { refusal: questionRefusals.QUESTION_WEIGHTS_SUM, values: { sum: Math.round(sum * 10) / 10 } };
};

/** Somebody must be able to earn the whole point with one answer. */
const oneIsWorthAll: Check = (options) => {
  const best = Math.max(...options.filter(({ correct }) => correct).map(({ weight }) => weight ?? 100));
  return best >= 100 - NEAR_ENOUGH
    ? null
    : { refusal: questionRefusals.QUESTION_WEIGHTS_SUM, values: { sum: best } };
};

const isPair = ({ text }: QuestionOption): boolean => !isEmpty(text);

const CHECKS: Record<QuestionContent['kind'], Check> = {
  SINGLE_CHOICE: all(
    atLeast(2),
    haveText,
    areDistinct((text) => text.trim()),
    oneRight,
    weightsFit,
    oneIsWorthAll,
  ),
  MULTIPLE_CHOICE: all(
    atLeast(2),
    haveText,
    areDistinct((text) => text.trim()),
    someRight,
    someWrong,
    weightsFit,
    rightOnesShareThePoint,
  ),
  TRUE_FALSE: all(
    (options) =>
      options
        .map(({ key }) => key)
        .sort()
        .join() === 'false,true'
        ? null
        : { refusal: questionRefusals.QUESTION_TRUE_FALSE_OPTIONS },
    oneRight,
  ),
  SHORT_TEXT: all(
    atLeast(1),
    haveText,
    areDistinct(folded),
    someRight,
    each(
      ({ correct, text }, index) =>
        correct &&
        Object.values(text).some((words) => /^[*\s]+$/.test(words)) &&
        at(questionRefusals.QUESTION_ACCEPTS_ANYTHING, index, 'text'),
    ),
    weightsFit,
    oneIsWorthAll,
  ),
  NUMBER: all(
    atLeast(1),
    each(
      ({ number }, index) =>
        !(number && Number.isFinite(number.value) && number.tolerance >= 0) &&
        at(questionRefusals.QUESTION_NUMBER_INVALID, index, 'value'),
    ),
    someRight,
    weightsFit,
    oneIsWorthAll,
  ),
  MATCHING: all(
    atLeast(2, isPair),
    each(
      (option, index) =>
        isEmpty(option.match) &&
        at(
          isPair(option) ? questionRefusals.QUESTION_PAIR_HALF : questionRefusals.QUESTION_OPTION_EMPTY,
          index,
          'match',
        ),
    ),
    areDistinct((text) => text.trim()),
  ),
  ORDERING: all(
    atLeast(2),
    haveText,
    areDistinct((text) => text.trim()),
  ),
};

const MEDIA = ['image', 'video', 'embed', 'download'];

const saysSomething = (document: BlockDocument): boolean =>
  plainText(document).trim() !== '' || document.content.some(({ type }) => MEDIA.includes(type));

/** The first thing that keeps a question from being asked, or null. */
export function refusalOfQuestion({ kind, prompt, options }: QuestionContent): QuestionRefusal | null {
  if (!Object.values(prompt).some(saysSomething))
    return { refusal: questionRefusals.QUESTION_PROMPT_MISSING };
  return CHECKS[kind](options);
}

/** The words of the prompt in all languages, to search in. */
export const searchTextOf = (prompt: QuestionContent['prompt']): string =>
  Object.values(prompt).map(plainText).join('\n');

export const PROMPT_EXCERPT_LENGTH = 140;

/** The first words of a prompt, without formatting, in a language or else another. */
export function promptExcerpt(prompts: Readonly<Record<string, BlockDocument>>, locale: string): string {
  const prompt = inLocale(prompts, locale);
  const words = prompt ? plainText(prompt).replace(/\s+/g, ' ').trim() : '';
  return words.length > PROMPT_EXCERPT_LENGTH ? `${words.slice(0, PROMPT_EXCERPT_LENGTH).trimEnd()}…` : words;
}
