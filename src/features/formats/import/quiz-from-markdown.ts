import type { BlockDocument, BlockNode } from '../../catalog/block-document.js';
import { blocksFromTokens, documentFromBlocks } from './blocks-from-markdown.js';
import { isKey } from '../../catalog/keys.rules.js';
import { quoted, type FileReport, type ImportProblemCode, type Sentence } from './import-problems.js';
import { inlineFromTokens } from './inline-from-markdown.js';
import { childrenOf, groupsOf, parseMarkdown, sourceOf, type TokenGroup } from './markdown-tokens.js';
import { noFiles, type MediaFiles } from './media-files.js';
import { headingKey } from './question-key.js';
import { answersFrom, findAnswers, type ReadAnswers } from './quiz-answers.js';
import { inlineText, quoteText, type QuizReading } from './quiz-options.js';

/** A question as one locale's file has it. */
export interface ReadQuestion extends ReadAnswers {
  key: string;
  /** 1-based line of its heading. */
  line: number;
  /** Null in a translation that leaves it out. */
  prompt: BlockDocument | null;
  explanation: string | null;
  tags: string[];
}

export interface ReadQuiz {
  /** Those that are written here. */
  questions: ReadQuestion[];
  /** What is asked, in order: the questions above, and those that are written elsewhere. */
  asked: { key: string; line: number }[];
  /** Keys of questions that were there but wrong: told once, not again as missing. */
  rejectedKeys: ReadonlySet<string>;
}

interface QuestionParts {
  heading: TokenGroup;
  rest: TokenGroup[];
}

/**
 * Reads the questions of a quiz. Each stands on its own: one with an error is reported and left out, the others stay. A heading
 * with a key and nothing else asks a question that is written in another quiz or in the bank. Option texts, feedback and
 * explanations are plain text; emphasis in them is dropped.
 *
 * @param offset lines of the file before the body.
 */
export function quizFromMarkdown(
  body: string,
  offset: number,
  report: FileReport,
  { media = noFiles, isTranslation = false }: { media?: MediaFiles; isTranslation?: boolean } = {},
): ReadQuiz {
  const markdown = parseMarkdown(body, offset, media);
  const reading: QuizReading = { markdown, report, isTranslation };
  const questions: ReadQuestion[] = [];
  const asked: ReadQuiz['asked'] = [];
  const rejectedKeys = new Set<string>();

  for (const parts of splitQuestions(reading)) {
    const heading = headingKey(sourceOf(parts.heading));
    const { line } = parts.heading;
    if (parts.rest.length === 0 && heading.text === '' && heading.key !== null && isKey(heading.key)) {
      asked.push({ key: heading.key, line });
      continue;
    }
    const errorsBefore = report.errors;
    const question = readQuestion(parts, heading, reading);
    if (question !== null && report.errors === errorsBefore) {
      questions.push(question);
      asked.push({ key: question.key, line });
    } else if (heading.key !== null) rejectedKeys.add(heading.key);
  }
  return { questions, asked, rejectedKeys };
}

function splitQuestions({ markdown, report }: QuizReading): QuestionParts[] {
  const parts: QuestionParts[] = [];
  let outside = false;
  for (const group of groupsOf(markdown.tokens, markdown.offset)) {
    const current = parts.at(-1);
    if (isQuestionHeading(group)) parts.push({ heading: group, rest: [] });
    else if (current !== undefined) current.rest.push(group);
    else if (!outside) {
      outside = true;
      report.error('QUIZ_TEXT_OUTSIDE', group.line, {
        en: 'Text before the first question is left out; begin each question with "## Question {#key}".',
        fr: 'Le texte avant la première question est laissé de côté ; commencez chaque question par « ## Question {#cle} ».',
      });
    }
  }
  return parts;
}

/** A heading of level 2; underlined ones are part of a question, unless they have a key. */
function isQuestionHeading(group: TokenGroup): boolean {
  const [open] = group.tokens;
  if (group.type !== 'heading_open' || open?.tag !== 'h2') return false;
  return open.markup === '##' || headingKey(sourceOf(group)).key !== null;
}

function readQuestion(
  { heading, rest }: QuestionParts,
  { text, key }: { text: string; key: string | null },
  reading: QuizReading,
): ReadQuestion | null {
  const { line } = heading;
  const { report, isTranslation } = reading;
  const fail = (code: ImportProblemCode, at: number, { en, fr }: Sentence): null => {
    report.error(code, at, {
      en: `${en} The question is left out.`,
      fr: `${fr} La question est laissée de côté.`,
    });
    return null;
  };
  if (key === null)
    return fail('QUESTION_KEY', line, {
      en: 'The question has no key; end its heading with {#a-key}.',
      fr: 'La question n’a pas de clé ; terminez son titre par {#une-cle}.',
    });
  if (!isKey(key))
    return fail('QUESTION_KEY', line, {
      en: `The key ${quoted(key)} must be lowercase letters, digits and hyphens, 64 at most.`,
      fr: `La clé ${quoted(key)} doit être faite de minuscules, de chiffres et de traits d’union, 64 au plus.`,
    });

  const tags = tagsOf(rest[0], reading);
  const parts = tags === null ? rest : rest.slice(1);
  const start = findAnswers(parts, reading);
  if (start === null) return fail(...withoutAnswers(parts, line, reading));

  const prompt = promptBlocks({ heading, text }, parts.slice(0, start.index), start.before, reading);
  if (prompt.length === 0 && !isTranslation)
    return fail('QUESTION_STRUCTURE', line, {
      en: 'The heading has no text; write the question in it.',
      fr: 'Le titre n’a pas de texte ; écrivez-y la question.',
    });
  const after = parts.slice(start.index + (start.label ? 1 : 0));
  const read = answersFrom(start, after[0], reading);
  if (read === null) return null;
  const [quote, ...surplus] = after.slice(read.usesNext ? 1 : 0);
  const stray = quote !== undefined && quote.type !== 'blockquote_open' ? quote : surplus[0];
  if (stray !== undefined) return fail(...outOfPlace(stray));
  const document = documentFromBlocks(prompt, line, report);
  if (document === null) return null;
  return {
    key,
    line,
    ...read.answers,
    prompt: prompt.length === 0 ? null : document,
    explanation: quoteText(quote, reading),
    tags: tags ?? [],
  };
}

/** What a line `Tags: a, b` says; null for anything else. */
function tagsOf(group: TokenGroup | undefined, reading: QuizReading): string[] | null {
  const said = group?.type === 'paragraph_open' ? /^Tags\s*:(.*)$/is.exec(sourceOf(group))?.[1] : undefined;
  if (group === undefined || said === undefined) return null;
  const tags = inlineText(said, group.line, reading)
    .split(',')
    .map((tag) => tag.trim().toLowerCase())
    .filter((tag) => tag !== '');
  return [...new Set(tags)].sort();
}

function promptBlocks(
  { heading, text }: { heading: TokenGroup; text: string },
  groups: readonly TokenGroup[],
  before: string,
  { markdown, report }: QuizReading,
): BlockNode[] {
  const paragraph = (source: string, line: number): BlockNode[] => {
    const content = inlineFromTokens(markdown.inline(source), line, report);
    return content.length > 0 ? [{ type: 'paragraph', content }] : [];
  };
  return [
    ...paragraph(text, heading.line),
    ...groups.flatMap((group) => blocksFromTokens(group.tokens, markdown, report)),
    ...paragraph(before, (groups.at(-1)?.line ?? heading.line) + 1),
  ];
}

type Failure = [ImportProblemCode, number, Sentence];

function withoutAnswers(parts: readonly TokenGroup[], line: number, { markdown }: QuizReading): Failure {
  const list = parts.find(({ type }) => type === 'bullet_list_open');
  if (list)
    return [
      'QUESTION_MARKS',
      childrenOf(list, markdown.offset)[0]?.line ?? list.line,
      {
        en: 'An option begins with "( )" or "(x)" for one right answer, "[ ]" or "[x]" for several.',
        fr: 'Une option commence par « ( ) » ou « (x) » pour une seule bonne réponse, « [ ] » ou « [x] » pour plusieurs.',
      },
    ];
  return [
    'QUESTION_STRUCTURE',
    line,
    {
      en: 'The question has no answers; add a list of "- ( )" and "- (x)", or a line "Answer: true".',
      fr: 'La question n’a pas de réponses ; ajoutez une liste de « - ( ) » et « - (x) », ou une ligne « Answer: true ».',
    },
  ];
}

function outOfPlace({ type, line }: TokenGroup): Failure {
  if (type === 'bullet_list_open' || type === 'ordered_list_open')
    return [
      'QUESTION_STRUCTURE',
      line,
      {
        en: 'The question has a second list or answer. A quote that is the feedback of an option is indented by two spaces.',
        fr: 'La question a une seconde liste ou réponse. Une citation qui commente une option est en retrait de deux espaces.',
      },
    ];
  return [
    'QUESTION_STRUCTURE',
    line,
    {
      en: 'This part is out of place. A question is a heading, its text, options or "Answer: true", then one quote as explanation.',
      fr: 'Cette partie n’est pas à sa place. Une question est un titre, son texte, des options ou « Answer: true », puis une citation comme explication.',
    },
  ];
}
