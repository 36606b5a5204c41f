import type { QuestionContent } from '../../../catalog/course-content.js';
import { decodeText } from '../decode-text.js';
import type { Imported, ImportContext, ImportFormat } from '../import-format.js';
import { FileReport, type ImportProblem } from '../import-problems.js';
import {
  filesToRead,
  questionFiles,
  reportOthers,
  TEXT_NAME,
  type QuestionFileKind,
} from '../question-files.js';
import { QuestionMaker, tagsOfCategory } from '../question-maker.js';
import { reportKind, reportNoQuestions } from '../question-reports.js';
import { answersOf } from './gift-answers.js';
import { giftChunks, type GiftChunk } from './gift-chunks.js';
import { GiftError, parseGift } from './gift-syntax.js';
import { documentOf, lettersOf } from '../rich-text.js';
import { formatted } from './gift-text.js';

const CATEGORY = /^\s*\$CATEGORY:\s*(.*)$/;

const FILES: QuestionFileKind = {
  format: 'GIFT',
  own: /\.gift$/i,
  possible: /\.txt$|(?:^|\/)[^.]+$/i,
  alone: TEXT_NAME,
  looksLike: (start) =>
    looksLikeGift(start.includes(0) && start[0] !== 0xff && start[0] !== 0xfe ? '' : start.toString('utf8')),
};

/**
 * Moodle's text format for questions (https://docs.moodle.org/en/GIFT_format). Each question is read by itself, so that one that is
 * wrong loses no other. Categories become tags; an `[id:...]` or else a title becomes the key.
 */
export const giftFormat: ImportFormat = {
  name: 'GIFT',

  async recognizes(source) {
    return (await questionFiles(source, FILES)).length > 0;
  },

  async read(source, context) {
    const problems: ImportProblem[] = [];
    const questions: QuestionContent[] = [];
    const maker = new QuestionMaker(context.locale);
    const paths = await filesToRead(source, FILES);
    for (const [at, path] of paths.entries()) {
      const report = new FileReport(path, problems);
      const reader = new GiftReader(report, maker, context);
      const found = await reader.questions(decodeText(await source.read(path), report), [at, paths.length]);
      if (found.length === 0 && report.errors === 0) reportNoQuestions(report, 'GIFT');
      for (const question of found) questions.push(question);
    }
    reportOthers(source, paths, FILES.format, problems);
    return { course: null, questions, problems } satisfies Imported;
  },
};

class GiftReader {
  private category: string[] = [];

  constructor(
    private readonly report: FileReport,
    private readonly maker: QuestionMaker,
    private readonly context: ImportContext,
  ) {}

  async questions(text: string, [file, files]: [number, number]): Promise<QuestionContent[]> {
    const questions: QuestionContent[] = [];
    const chunks = giftChunks(text);
    for (const [at, chunk] of chunks.entries()) {
      if (at % 100 === 0) this.context.progress((file + at / chunks.length) / files);
      const question = await this.question(this.withoutCategory(chunk));
      if (question !== null) questions.push(question);
    }
    return questions;
  }

  private withoutCategory(chunk: GiftChunk): GiftChunk {
    const lines = chunk.text.split('\n');
    const found = CATEGORY.exec(lines[0] ?? '');
    if (!found) return chunk;
    this.category = tagsOfCategory(found[1]!);
    return { ...chunk, line: chunk.line + 1, text: lines.slice(1).join('\n') };
  }

  private async question({ text, line, comments }: GiftChunk): Promise<QuestionContent | null> {
    if (text.trim() === '') return null;
    try {
      const { title, stem, answers, generalFeedback } = parseGift({ text, line });
      if (answers === null) {
        reportKind(this.report, stem.line, 'description', title);
        return null;
      }
      const asked = formatted(stem, 'moodle');
      const { kind, options } = await answersOf(answers, asked.format, this.report);
      if (kind === 'ESSAY') {
        reportKind(this.report, stem.line, 'essay', title);
        return null;
      }
      const prompt = await documentOf(asked, this.report);
      const explanation = generalFeedback
        ? await lettersOf(formatted(generalFeedback, asked.format), this.report)
        : '';
      const { id, tags } = notesIn(comments);
      const draft = {
        name: id || title,
        line,
        kind,
        prompt,
        options,
        explanation,
        tags: [...this.category, ...tags],
      };
      return this.maker.make(draft, this.report);
    } catch (error) {
      if (!(error instanceof GiftError)) throw error;
      this.report.error('QUESTION_STRUCTURE', error.line, {
        en: `${error.sentence.en} This question is left out, the others are kept.`,
        fr: `${error.sentence.fr} Cette question est laissée de côté, les autres sont gardées.`,
      });
      return null;
    }
  }
}

/** What Moodle notes about a question in the comment before it. */
function notesIn(comments: readonly string[]): { id: string; tags: string[] } {
  const all = comments.join('\n');
  const value = (text: string) => text.replaceAll('\\]', ']').trim();
  const id = /\[id:((?:\\\]|[^\]\n])+)\]/.exec(all)?.[1] ?? '';
  const tags = [...all.matchAll(/\[tags?:((?:\\\]|[^\]\n])+)\]/g)].flatMap((match) =>
    value(match[1]!).split(','),
  );
  return { id: value(id), tags };
}

function looksLikeGift(text: string): boolean {
  if (/^\uFEFF?\s*</.test(text)) return false;
  if (/^\s*\$CATEGORY:/m.test(text) || /^\s*\[(?:html|markdown|plain|moodle)\]/m.test(text)) return true;
  if (/^\s*(?:\/\/.*\n\s*)*::[^\n]+?::/.test(text)) return true;
  const bare = text.replace(/\\./g, '');
  return (
    /\{\s*(?:[=~#][^{}]*|(?:T|F|TRUE|FALSE)\s*(?:#[^{}]*)?|)\}/i.test(bare) ||
    /\{[^{}\n]{1,80}\}\s*(?:\n|$)/.test(bare)
  );
}
