import { plainText, type BlockDocument } from '../../catalog/block-document.js';
import type { NumberAnswer, QuestionKind } from '../../catalog/course-content.js';

/** A question as a reader of another format understood it, in one language. */
export interface QuestionDraft {
  /** What its key is made of: an identifier or a title of elsewhere; empty for none. */
  name: string;
  /** Of the file, 1-based. */
  line: number;
  kind: QuestionKind;
  prompt: BlockDocument;
  options: DraftOption[];
  explanation: string;
  tags: readonly string[];
}

export interface DraftOption {
  text: string;
  feedback: string;
  correct: boolean;
  /** In percent, as the other format counts: a right one without it gives all, a wrong one nothing. */
  weight?: number;
  match?: string;
  number?: NumberAnswer;
}

/** True when a text shows something to read or to look at. */
export function saysSomething(document: BlockDocument): boolean {
  return (
    plainText(document).trim() !== '' ||
    document.content.some((block) => 'attrs' in block && block.type !== 'heading')
  );
}
