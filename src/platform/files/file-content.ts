import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileTypeFromFile } from 'file-type';
import { fileRefusals, kindOf, refusedFile, tooLarge, FILE_KINDS, type FileKind } from './file.rules.js';

/** How much of a file says what it is, in bytes. */
const HEAD = 4_096;

/** Names that the same thing also goes by. */
const SAME_AS: Readonly<Record<string, string>> = { 'video/x-m4v': 'video/mp4' };

/** What a file is, found by looking at its content: neither its name nor what the sender says of it is believed. */
export interface LookedAt {
  kind: FileKind;
  /** IANA media type. */
  mediaType: string;
}

/**
 * Looks what a file is.
 * @param file where it is, what to call it, and how large it is.
 * @throws DomainError `FILE_EMPTY`, `FILE_SVG`, `FILE_HTML`, `FILE_ARCHIVE`, `FILE_TYPE_REFUSED`, `FILE_TOO_LARGE`
 */
export async function lookAtFile(
  { path, name, bytes }: { path: string; name: string; bytes: number },
  kinds: readonly FileKind[],
): Promise<LookedAt> {
  if (bytes === 0) throw refusedFile(fileRefusals.FILE_EMPTY, name);
  const head = await headOf(path);
  const markup = markupOf(head);
  if (markup) throw refusedFile(fileRefusals[markup], name);
  const mediaType = (await typeByMagic(path)) ?? (await typeOfText(path, head));
  const kind = mediaType && kindOf(mediaType);
  if (!mediaType || !kind) throw refusedFile(fileRefusals.FILE_TYPE_REFUSED, name);
  if (!kinds.includes(kind))
    throw refusedFile(kind === 'ARCHIVE' ? fileRefusals.FILE_ARCHIVE : fileRefusals.FILE_TYPE_REFUSED, name);
  if (bytes > FILE_KINDS[kind]) throw tooLarge(name, kind);
  return { kind, mediaType };
}

/** Whether a file may turn out to be large, by its first 12 bytes: an MP4 (ISO 14496-12), a WebM (EBML) or an archive. */
export const mayBeLarge = (head: Buffer): boolean =>
  head.toString('latin1', 4, 8) === 'ftyp' ||
  head.readUInt32BE(0) === 0x1a45dfa3 ||
  head.toString('latin1', 0, 2) === 'PK';

async function headOf(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { bytesRead, buffer } = await file.read({ buffer: Buffer.alloc(HEAD) });
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}

/** What browsers and viewers would run: told by how it begins, past what may stand before the first tag. */
function markupOf(head: Buffer): 'FILE_SVG' | 'FILE_HTML' | null {
  const text = head.toString('utf8').replace(/^\uFEFF/, '');
  if (!text.trimStart().startsWith('<')) return null;
  if (/<(\w+:)?svg[\s/>]|<!doctype\s+svg/i.test(text)) return 'FILE_SVG';
  return 'FILE_HTML';
}

/** By the signature in its content; undefined for text, and for a file that ends before it says what it is. */
async function typeByMagic(path: string): Promise<string | undefined> {
  const found = await fileTypeFromFile(path).catch(() => undefined);
  return found && (SAME_AS[found.mime] ?? found.mime);
}

/** Text is UTF-8 without control characters; captions begin with their signature (WebVTT, section 4.1). */
async function typeOfText(path: string, head: Buffer): Promise<string | null> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    for await (const chunk of createReadStream(path)) {
      if (/[\0-\x08\x0e-\x1a\x1c-\x1f]/.test(decoder.decode(chunk as Buffer, { stream: true }))) return null;
    }
    decoder.decode();
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
  return /^\uFEFF?WEBVTT(?=[ \t\r\n]|$)/.test(head.toString('utf8')) ? 'text/vtt' : 'text/plain';
}
