import type { NumberAnswer, QuestionKind } from '../../../catalog/course-content.js';
import { quoted, type FileReport } from '../import-problems.js';
import type { DraftOption } from '../question-draft.js';
import { showEscapes } from './gift-escapes.js';
import {
  answersIn,
  GiftError,
  weighed,
  withFeedback,
  type GiftAnswer,
  type GiftText,
} from './gift-syntax.js';
import { lettersOf, type TextFormat } from '../rich-text.js';
import { formatted } from './gift-text.js';

export interface GiftAnswers {
  kind: QuestionKind | 'ESSAY';
  options: DraftOption[];
}

/**
 * What the answers between the braces mean, told by their signs in the order that Moodle looks at them.
 * @throws GiftError
 */
export async function answersOf(
  list: GiftText,
  format: TextFormat,
  report: FileReport,
): Promise<GiftAnswers> {
  const reader = new AnswerReader(format, report);
  const { text } = list;
  if (text === '') return { kind: 'ESSAY', options: [] };
  if (text.startsWith('#')) return reader.numbers({ ...list, text: ` ${text.slice(1)}` });
  if (text.startsWith('>')) return reader.ordering(list);
  if (text.includes('~')) return reader.choices(list);
  if (text.includes('=') && text.includes('->')) return reader.pairs(list);
  const truth = /^(T|F|TRUE|FALSE)\s*(?=#|$)/i.exec(text)?.[1]?.toUpperCase();
  if (truth !== undefined) return reader.trueFalse(list, truth.startsWith('T'));
  return reader.shortText(list);
}

class AnswerReader {
  constructor(
    private readonly format: TextFormat,
    private readonly report: FileReport,
  ) {}

  private async letters(part: GiftText | null): Promise<string> {
    return part === null ? '' : lettersOf(formatted(part, this.format), this.report);
  }

  private async option({ right, weight, text, feedback }: GiftAnswer): Promise<DraftOption> {
    return {
      text: await this.letters(text),
      feedback: await this.letters(feedback),
      correct: right,
      ...(weight !== null && { weight }),
    };
  }

  private async optionsOf(answers: readonly GiftAnswer[]): Promise<DraftOption[]> {
    const options: DraftOption[] = [];
    for (const answer of answers) options.push(await this.option(answer));
    return options;
  }

  async choices(list: GiftText): Promise<GiftAnswers> {
    const answers = answersIn(list, '=~');
    requireMark(list);
    // Without "=" each answer says what it is worth: several may be ticked.
    const kind = answers.some(({ right }) => right) ? 'SINGLE_CHOICE' : 'MULTIPLE_CHOICE';
    return { kind, options: await this.optionsOf(answers) };
  }

  async shortText(list: GiftText): Promise<GiftAnswers> {
    if (list.text.includes('=')) {
      requireMark(list);
      return { kind: 'SHORT_TEXT', options: await this.optionsOf(answersIn(list, '=')) };
    }
    return { kind: 'SHORT_TEXT', options: [await this.option({ right: true, ...weighed(list) })] };
  }

  async trueFalse(list: GiftText, truth: boolean): Promise<GiftAnswers> {
    const { feedback: both } = withFeedback(list);
    // The first is for who is wrong, the second for who is right.
    const second = both?.text.indexOf('#') ?? -1;
    const forWrong = both && second !== -1 ? { ...both, text: both.text.slice(0, second) } : both;
    const forRight = both && second !== -1 ? { ...both, text: both.text.slice(second + 1) } : null;
    const feedback = { wrong: await this.letters(forWrong), right: await this.letters(forRight) };
    const option = (value: boolean): DraftOption => ({
      text: String(value),
      feedback: value === truth ? feedback.right : feedback.wrong,
      correct: value === truth,
    });
    return { kind: 'TRUE_FALSE', options: [option(true), option(false)] };
  }

  async pairs(list: GiftText): Promise<GiftAnswers> {
    requireMark(list);
    const options: DraftOption[] = [];
    for (const { text } of answersIn(list, '=')) {
      const arrow = text.text.indexOf('->');
      if (arrow === -1)
        throw new GiftError(text.line, {
          en: `The pair ${quoted(showEscapes(text.text))} has no "->" between its two sides; add it.`,
          fr: `La paire ${quoted(showEscapes(text.text))} n’a pas de « -> » entre ses deux parties ; ajoutez-le.`,
        });
      const left = await this.letters({ text: text.text.slice(0, arrow).trim(), line: text.line });
      const right = await this.letters({ text: text.text.slice(arrow + 2).trim(), line: text.line });
      options.push({ text: left, match: right, feedback: '', correct: left !== '' });
    }
    return { kind: 'MATCHING', options };
  }

  /** As the Moodle plugin "Ordering" writes it: settings after the sign, then an item on each line. */
  async ordering({ text, line }: GiftText): Promise<GiftAnswers> {
    const [, ...items] = text.split('\n');
    const options: DraftOption[] = [];
    for (const [at, item] of items.entries()) {
      if (item.trim() === '') continue;
      options.push({
        text: await this.letters({ text: item.trim(), line: line + at + 1 }),
        feedback: '',
        correct: true,
      });
    }
    return { kind: 'ORDERING', options };
  }

  async numbers(list: GiftText): Promise<GiftAnswers> {
    const answers: GiftAnswer[] = /[=~]/.test(list.text)
      ? answersIn(list, '=~')
      : [{ right: true, ...weighed(trimStart(list)) }];
    const options: DraftOption[] = [];
    for (const { right, weight, text, feedback } of answers) {
      const words = showEscapes(text.text).trim();
      if (words === '' || words === '*') {
        this.report.warning('QUESTION_ANSWER', text.line, {
          en: 'What is said about any other number is left out: here feedback belongs to a number. Put it into the general feedback.',
          fr: 'Ce qui est dit de tout autre nombre est laissé de côté : ici, un retour appartient à un nombre. Placez-le dans le retour général.',
        });
        continue;
      }
      const number = numberOf(words, text.line);
      const given = weight ?? (right ? 100 : 0);
      options.push({
        text: '',
        feedback: await this.letters(feedback),
        correct: given > 0,
        weight: given,
        number,
      });
    }
    return { kind: 'NUMBER', options };
  }
}

const trimStart = (part: GiftText): GiftText => ({ ...part, text: part.text.trimStart() });

/** @throws GiftError when something stands before the first answer. */
function requireMark({ text, line }: GiftText): void {
  if (/^\s*[=~]/.test(text)) return;
  throw new GiftError(line, {
    en: `Before the first answer stands ${quoted(showEscapes(text))}; begin each answer with "=" (right) or "~" (wrong), and write "\\=" or "\\~" in a text.`,
    fr: `Avant la première réponse se trouve ${quoted(showEscapes(text))} ; commencez chaque réponse par « = » (juste) ou « ~ » (fausse), et écrivez « \\= » ou « \\~ » dans un texte.`,
  });
}

const NUMBER = '[+-]?(?:\\d+(?:[.,]\\d*)?|[.,]\\d+)(?:[eE][+-]?\\d+)?';
const ONE = new RegExp(`^(${NUMBER})(?:\\s*:\\s*(${NUMBER}))?$`);
const RANGE = new RegExp(`^(${NUMBER})\\s*\\.\\.\\s*(${NUMBER})$`);

function numberOf(words: string, line: number): NumberAnswer {
  const range = RANGE.exec(words.replace(/^(\d+)\.\./, '$1 ..'));
  const one = ONE.exec(words);
  const value = (figures: string) => Number(figures.replace(',', '.'));
  if (range) {
    const [low, high] = [value(range[1]!), value(range[2]!)];
    // Halves of decimal fractions: the figures people wrote, without the dust of binary ones.
    return { value: neat((low + high) / 2), tolerance: neat(Math.abs(high - low) / 2) };
  }
  if (one) return { value: value(one[1]!), tolerance: Math.abs(value(one[2] ?? '0')) };
  throw new GiftError(line, {
    en: `${quoted(words)} is not a number, a number with a tolerance (3.14:0.01) or a range (1..5).`,
    fr: `${quoted(words)} n’est ni un nombre, ni un nombre avec une tolérance (3.14:0.01), ni un intervalle (1..5).`,
  });
}

const neat = (value: number) => Number(value.toPrecision(15));
