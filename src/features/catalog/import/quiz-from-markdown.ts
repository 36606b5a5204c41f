import type { BlockDocument, BlockNode } from '../block-document.js';
import { blocksFromTokens, documentFromBlocks } from './blocks-from-markdown.js';
import { isKey } from './course-files.js';
import { quoted, type FileReport } from './import-problems.js';
import { inlineFromTokens } from './inline-from-markdown.js';
import { groupsOf, parseMarkdown, sourceOf, type MarkdownBody, type TokenGroup } from './markdown-tokens.js';
import type { QuestionKind } from '../course-content.js';
import { optionsFromList, quoteText, type ReadOption } from './quiz-options.js';

/** A question as one locale's file has it. */
export interface ReadQuestion {
  key: string;
  /** 1-based line of its heading. */
  line: number;
  kind: QuestionKind;
  prompt: BlockDocument;
  /** For TRUE_FALSE the two options true and false, without text. */
  options: ReadOption[];
  explanation: string | null;
}

export interface ReadQuiz {
  questions: ReadQuestion[];
  /** Keys of questions that were there but wrong: told once, not again as missing. */
  rejectedKeys: ReadonlySet<string>;
}

interface QuestionParts {
  heading: TokenGroup;
  rest: TokenGroup[];
}

/**
 * Reads the questions of a quiz. Each stands on its own: one with an error is reported and left out, the others stay.
 * Option texts, feedback and explanations are plain text; emphasis in them is dropped.
 *
 * @param offset lines of the file before the body.
 */
export function quizFromMarkdown(body: string, offset: number, report: FileReport): ReadQuiz {
  const markdown = parseMarkdown(body, offset);
  const questions: ReadQuestion[] = [];
  const rejectedKeys = new Set<string>();

  for (const parts of splitQuestions(markdown, report)) {
    const heading = headingParts(sourceOf(parts.heading));
    const errorsBefore = report.errors;
    const question = readQuestion(parts, heading, markdown, report);
    if (question !== null && report.errors === errorsBefore) questions.push(question);
    else if (heading.key !== null) rejectedKeys.add(heading.key);
  }
  return { questions, rejectedKeys };
}

function splitQuestions(markdown: MarkdownBody, report: FileReport): QuestionParts[] {
  const parts: QuestionParts[] = [];
  let outside = false;
  for (const group of groupsOf(markdown.tokens, markdown.offset)) {
    const current = parts.at(-1);
    if (group.type === 'heading_open' && group.tokens[0]?.tag === 'h2')
      parts.push({ heading: group, rest: [] });
    else if (current !== undefined) current.rest.push(group);
    else if (!outside) {
      outside = true;
      const message =
        'Text before the first question is left out; begin each question with "## Question {#key}".';
      report.error('QUIZ_TEXT_OUTSIDE', group.line, message);
    }
  }
  return parts;
}

function headingParts(source: string): { text: string; key: string | null } {
  const end = source.trimEnd();
  const start = end.endsWith('}') ? end.lastIndexOf('{#') : -1;
  if (start === -1) return { text: end, key: null };
  return { text: end.slice(0, start).trimEnd(), key: end.slice(start + 2, -1).trim() };
}

function readQuestion(
  { heading, rest }: QuestionParts,
  { text, key }: { text: string; key: string | null },
  markdown: MarkdownBody,
  report: FileReport,
): ReadQuestion | null {
  const { line } = heading;
  const fail = (
    code: 'QUESTION_KEY' | 'QUESTION_STRUCTURE' | 'QUESTION_ANSWER',
    at: number,
    message: string,
  ): null => {
    report.error(code, at, `${message} The question is left out.`);
    return null;
  };
  if (key === null)
    return fail('QUESTION_KEY', line, 'The question has no key; end its heading with {#a-key}.');
  if (!isKey(key)) {
    return fail(
      'QUESTION_KEY',
      line,
      `The key ${quoted(key)} must be lowercase letters, digits and hyphens, 64 at most.`,
    );
  }

  const inline = inlineFromTokens(markdown.inline(text), line, report);
  if (inline.length === 0)
    return fail('QUESTION_STRUCTURE', line, 'The heading has no text; write the question in it.');
  const prompt: BlockNode[] = [{ type: 'paragraph', content: inline }];
  let answer: Pick<ReadQuestion, 'kind' | 'options'> | null = null;
  let explanation: string | null = null;

  for (const group of rest) {
    const statement = group.type === 'paragraph_open' ? trueFalseStatement(sourceOf(group)) : null;
    if (group.type === 'bullet_list_open' || statement !== null) {
      if (answer !== null) {
        const hint = 'A quote that is the feedback of an option is indented by two spaces.';
        return fail('QUESTION_STRUCTURE', group.line, `The question has a second list or answer. ${hint}`);
      }
      if (statement === null) {
        answer = optionsFromList(group, markdown, report);
        if (answer === null) return null;
      } else {
        if (statement.answer === null) return fail('QUESTION_ANSWER', group.line, statement.message);
        answer = trueFalse(statement.answer);
        const more = inlineFromTokens(markdown.inline(statement.before), group.line, report);
        if (more.length > 0) prompt.push({ type: 'paragraph', content: more });
      }
    } else if (answer === null && (group.type === 'paragraph_open' || isCode(group))) {
      prompt.push(...blocksFromTokens(group.tokens, markdown.offset, report));
    } else if (answer !== null && group.type === 'blockquote_open' && explanation === null) {
      explanation = quoteText(group, markdown, report);
    } else {
      const order =
        'A question is a heading, paragraphs, options or "Answer: true", then one quote as explanation.';
      return fail('QUESTION_STRUCTURE', group.line, `This part is out of place. ${order}`);
    }
  }
  if (answer === null) {
    const message =
      'The question has no answers; add a list of "- ( )" and "- (x)", or a line "Answer: true".';
    return fail('QUESTION_STRUCTURE', line, message);
  }
  const document = documentFromBlocks(prompt, line, report);
  return document === null ? null : { key, line, ...answer, prompt: document, explanation };
}

function isCode(group: TokenGroup): boolean {
  return group.type === 'fence' || group.type === 'code_block';
}

interface Statement {
  before: string;
  /** Null when it is neither true nor false. */
  answer: boolean | null;
  message: string;
}

/** The line `Answer: true` at the end of a paragraph, and the text above it; null when there is none. */
function trueFalseStatement(source: string): Statement | null {
  const lines = source.split('\n');
  const at = lines.findIndex((line) => /^\s*Answer\s*:/i.test(line));
  if (at === -1) return null;
  const word = /^\s*Answer\s*:\s*(true|false)\s*$/i.exec(lines[at] ?? '')?.[1]?.toLowerCase();
  return {
    before: lines.slice(0, at).join('\n'),
    answer: at !== lines.length - 1 || word === undefined ? null : word === 'true',
    message:
      'The answer line must be "Answer: true" or "Answer: false", in every language, the last of its paragraph.',
  };
}

function trueFalse(answer: boolean): Pick<ReadQuestion, 'kind' | 'options'> {
  const option = (correct: boolean): ReadOption => ({ text: '', feedback: null, correct });
  return { kind: 'TRUE_FALSE', options: [option(answer), option(!answer)] };
}
