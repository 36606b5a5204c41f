import { diffArrays, diffWordsWithSpace } from 'diff';
import type { BlockDocument } from '../catalog/block-document.js';
import { linesOfDocument, type DiffLine, type LineKind } from './lesson-lines.rules.js';

export const DIFF_CHANGES = ['SAME', 'INSERTED', 'DELETED', 'CHANGED'] as const;
export type DiffChange = (typeof DIFF_CHANGES)[number];

/** A run of words of a block, there before, after, or both. */
export interface DiffPart {
  change: Exclude<DiffChange, 'CHANGED'>;
  text: string;
}

/** A block that is in one of two texts or in both. */
export interface DiffBlock {
  change: DiffChange;
  kind: LineKind;
  /** In how many lists, quotes and boxes it stands. */
  depth: number;
  /** All of its words, in order. */
  parts: DiffPart[];
}

export interface TextDiff {
  blocks: DiffBlock[];
  wordsInserted: number;
  wordsDeleted: number;
}

/**
 * How many changes are looked for before a text counts as written anew: looking costs their square, and nobody reads a comparison in
 * which everything differs.
 */
const MOST_BLOCK_CHANGES = 1_000;
const MOST_WORD_CHANGES = 2_000;
/** The share of common words from which two blocks count as one that was changed. */
const ALIKE = 0.35;
/** How far a changed block is looked for among those that went away in the same place. */
const NEAR = 20;

/** What changed from one text to the next, block by block and in them word by word. Null is a text that is not there. */
export function diffTexts(before: BlockDocument | null, after: BlockDocument | null): TextDiff {
  const blocks = diffLines(before ? linesOfDocument(before) : [], after ? linesOfDocument(after) : []);
  const parts = blocks.flatMap((block) => block.parts);
  const count = (change: DiffChange): number =>
    parts.filter((part) => part.change === change).reduce((sum, { text }) => sum + countWords(text), 0);
  return { blocks, wordsInserted: count('INSERTED'), wordsDeleted: count('DELETED') };
}

/** What changed from one line to the next, in words. */
export function diffWords(before: string, after: string): DiffPart[] {
  const changes = diffWordsWithSpace(before, after, { maxEditLength: MOST_WORD_CHANGES });
  if (!changes) return parts([before, 'DELETED'], [after, 'INSERTED']);
  return changes.map(({ value: text, added, removed }) => ({
    text,
    change: added ? 'INSERTED' : removed ? 'DELETED' : 'SAME',
  }));
}

/** Words in the sense of Unicode's letters and digits: signs alone are none. */
export const countWords = (text: string): number =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function diffLines(before: DiffLine[], after: DiffLine[]): DiffBlock[] {
  const runs = diffArrays(before, after, {
    comparator: (a, b) => a.kind === b.kind && a.depth === b.depth && a.identity === b.identity,
    maxEditLength: MOST_BLOCK_CHANGES,
  }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ];
  const blocks: DiffBlock[] = [];
  for (let index = 0; index < runs.length; index += 1) {
    const run = runs[index]!;
    const next = runs[index + 1];
    if (run.removed && next?.added) {
      blocks.push(...pairUp(run.value, next.value));
      index += 1;
    } else if (run.added && next?.removed) {
      blocks.push(...pairUp(next.value, run.value));
      index += 1;
    } else {
      const change = run.added ? 'INSERTED' : run.removed ? 'DELETED' : 'SAME';
      blocks.push(...run.value.map((line) => whole(line, change)));
    }
  }
  return blocks;
}

/** Lines that took the place of others: those that are alike, in the order that both have, are one that was changed. */
function pairUp(deleted: DiffLine[], inserted: DiffLine[]): DiffBlock[] {
  const blocks: DiffBlock[] = [];
  let from = 0;
  for (const line of inserted) {
    const ahead = deleted.slice(from, from + NEAR).findIndex((each) => areAlike(each, line));
    if (ahead === -1) {
      blocks.push(whole(line, 'INSERTED'));
      continue;
    }
    const found = from + ahead;
    blocks.push(...deleted.slice(from, found).map((each) => whole(each, 'DELETED')));
    blocks.push({
      change: 'CHANGED',
      kind: line.kind,
      depth: line.depth,
      parts: diffWords(deleted[found]!.text, line.text),
    });
    from = found + 1;
  }
  return [...blocks, ...deleted.slice(from).map((each) => whole(each, 'DELETED'))];
}

/** By the share of their words (Dice): an answer that needs no search. */
function areAlike(a: DiffLine, b: DiffLine): boolean {
  if (a.text === b.text) return true; // another kind, another depth, or other formatting
  if (a.kind !== b.kind) return false;
  const words = (text: string): string[] =>
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter(Boolean);
  const [mine, theirs] = [words(a.text), words(b.text)];
  const left = new Map<string, number>();
  for (const word of mine) left.set(word, (left.get(word) ?? 0) + 1);
  let common = 0;
  for (const word of theirs) {
    const count = left.get(word) ?? 0;
    if (count > 0) common += 1;
    left.set(word, count - 1);
  }
  return mine.length + theirs.length > 0 && (2 * common) / (mine.length + theirs.length) >= ALIKE;
}

const whole = ({ kind, depth, text }: DiffLine, change: 'SAME' | 'INSERTED' | 'DELETED'): DiffBlock => ({
  change,
  kind,
  depth,
  parts: parts([text, change]),
});

const parts = (...given: [string, DiffPart['change']][]): DiffPart[] =>
  given.filter(([text]) => text !== '').map(([text, change]) => ({ text, change }));
