import type { QuestionKind } from '../../catalog/course-content.js';
import type { FileReport, Sentence } from './import-problems.js';
import { childrenOf, sourceOf, type TokenGroup } from './markdown-tokens.js';
import { numberAnswer } from './number-answer.js';
import {
  inlineText,
  isMarked,
  optionsFromList,
  type ListKind,
  type QuizReading,
  type ReadOption,
} from './quiz-options.js';
import { saysYesOrNo } from './true-false-texts.js';

/** The answers of a question. */
export interface ReadAnswers {
  kind: QuestionKind;
  options: ReadOption[];
  /** Of true or false: that a list says what the two are called. */
  listsChoices?: true;
}

/** Where the answers of a question begin, in its parts. */
export interface AnswerStart {
  index: number;
  /** What stands above the label in its paragraph, as source. */
  before: string;
  /** Null for a list of choices. */
  label: { name: string; lines: string[]; line: number } | null;
}

/** The words that a line of answers begins with, the same in every language. */
const LABEL = /^\s*(answers?|numbers|match|order)\s*:(.*)$/is;
const LISTS: Record<string, Exclude<ListKind, 'CHOICE'>> = {
  answers: 'SHORT_TEXT',
  numbers: 'NUMBER',
  match: 'MATCHING',
  order: 'ORDERING',
};

/** Null when there are none. */
export function findAnswers(groups: readonly TokenGroup[], reading: QuizReading): AnswerStart | null {
  for (const [index, group] of groups.entries()) {
    if (group.type === 'paragraph_open') {
      const lines = sourceOf(group).split('\n');
      const at = lines.findIndex((line) => LABEL.test(line));
      if (at === -1) continue;
      const name = LABEL.exec(lines[at]!)![1]!.toLowerCase();
      const label = { name, lines: lines.slice(at), line: group.line + at };
      return { index, before: lines.slice(0, at).join('\n'), label };
    }
    if (
      group.type === 'bullet_list_open' &&
      childrenOf(group, reading.markdown.offset).some((item) => isMarked(item, reading))
    )
      return { index, before: '', label: null };
  }
  return null;
}

/**
 * Reads the answers; null, and reported, when the question cannot be used.
 * @param next what follows the label, or the list of choices itself.
 * @returns also whether `next` is part of the answers.
 */
export function answersFrom(
  { label }: AnswerStart,
  next: TokenGroup | undefined,
  reading: QuizReading,
): { answers: ReadAnswers; usesNext: boolean } | null {
  if (label === null) return next ? choices(next, reading) : null;
  const kind = LISTS[label.name];
  if (kind === undefined) return statements(label, next, reading);
  const isList = next?.type === (kind === 'ORDERING' ? 'ordered_list_open' : 'bullet_list_open');
  if (label.lines.length > 1 || !/:\s*$/.test(label.lines[0]!) || !isList)
    return fail(reading.report, label.line, {
      en: `After the line "${label.name}:" stands a list, ${kind === 'ORDERING' ? 'numbered' : 'one "- " for each'}.`,
      fr: `Après la ligne « ${label.name}: » se trouve une liste, ${kind === 'ORDERING' ? 'numérotée' : 'un « - » pour chaque élément'}.`,
    });
  const list = optionsFromList(next, kind, reading);
  if (list === null) return null;
  const { options } = list;
  const pairs = options.filter(({ text }) => text !== '').length;
  const few = kind === 'MATCHING' ? pairs < 2 && !reading.isTranslation : options.length < 2;
  if ((kind === 'MATCHING' || kind === 'ORDERING') && few)
    return fail(reading.report, next.line, {
      en: 'At least two are needed; with fewer there is nothing to answer.',
      fr: 'Il en faut au moins deux ; avec moins, il n’y a rien à répondre.',
    });
  if (!options.some(({ correct }) => correct) && !reading.isTranslation)
    return fail(reading.report, next.line, {
      en: 'At least one must be marked "(x)".',
      fr: 'Au moins une réponse doit porter « (x) ».',
    });
  return { answers: { kind, options }, usesNext: true };
}

function choices(list: TokenGroup, reading: QuizReading): { answers: ReadAnswers; usesNext: boolean } | null {
  const read = optionsFromList(list, 'CHOICE', reading);
  if (read === null) return null;
  const { options, shape } = read;
  const { report } = reading;
  const right = options.filter(({ correct }) => correct).length;
  const texts = options.map(({ text }) => text).filter((text) => text !== '');
  if (options.length < 2)
    return fail(report, list.line, {
      en: `A question has at least 2 options, this one has ${options.length}.`,
      fr: `Une question a au moins 2 options, celle-ci en a ${options.length}.`,
    });
  if (shape === '(' && right !== 1)
    return fail(
      report,
      list.line,
      {
        en: `Exactly one option must be "(x)", here ${right} are; use "[x]" when several are right.`,
        fr: `Une seule option doit porter « (x) », ici ${right} le portent ; utilisez « [x] » quand plusieurs sont justes.`,
      },
      'QUESTION_MARKS',
    );
  const isWorthless = right === options.length && !options.some(({ weight }) => weight !== undefined);
  if (shape === '[' && (right === 0 || isWorthless))
    return fail(
      report,
      list.line,
      {
        en: 'At least one option must be "[x]" and at least one "[ ]".',
        fr: 'Au moins une option doit porter « [x] » et au moins une « [ ] ».',
      },
      'QUESTION_MARKS',
    );
  if (new Set(texts).size !== texts.length)
    return fail(report, list.line, {
      en: 'Two options have the same text; nobody could choose between them.',
      fr: 'Deux options ont le même texte ; personne ne pourrait choisir entre elles.',
    });
  return { answers: { kind: shape === '(' ? 'SINGLE_CHOICE' : 'MULTIPLE_CHOICE', options }, usesNext: true };
}

/** Lines of `Answer: ...`: true or false, numbers, or texts. */
function statements(
  { lines, line }: { lines: string[]; line: number },
  next: TokenGroup | undefined,
  reading: QuizReading,
): { answers: ReadAnswers; usesNext: boolean } | null {
  const said = lines.map((each) => /^\s*Answer\s*:(.*)$/is.exec(each)?.[1]?.trim());
  const [only = ''] = said;
  const isBoolean = /^(?:true|false)$/i.test(only);
  if (said.some((each) => each === undefined) || (isBoolean && said.length > 1) || saysYesOrNo(only))
    return fail(
      reading.report,
      line,
      {
        en: 'The answer line must be "Answer: true" or "Answer: false", in every language, or "Answer: " and the text or number to write; the last of its paragraph.',
        fr: 'La ligne de réponse doit être « Answer: true » ou « Answer: false », dans toutes les langues, ou « Answer: » et le texte ou le nombre à écrire ; la dernière de son paragraphe.',
      },
      'QUESTION_ANSWER',
    );
  if (isBoolean) return trueFalse(/true/i.test(only), next, reading);
  const options = said.map((each = '', index): ReadOption => {
    const [worth, weight] = /\s+\((-?\d[\d.]*)\s?%\)$/.exec(each) ?? [];
    const source = worth === undefined ? each : each.slice(0, -worth.length);
    const number = numberAnswer(source);
    return {
      key: null,
      text: number ? '' : inlineText(source, line + index, reading),
      feedback: null,
      correct: true,
      ...(weight !== undefined && { weight: Number(weight) }),
      ...(number && { number }),
    };
  });
  const isNumber = options.every(({ number }) => number !== undefined);
  const isEmpty = options.some(({ text, number }) => (isNumber ? !number : text === ''));
  if ((isEmpty && !reading.isTranslation) || options.some(({ number }) => number && !isNumber))
    return fail(
      reading.report,
      line,
      {
        en: 'After "Answer:" stands a text or a number, of all lines the same.',
        fr: 'Après « Answer: » se trouve un texte ou un nombre, le même genre sur toutes les lignes.',
      },
      'QUESTION_ANSWER',
    );
  return { answers: { kind: isNumber ? 'NUMBER' : 'SHORT_TEXT', options }, usesNext: false };
}

function trueFalse(
  answer: boolean,
  next: TokenGroup | undefined,
  reading: QuizReading,
): { answers: ReadAnswers; usesNext: boolean } | null {
  if (next?.type !== 'bullet_list_open') {
    const option = (key: string, correct: boolean): ReadOption => ({
      key,
      text: '',
      feedback: null,
      correct,
    });
    const options = [option('true', answer), option('false', !answer)];
    return { answers: { kind: 'TRUE_FALSE', options }, usesNext: false };
  }
  const list = optionsFromList(next, 'TRUE_FALSE', reading);
  if (list === null) return null;
  const keys = list.options.map(({ key }) => key).sort();
  if (keys.join() !== 'false,true')
    return fail(reading.report, next.line, {
      en: 'The list has one item "true" and one item "false".',
      fr: 'La liste a un élément « true » et un élément « false ».',
    });
  const options = list.options.map((option) => ({ ...option, correct: option.key === String(answer) }));
  return { answers: { kind: 'TRUE_FALSE', options, listsChoices: true }, usesNext: true };
}

function fail(
  report: FileReport,
  line: number,
  { en, fr }: Sentence,
  code: 'QUESTION_STRUCTURE' | 'QUESTION_MARKS' | 'QUESTION_ANSWER' = 'QUESTION_STRUCTURE',
): null {
  report.error(code, line, {
    en: `${en} The question is left out.`,
    fr: `${fr} La question est laissée de côté.`,
  });
  return null;
}
