import { plainText } from '../../catalog/block-document.js';
import type { NumberAnswer, QuestionKind } from '../../catalog/course-content.js';
import { blocksFromTokens } from './blocks-from-markdown.js';
import type { FileReport, ImportProblemCode, Sentence } from './import-problems.js';
import { inlineFromTokens } from './inline-from-markdown.js';
import { childrenOf, sourceOf, type MarkdownBody, type TokenGroup } from './markdown-tokens.js';
import { numberAnswer } from './number-answer.js';
import { endingKey } from './question-key.js';

export const MAX_OPTIONS = 100;
/** `(x)`, `[ ]`, with what it is worth: `(x 50%)`. */
const MARKER = /^([([])([ xX])(?: ?(-?\d[\d.eE+-]*)[ \u00a0]?%)?([)\]])(?=\s|$)/;

/** One part of an answer as one locale's file has it. */
export interface ReadOption {
  /** Null where its place decides. */
  key: string | null;
  /** Empty in a translation: not translated. */
  text: string;
  feedback: string | null;
  correct: boolean;
  weight?: number;
  match?: string;
  number?: NumberAnswer;
}

/** What stands in a list of answers. */
export type ListKind = Exclude<QuestionKind, 'SINGLE_CHOICE' | 'MULTIPLE_CHOICE'> | 'CHOICE';

/** A question's answers, and how its file is read. */
export interface QuizReading {
  markdown: MarkdownBody;
  report: FileReport;
  /** Texts may be missing: what the default locale says is shown. */
  isTranslation: boolean;
}

type Fail = (code: ImportProblemCode, line: number, sentence: Sentence) => null;

/** Whether an item of a list begins with a mark such as `(x)`. */
export const isMarked = (item: TokenGroup, { markdown }: QuizReading): boolean =>
  MARKER.test(itemSource(item, markdown));

const itemSource = (item: TokenGroup, markdown: MarkdownBody): string => {
  const [first] = childrenOf(item, markdown.offset);
  return first?.type === 'paragraph_open' ? sourceOf(first) : '';
};

/**
 * Reads the items of a list of answers; null, and reported, when the question cannot be used.
 * @returns also the shape of the marks: `(` or `[`.
 */
export function optionsFromList(
  list: TokenGroup,
  kind: ListKind,
  reading: QuizReading,
): { options: ReadOption[]; shape: string } | null {
  const { markdown, report } = reading;
  const fail: Fail = (code, line, { en, fr }) => {
    report.error(code, line, {
      en: `${en} The question is left out.`,
      fr: `${fr} La question est laissée de côté.`,
    });
    return null;
  };
  const options: ReadOption[] = [];
  const shapes = new Set<string>();
  const items = childrenOf(list, markdown.offset);
  if (items.length > MAX_OPTIONS)
    return fail('QUESTION_STRUCTURE', list.line, {
      en: `A question has ${MAX_OPTIONS} options at most, this one has ${items.length}.`,
      fr: `Une question a au plus ${MAX_OPTIONS} options, celle-ci en a ${items.length}.`,
    });
  for (const item of items) {
    const [first, ...others] = childrenOf(item, markdown.offset);
    const hasText = first?.type === 'paragraph_open';
    const source = hasText ? sourceOf(first) : '';
    const [marker = '', shape = '', mark = '', worth, end] = MARKER.exec(source) ?? [];
    const isMarker = marker !== '' && (shape === '(') === (end === ')');
    if (!isMarker && (kind === 'CHOICE' || kind === 'SHORT_TEXT' || kind === 'NUMBER'))
      return fail('QUESTION_MARKS', item.line, {
        en: 'An option begins with "( )" or "(x)" for one right answer, "[ ]" or "[x]" for several.',
        fr: 'Une option commence par « ( ) » ou « (x) » pour une seule bonne réponse, « [ ] » ou « [x] » pour plusieurs.',
      });
    if (isMarker) shapes.add(shape);
    const said = endingKey(isMarker ? source.slice(marker.length) : source);
    const option = optionFrom({ source: said.text, line: item.line }, kind, reading, fail);
    if (option === null) return null;
    const rest = hasText ? others : first ? [first, ...others] : [];
    const [quote, ...surplus] = rest;
    const stray = quote !== undefined && quote.type !== 'blockquote_open' ? quote : surplus[0];
    if (stray !== undefined)
      return fail('QUESTION_STRUCTURE', stray.line, {
        en: 'Under an option only one quote may stand, its feedback: indented, each line beginning with ">".',
        fr: 'Sous une option ne peut se trouver qu’une citation, son commentaire : en retrait, chaque ligne commençant par « > ».',
      });
    const weight = worth === undefined ? undefined : Number(worth);
    if (weight !== undefined && !(weight >= -100 && weight <= 100))
      return fail('QUESTION_MARKS', item.line, {
        en: 'An option is worth from -100% to 100%.',
        fr: 'Une option vaut de -100 % à 100 %.',
      });
    options.push({
      ...option,
      key: said.key ?? option.key,
      feedback: quoteText(quote, reading),
      ...(isMarker && { correct: /x/i.test(mark) }),
      ...(weight !== undefined && { weight }),
    });
  }
  if (shapes.size > 1)
    return fail('QUESTION_MARKS', list.line, {
      en: 'The options mix "( )" and "[ ]"; use one of them for all.',
      fr: 'Les options mélangent « ( ) » et « [ ] » ; utilisez le même pour toutes.',
    });
  return { options, shape: [...shapes][0] ?? '(' };
}

/** What an item says, but for its mark, key and feedback. */
function optionFrom(
  { source, line }: { source: string; line: number },
  kind: ListKind,
  reading: QuizReading,
  fail: Fail,
): ReadOption | null {
  const plain = { key: null, feedback: null, correct: true };
  const textOfSource = (part: string): string => inlineText(part, line, reading);
  switch (kind) {
    case 'NUMBER': {
      const number = numberAnswer(source);
      if (number !== null) return { ...plain, text: '', number };
      return fail('QUESTION_ANSWER', line, {
        en: 'This is no number; write for example "3.5" or "3.5 +- 0.1".',
        fr: 'Ceci n’est pas un nombre ; écrivez par exemple « 3.5 » ou « 3.5 +- 0.1 ».',
      });
    }
    case 'MATCHING': {
      const at = source.indexOf('->');
      if (at === -1)
        return fail('QUESTION_STRUCTURE', line, {
          en: 'A pair is written "left -> right".',
          fr: 'Une paire s’écrit « gauche -> droite ».',
        });
      const text = textOfSource(source.slice(0, at));
      const match = textOfSource(source.slice(at + 2));
      if (match === '' && !reading.isTranslation)
        return fail('QUESTION_STRUCTURE', line, {
          en: 'The pair has nothing on the right; write what belongs to it.',
          fr: 'La paire n’a rien à droite ; écrivez ce qui lui correspond.',
        });
      return { ...plain, text, match, correct: text !== '' };
    }
    case 'TRUE_FALSE': {
      const [, word, text = ''] = /^\s*(true|false)\s*(?::([\s\S]*))?$/i.exec(source) ?? [];
      if (word) return { ...plain, key: word.toLowerCase(), text: textOfSource(text), correct: false };
      return fail('QUESTION_ANSWER', line, {
        en: 'Under "Answer: true" each item is "true" or "false", perhaps with a text: "true: That is so".',
        fr: 'Sous « Answer: true », chaque élément est « true » ou « false », avec un texte si besoin : « true: C’est vrai ».',
      });
    }
    default: {
      const text = textOfSource(source);
      if (text !== '' || reading.isTranslation) return { ...plain, text };
      return fail('QUESTION_STRUCTURE', line, {
        en: 'The option has no text.',
        fr: 'L’option n’a pas de texte.',
      });
    }
  }
}

/** The letters of a part of a line. */
export function inlineText(source: string, line: number, { markdown, report }: QuizReading): string {
  const content = inlineFromTokens(markdown.inline(source.trim()), line, report);
  return plainText({ type: 'doc', content: [{ type: 'paragraph', content }] });
}

/** Plain text of a quote; null when there is none or nothing is left of it. */
export function quoteText(quote: TokenGroup | undefined, { markdown, report }: QuizReading): string | null {
  if (quote === undefined) return null;
  const content = blocksFromTokens(quote.tokens.slice(1, -1), markdown, report);
  return plainText({ type: 'doc', content }) || null;
}
