import { plainText, type BlockDocument } from '../../catalog/block-document.js';
import { MAX_TITLE_LENGTH } from './front-matter-fields.js';
import { readFrontMatter } from './front-matter.js';
import { FileReport } from './import-problems.js';

/** The title that the front matter of any other tool states, and the text below it. */
export function matterOf(text: string): { title: string | null; body: string; offset: number } {
  if (text.split('\n', 1)[0]?.trimEnd() !== '---') return { title: null, body: text, offset: 0 };
  // What other tools write there besides is theirs: nothing of it is reported.
  const matter = readFrontMatter(text, ['title'], new FileReport('', []));
  if (matter === null) return { title: null, body: text, offset: 0 };
  const title = matter.fields.get('title');
  return {
    title: typeof title === 'string' ? title.trim() || null : null,
    body: matter.body,
    offset: matter.bodyOffset,
  };
}

/** The first heading as the title, when the text begins with it; the text without it. */
export function titleAndBody(
  { content }: BlockDocument,
  stated: string | null,
): { title: string | null; document: BlockDocument } {
  const [first, ...rest] = content;
  const title = first?.type === 'heading' ? titleFrom(plainText({ type: 'doc', content: [first] })) : '';
  if (stated !== null && titleFrom(stated) !== title)
    return { title: titleFrom(stated), document: { type: 'doc', content } };
  return title === ''
    ? { title: null, document: { type: 'doc', content } }
    : { title, document: { type: 'doc', content: rest } };
}

const titleFrom = (text: string): string =>
  text
    .replace(/[\s\0\p{Surrogate}]+/gu, ' ')
    .trim()
    .slice(0, MAX_TITLE_LENGTH)
    .replace(/[\uD800-\uDBFF]$/, '');

/** Headings as older tools take them, `##Heading`, with the space that they need today; told once. */
export function withHeadingSpaces(body: string, offset: number, report: FileReport): string {
  let fence: string | null = null;
  let isTold = false;
  return body
    .split('\n')
    .map((line, index) => {
      const [mark] = /^ {0,3}(?:`{3,}|~{3,})/.exec(line) ?? [];
      if (mark !== undefined && (fence === null || mark.trim().startsWith(fence)))
        fence = fence === null ? mark.trim() : null;
      if (fence !== null || !/^#{1,6}[^#\s]/.test(line)) return line;
      if (!isTold)
        report.warning('HEADING_LEVEL', offset + index + 1, {
          en: 'A heading has no space after its "#" here; it is taken for a heading.',
          fr: 'Un intertitre n’a pas d’espace après son « # » ici ; il est pris pour un intertitre.',
        });
      isTold = true;
      return line.replace(/^#{1,6}/, '$& ');
    })
    .join('\n');
}
