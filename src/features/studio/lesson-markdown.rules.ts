import { DomainError, inputRefusals, type Refusal } from '../../platform/errors.js';
import { BLOCK_DOCUMENT_LIMITS, type BlockDocument } from '../catalog/block-document.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { blocksFromMarkdown } from '../formats/import/blocks-from-markdown.js';
import {
  FileReport,
  sortedProblems,
  type ImportProblem,
  type ImportProblemCode,
} from '../formats/import/import-problems.js';
import { markdownFromBlocks } from '../formats/import/markdown-from-blocks.js';
import { storedFiles } from '../formats/import/media-files.js';

/** In UTF-16 units: the longest text of a lesson, and the signs that Markdown adds to it. */
export const MAX_MARKDOWN_LENGTH = 2 * BLOCK_DOCUMENT_LIMITS.textLength;

/**
 * A lesson's text as it was understood, and what was not, in the order of the lines. Files are called by their SHA-256, as
 * {@link markdownFromBlocks} writes them: `![alt](sha256:... "caption"){width=640 height=480}`.
 */
export function readLessonMarkdown(markdown: string): {
  document: BlockDocument | null;
  problems: ImportProblem[];
} {
  const problems: ImportProblem[] = [];
  const document = blocksFromMarkdown(markdown, 0, new FileReport('.', problems), storedFiles);
  return { document, problems: sortedProblems(problems) };
}

const REFUSALS: Partial<Record<ImportProblemCode, Refusal>> = {
  HTML: catalogRefusals.MARKDOWN_HTML,
  IMAGE: catalogRefusals.MARKDOWN_IMAGE,
  FILE_MISSING: catalogRefusals.MARKDOWN_FILE,
  TABLE: catalogRefusals.MARKDOWN_TABLE,
  CONTENT_TOO_LARGE: catalogRefusals.MARKDOWN_TOO_LARGE,
};

/**
 * The text of a lesson that must hold all that was written: where an import goes on without a part, an editor waits.
 * @throws DomainError `MARKDOWN_...` about the first line that lessons cannot hold; `REQUIRED` when there is no text.
 */
export function parseLessonMarkdown(markdown: string): BlockDocument {
  const { document, problems } = readLessonMarkdown(markdown);
  const problem = problems.find(({ severity }) => severity === 'ERROR');
  if (problem) {
    const refusal = REFUSALS[problem.code] ?? catalogRefusals.MARKDOWN_UNKNOWN;
    throw new DomainError(refusal, { line: problem.line });
  }
  if (!document || document.content.length === 0)
    throw new DomainError(inputRefusals.REQUIRED, {}, 'markdown');
  return document;
}

/** Whether somebody only looked at a text: then even what Markdown cannot say of it stays. */
export const isAsStored = (markdown: string | null | undefined, stored: BlockDocument | undefined): boolean =>
  markdown != null &&
  stored !== undefined &&
  markdown.replaceAll('\r\n', '\n').trimEnd() === markdownFromBlocks(stored).trimEnd();
