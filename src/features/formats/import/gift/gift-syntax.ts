import type { Sentence } from '../import-problems.js';
import { hideEscapes, showEscapes } from './gift-escapes.js';

/** Text with placeholders for escaped characters, and the line of the file on which it begins. */
export interface GiftText {
  text: string;
  line: number;
}

export interface GiftAnswer {
  /** `=` before it, rather than `~`. */
  right: boolean;
  /** In percent. */
  weight: number | null;
  text: GiftText;
  feedback: GiftText | null;
}

/** A question as the letters have it; what its answers mean is for others to say. */
export interface GiftQuestion {
  title: string;
  stem: GiftText;
  /** Between the braces, without the feedback for all; null for a description. */
  answers: GiftText | null;
  generalFeedback: GiftText | null;
}

/** Why a question cannot be read, and where. */
export class GiftError extends Error {
  constructor(
    readonly line: number,
    readonly sentence: Sentence,
  ) {
    super(sentence.en);
  }
}

const BLANK = '_____';

/** @throws GiftError when the braces do not fit. */
export function parseGift({ text, line }: GiftText): GiftQuestion {
  let rest: GiftText = trimmed({ text: hideEscapes(text), line });
  let title = '';
  if (rest.text.startsWith('::')) {
    const end = rest.text.indexOf('::', 2);
    if (end === -1)
      throw new GiftError(rest.line, {
        en: 'The title begins with "::" and does not end; write "::" after it.',
        fr: 'Le titre commence par « :: » et ne se termine pas ; écrivez « :: » après lui.',
      });
    title = showEscapes(rest.text.slice(2, end)).replace(/\s+/g, ' ').trim();
    rest = trimmed(after(rest, end + 2));
  }
  const pair = answerBraces(rest);
  if (pair === null) return { title, stem: rest, answers: null, generalFeedback: null };
  const { from, to } = pair;
  const tail = rest.text.slice(to + 1).trim();
  const before = rest.text.slice(0, from);
  // As Moodle does: text after the answers makes it a text with a gap.
  const stem = tail === '' ? before : `${before}${BLANK}${/^[.,;:!?)]/.test(tail) ? '' : ' '}${tail}`;
  const inside = { text: rest.text.slice(from + 1, to), line: after(rest, from + 1).line };
  const general = inside.text.lastIndexOf('####');
  return {
    title,
    stem: { text: stem.trimEnd(), line: rest.line },
    answers: trimmed(general === -1 ? inside : { ...inside, text: inside.text.slice(0, general) }),
    generalFeedback: general === -1 ? null : trimmed(after(inside, general + 4)),
  };
}

/** The braces that hold the answers; null without any. Other braces are text that nobody escaped. */
function answerBraces({ text, line }: GiftText): { from: number; to: number } | null {
  const pairs: { from: number; to: number }[] = [];
  let open = -1;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '{') {
      if (open !== -1) throw nested(lineAt(text, at, line));
      open = at;
    } else if (text[at] === '}') {
      if (open === -1) throw unopened(lineAt(text, at, line));
      pairs.push({ from: open, to: at });
      open = -1;
    }
  }
  if (open !== -1) throw unclosed(lineAt(text, open, line));
  if (pairs.length <= 1) return pairs[0] ?? null;
  const likely = pairs.filter(({ from, to }) =>
    /^\s*(?:$|[#=~>]|(?:T|F|TRUE|FALSE)\s*(?:#|$))/i.test(text.slice(from + 1, to)),
  );
  if (likely.length === 1) return likely[0]!;
  throw several(lineAt(text, pairs[1]!.from, line));
}

/** The answers of a list such as `=a ~b`: each begins with its mark. */
export function answersIn(list: GiftText, marks: '=' | '=~'): GiftAnswer[] {
  const starts = [...list.text.matchAll(marks === '=' ? /=/g : /[=~]/g)].map(({ index }) => index);
  return starts.map((start, at) => {
    const piece = trimmed(
      after({ ...list, text: list.text.slice(0, starts[at + 1] ?? list.text.length) }, start + 1),
    );
    return { right: list.text[start] === '=', ...weighed(piece) };
  });
}

/** An answer, perhaps with a weight before it and feedback behind. */
export function weighed(piece: GiftText): Omit<GiftAnswer, 'right'> {
  const weight = /^%\s*([+-]?[\d.,]+)\s*%/.exec(piece.text);
  const value = weight ? Number(weight[1]!.replace(',', '.')) : null;
  if (value !== null && !(Math.abs(value) <= 100))
    throw new GiftError(piece.line, {
      en: `The weight "${weight![0]}" must be a number from -100 to 100 between two "%".`,
      fr: `Le poids « ${weight![0]} » doit être un nombre de -100 à 100 entre deux « % ».`,
    });
  return { weight: value, ...withFeedback(weight ? trimmed(after(piece, weight[0].length)) : piece) };
}

export function withFeedback(piece: GiftText): { text: GiftText; feedback: GiftText | null } {
  const at = piece.text.indexOf('#');
  if (at === -1) return { text: trimmed(piece), feedback: null };
  const feedback = trimmed(after(piece, at + 1));
  return {
    text: trimmed({ ...piece, text: piece.text.slice(0, at) }),
    feedback: feedback.text === '' ? null : feedback,
  };
}

/** Without white space around it. */
export function trimmed(part: GiftText): GiftText {
  const start = part.text.length - part.text.trimStart().length;
  const moved = after(part, start);
  return { ...moved, text: moved.text.trimEnd() };
}

/** From a place on. */
export function after({ text, line }: GiftText, index: number): GiftText {
  return { text: text.slice(index), line: lineAt(text, index, line) };
}

function lineAt(text: string, index: number, line: number): number {
  return line + text.slice(0, index).split('\n').length - 1;
}

const nested = (line: number) =>
  new GiftError(line, {
    en: 'A second "{" opens before the first is closed; close the answers with "}", or write "\\{" if it is part of the text.',
    fr: 'Un second « { » s’ouvre avant que le premier soit fermé ; fermez les réponses par « } », ou écrivez « \\{ » s’il fait partie du texte.',
  });
const unopened = (line: number) =>
  new GiftError(line, {
    en: 'A "}" stands here without a "{" before it; add the "{" before the answers, or write "\\}" if it is part of the text.',
    fr: 'Un « } » se trouve ici sans « { » avant lui ; ajoutez le « { » avant les réponses, ou écrivez « \\} » s’il fait partie du texte.',
  });
const unclosed = (line: number) =>
  new GiftError(line, {
    en: 'The answers begin here with "{" and do not end before the next empty line; add "}" after them.',
    fr: 'Les réponses commencent ici par « { » et ne se terminent pas avant la ligne vide suivante ; ajoutez « } » après elles.',
  });
const several = (line: number) =>
  new GiftError(line, {
    en: 'There is more than one pair of braces with answers; put an empty line between two questions, or write "\\{" and "\\}" for braces of the text.',
    fr: 'Il y a plus d’une paire d’accolades avec des réponses ; séparez deux questions par une ligne vide, ou écrivez « \\{ » et « \\} » pour des accolades du texte.',
  });
