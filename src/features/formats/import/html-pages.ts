import type { BlockDocument } from '../../catalog/block-document.js';
import { blocksFromHtml, textFromHtml } from './blocks-from-html.js';
import { MAX_FILE_SIZE, MAX_FILES } from './course-files.js';
import { decodeText } from './decode-text.js';
import { FileReport, type ImportProblem } from './import-problems.js';
import type { PackageFiles } from './package/package-files.js';

/** A web page of a folder, as blocks. */
export interface PlainPage {
  /** From the top of the folder. */
  path: string;
  /** As the page calls itself; null when it does not. */
  title: string | null;
  document: BlockDocument;
}

export const isPage = (path: string): boolean => /\.html?$/i.test(path);

const BECOMES_A_LESSON = {
  refused: {
    en: 'it is a page that becomes a lesson of this course, and lessons do not link to each other',
    fr: 'c’est une page qui devient une leçon de cette formation, et les leçons n’ont pas de liens entre elles',
  },
};
const CHARSET = /<meta[^>]{0,200}?charset\s*=\s*["']?([\w-]{1,40})/i;
const TITLE = /<title[^>]{0,200}>([^<]{0,2000})<\/title/i;

/** The web pages of a folder. @param top what stands before its paths, `''` or `folder/`. */
export async function readPages(
  files: PackageFiles,
  top: string,
  problems: ImportProblem[],
): Promise<PlainPage[]> {
  const { source } = files;
  const paths = source.paths.filter(isPage);
  const pages: PlainPage[] = [];
  let isTold = false;
  // Of more than a course may have nothing is made, so that none need be read.
  if (paths.length > MAX_FILES) return [];
  for (const path of paths) {
    const report = new FileReport(path, problems);
    if ((source.size(path) ?? 0) > MAX_FILE_SIZE) {
      report.error('FILE_TOO_LARGE', 1, {
        en: `The file is larger than ${MAX_FILE_SIZE / 1_000_000} MB and is left out; split it in two.`,
        fr: `Le fichier dépasse ${MAX_FILE_SIZE / 1_000_000} Mo et est laissé de côté ; coupez-le en deux.`,
      });
      continue;
    }
    const content = await source.read(path);
    const html = decodeText(
      content,
      report,
      CHARSET.exec(content.subarray(0, 2_000).toString('latin1'))?.[1],
    );
    const taught = withoutSurroundings(html);
    if (taught !== html && !isTold)
      report.warning('HTML', 1, {
        en: 'The menus and footers of web pages, here and on others, are left out.',
        fr: 'Les menus et les bas de page des pages web, ici et sur d’autres, sont laissés de côté.',
      });
    isTold ||= taught !== html;
    const title = TITLE.exec(html)?.[1] ?? '';
    pages.push({
      path: path.slice(top.length),
      title: (await textFromHtml(title, { report, line: 1 })) || null,
      document: await blocksFromHtml(taught, {
        report,
        line: 1,
        image: (address, alt) => files.image(path, address, alt),
        file: (address, name) =>
          isPage(files.resolve(path, address) ?? '') ? BECOMES_A_LESSON : files.file(path, address, name),
      }),
    });
  }
  return pages;
}

/**
 * The page without what stands on every page of a site. Its line breaks stay, so that what follows has its line. An element that
 * is never closed stays; that none is looked for twice keeps the time linear.
 */
function withoutSurroundings(html: string): string {
  const opening = /<(nav|footer)\b/gi;
  const unclosed = new Set<string>();
  const parts: string[] = [];
  let from = 0;
  for (let match = opening.exec(html); match !== null; match = opening.exec(html)) {
    const tag = match[1]!.toLowerCase();
    if (unclosed.has(tag)) continue;
    const closing = new RegExp(`</${tag}\\s*>`, 'gi');
    closing.lastIndex = match.index;
    if (closing.exec(html) === null) unclosed.add(tag);
    else {
      parts.push(
        html.slice(from, match.index),
        html.slice(match.index, closing.lastIndex).replace(/[^\n]/g, ''),
      );
      opening.lastIndex = from = closing.lastIndex;
    }
  }
  return parts.join('') + html.slice(from);
}
