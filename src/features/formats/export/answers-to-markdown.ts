import type { Localized } from '../../../platform/locale.js';
import type { QuestionContent, QuestionOption } from '../../catalog/course-content.js';
import { lineOfText } from '../import/inline-to-markdown.js';
import { numberAnswer, numberText } from '../import/number-answer.js';
import { optionKey } from '../import/question-key.js';
import { saysYesOrNo, trueFalseTexts } from '../import/true-false-texts.js';
import { linesOfQuotation, linesOfText } from './text-to-markdown.js';

/** In which language answers are written. */
export interface AnswerWriting {
  locale: string;
  /** All those that the question is written in: in each of them the answers have the same form. */
  locales: readonly string[];
  /** The sign before choices: another one than that of a list right above. */
  bullet: '-' | '*';
}

/** The answers of a question in one language, in the shortest form that says all of them in each of its languages. */
export function linesOfAnswers(
  { kind, options }: QuestionContent,
  { locale, locales, bullet }: AnswerWriting,
): string[] {
  switch (kind) {
    case 'SINGLE_CHOICE':
    case 'MULTIPLE_CHOICE': {
      const [open, close] = kind === 'SINGLE_CHOICE' ? '()' : '[]';
      return list(
        options,
        locale,
        (option) => [`${markOf(option, open!, close!)} `, linesOfText(option.text[locale] ?? '')],
        { markerOf: () => bullet },
      );
    }
    case 'TRUE_FALSE': {
      const right = options.find(({ correct }) => correct)?.key ?? 'true';
      const answer = `Answer: ${right}`;
      if (isUsualTrueFalse(options, locales)) return [answer];
      const items = list(
        options,
        locale,
        ({ key, text, weight, correct }) => {
          const mark = weight === undefined ? '' : `${markOf({ weight, correct }, '(', ')')} `;
          const own = text[locale];
          return [mark, own ? prefixed(`${key}: `, linesOfText(own)) : [key]];
        },
        { keyOf: () => null },
      );
      return [answer, '', ...items];
    }
    case 'SHORT_TEXT':
      if (options.every((option, index) => isPlainText(option, index, locales)))
        return options.map(({ text }) => `Answer: ${lineOfText(text[locale]!)}`);
      return labeled(
        'Answers',
        list(options, locale, (option) => [
          `${markOf(option, '(', ')')} `,
          linesOfText(option.text[locale] ?? ''),
        ]),
      );
    case 'NUMBER':
      if (options.every(isPlainNumber)) return options.map(({ number }) => `Answer: ${numberText(number!)}`);
      return labeled(
        'Numbers',
        list(options, locale, (option) => [
          `${markOf(option, '(', ')')} `,
          [option.number ? numberText(option.number) : ''],
        ]),
      );
    case 'MATCHING':
      return labeled(
        'Match',
        list(options, locale, (option) => [
          markUnless(option, Object.keys(option.text).length > 0),
          pairLines(option.text[locale] ?? '', option.match?.[locale] ?? ''),
        ]),
      );
    case 'ORDERING':
      return labeled(
        'Order',
        list(
          options,
          locale,
          (option) => [markUnless(option, true), unmarked(linesOfText(option.text[locale] ?? ''))],
          { markerOf: (index) => `${index + 1}.` },
        ),
      );
  }
}

const labeled = (label: string, lines: string[]): string[] => [`${label}:`, '', ...lines];

interface ListStyle {
  markerOf?: (index: number) => string;
  /** The key to write behind an option; null where it is clear without. */
  keyOf?: (option: QuestionOption, index: number) => string | null;
}

const keyUnlessPlaced = ({ key }: QuestionOption, index: number): string | null =>
  key === optionKey(index) ? null : key;

/** @param item the mark and the lines of an option, to which key and feedback are added. */
function list(
  options: readonly QuestionOption[],
  locale: string,
  item: (option: QuestionOption) => [string, string[]],
  { markerOf = () => '-', keyOf = keyUnlessPlaced }: ListStyle = {},
): string[] {
  return options.flatMap((option, index) => {
    const [mark, lines] = item(option);
    const marker = markerOf(index);
    const key = keyOf(option, index);
    const last = lines.length - 1;
    const text = lines.map((line, at) => (at === last ? withKey(escapedKey(line), key) : line));
    const feedback = option.feedback?.[locale];
    const below = feedback ? linesOfQuotation(feedback) : [];
    const [first = '', ...rest] = prefixed(mark, text);
    const indent = ' '.repeat(marker.length + 1);
    return [
      `${marker} ${first}`.trimEnd(),
      ...[...rest, ...below].map((line) => `${indent}${line}`.trimEnd()),
    ];
  });
}

const prefixed = (prefix: string, [first = '', ...rest]: string[]): string[] => [prefix + first, ...rest];

const withKey = (line: string, key: string | null): string =>
  key === null ? line : `${line} {#${key}}`.trimStart();

/** Keeps the end of a text from being read as a key. */
const escapedKey = (line: string): string => line.replace(/(?<!\\)\{(?=#[^\s{}]{1,200}\}\s*$)/, '\\{');

/** Keeps the beginning of a text from being read as a mark. */
const unmarked = (lines: string[]): string[] =>
  lines.map((line, index) => (index === 0 ? line.replace(/^\((?=[ xX])/, '\\(') : line));

function markOf(
  { correct, weight }: Pick<QuestionOption, 'correct' | 'weight'>,
  open: string,
  close: string,
): string {
  const worth = weight === undefined ? '' : ` ${weight}%`;
  return `${open}${correct ? 'x' : worth === '' ? ' ' : ''}${worth}${close}`;
}

const markUnless = (option: QuestionOption, usual: boolean): string =>
  option.weight === undefined && option.correct === usual ? '' : `${markOf(option, '(', ')')} `;

function pairLines(left: string, right: string): string[] {
  const side = (text: string): string[] =>
    text === '' ? [] : linesOfText(text).map((line) => line.replace(/->/g, '-\\>'));
  const lefts = unmarked(side(left));
  const rights = side(right);
  const middle = [lefts.at(-1), '->', rights[0]].filter((part) => part !== undefined).join(' ');
  return [...lefts.slice(0, -1), middle, ...rights.slice(1)];
}

/** True or false with the words that the language has for them, and nothing else. */
function isUsualTrueFalse(options: readonly QuestionOption[], locales: readonly string[]): boolean {
  const usual = (index: number): Localized =>
    Object.fromEntries(locales.map((locale) => [locale, trueFalseTexts(locale)[index]!]));
  return (
    options.map(({ key }) => key).join() === 'true,false' &&
    options.every(
      ({ text, feedback, weight }, index) =>
        !feedback && weight === undefined && isSameText(text, usual(index)),
    )
  );
}

const isSameText = (a: Localized, b: Localized): boolean =>
  Object.keys(a).length === Object.keys(b).length &&
  Object.entries(b).every(([locale, text]) => a[locale] === text);

const isPlain = ({ key, correct, weight, feedback }: QuestionOption, index: number): boolean =>
  correct && weight === undefined && !feedback && key === optionKey(index);

const isPlainNumber = (option: QuestionOption, index: number): boolean =>
  isPlain(option, index) && option.number !== undefined;

/** A text that stands behind `Answer:` and is read as a text there. */
const isPlainText = (option: QuestionOption, index: number, locales: readonly string[]): boolean =>
  isPlain(option, index) &&
  locales.every((locale) => {
    const text = option.text[locale] ?? '';
    return (
      text.trim() !== '' &&
      !text.includes('\n') &&
      !/^(?:true|false)$/i.test(text.trim()) &&
      !saysYesOrNo(text) &&
      numberAnswer(text) === null &&
      !/\(-?\d[\d.]*\s?%\)\s*$/.test(text)
    );
  });
