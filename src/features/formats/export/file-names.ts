import { fileTypeFromBuffer } from 'file-type';
import type { BlockDocument, BlockNode, ListItemNode } from '../../catalog/block-document.js';
import type { CourseContent, QuestionContent } from '../../catalog/course-content.js';
import { keyFromTitle } from '../../catalog/keys.rules.js';

/** The folder of a course in which its files are. */
export const FILES_FOLDER = 'files';

/** A file that a course shows, and what to call it. */
interface Wish {
  hash: string;
  name: string;
  /** With the dot; empty where the content tells. */
  extension: string;
}

/**
 * Reads the files that a course shows, one after the other.
 * @returns names that say what they are, each once whatever the case, by SHA-256 in hexadecimal; and the contents by path.
 */
export async function namedFiles(
  course: CourseContent & { questions?: QuestionContent[] },
  files: (hash: string) => Promise<Buffer>,
): Promise<{ names: Map<string, string>; contents: Map<string, Buffer> }> {
  const names = new Map<string, string>();
  const contents = new Map<string, Buffer>();
  for (const { hash, name, extension } of wishesOf(course)) {
    if (names.has(hash)) continue;
    const content = await files(hash);
    const sniffed = extension === '' ? await fileTypeFromBuffer(content) : undefined;
    const end = extension || (sniffed ? `.${sniffed.ext}` : '');
    const stem = keyFromTitle(name, 'file');
    let free = `${stem}${end}`;
    for (let number = 2; contents.has(`${FILES_FOLDER}/${free}`); number += 1)
      free = `${stem}-${number}${end}`;
    names.set(hash, free);
    contents.set(`${FILES_FOLDER}/${free}`, content);
  }
  return { names, contents };
}

/** In the order of the course. */
function* wishesOf(course: CourseContent & { questions?: QuestionContent[] }): Generator<Wish> {
  yield* inDocuments(course.description);
  for (const { lessons } of course.modules) {
    for (const { key, body, quiz, package: packaged } of lessons) {
      if (body) yield* inDocuments(body);
      if (packaged) yield { hash: packaged.file, name: key, extension: '.zip' };
      for (const { prompt } of [
        ...(quiz?.questions ?? []),
        ...(quiz?.pools ?? []).flatMap((pool) => pool.questions),
      ])
        yield* inDocuments(prompt);
    }
  }
  for (const { prompt } of course.questions ?? []) yield* inDocuments(prompt);
}

function* inDocuments(documents: Record<string, BlockDocument>): Generator<Wish> {
  for (const locale of Object.keys(documents).sort())
    for (const block of documents[locale]!.content) yield* inBlock(block);
}

function* inBlock(block: BlockNode | ListItemNode): Generator<Wish> {
  switch (block.type) {
    case 'image':
      yield {
        hash: block.attrs.file,
        name: block.attrs.alt || block.attrs.caption || 'image',
        extension: '',
      };
      return;
    case 'video': {
      const { file, title, captions } = block.attrs;
      if (file) yield { hash: file, name: title || 'video', extension: '' };
      for (const each of captions)
        yield { hash: each.file, name: `${title || 'video'} ${each.locale}`, extension: '.vtt' };
      return;
    }
    case 'download': {
      const { file, name } = block.attrs;
      const extension = /\.[A-Za-z0-9]{1,8}$/.exec(name)?.[0] ?? '';
      yield {
        hash: file,
        name: name.slice(0, name.length - extension.length),
        extension: extension.toLowerCase(),
      };
      return;
    }
    case 'bulletList':
    case 'orderedList':
    case 'blockquote':
    case 'callout':
    case 'listItem':
      for (const child of block.content) yield* inBlock(child);
  }
}
