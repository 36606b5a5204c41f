import type { Readable } from 'node:stream';
import { crc32 } from 'node:zlib';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { ArchiveRefused, archiveRefusals, type ArchiveLimits } from './archive-limits.js';
import { shownName } from './entry-name.js';
import { FileReport } from './import-problems.js';
import type { Spool } from './spool.js';

const STORED = 0;
const DEFLATED = 8;
/** File types of POSIX, in the upper half of an entry's external attributes where it was packed on such a system. */
const TYPE_MASK = 0o170000;
const REGULAR = 0o100000;
const FOLDER = 0o040000;

/**
 * Unpacks a zip archive (PKWARE APPNOTE 6.3). Archives inside it stay packed.
 * @throws ArchiveRefused when it is damaged, encrypted or larger than allowed.
 */
export async function unpackZip(
  path: string,
  spool: Spool,
  limits: ArchiveLimits,
  progress: (share: number) => void,
): Promise<void> {
  const zip = await openZip(path);
  try {
    if (zip.entryCount > limits.entries) throw new ArchiveRefused(archiveRefusals.tooManyEntries(limits));
    let seen = 0;
    for await (const entry of entriesOf(zip)) {
      spool.count();
      await unpackEntry(zip, entry, spool, limits);
      progress((seen += 1) / zip.entryCount);
    }
  } finally {
    zip.close();
  }
}

/** What yauzl throws is about the archive: it has no errors of its own. */
async function openZip(path: string): Promise<ZipFile> {
  try {
    return await openPromise(path, { decodeStrings: false, autoClose: false });
  } catch (error) {
    throw damaged(error);
  }
}

async function* entriesOf(zip: ZipFile): AsyncGenerator<Entry> {
  try {
    yield* zip.eachEntry();
  } catch (error) {
    throw damaged(error);
  }
}

function damaged(error: unknown): unknown {
  // Those of a system call are the disk's.
  if (error instanceof ArchiveRefused || (error as NodeJS.ErrnoException).syscall) return error;
  return new ArchiveRefused(archiveRefusals.damaged());
}

async function unpackEntry(zip: ZipFile, entry: Entry, spool: Spool, limits: ArchiveLimits): Promise<void> {
  // Not strict: some .NET tools wrote backslashes, which become forward slashes before the name is judged.
  const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, false);
  const type = (entry.externalFileAttributes >>> 16) & TYPE_MASK;
  if (name.endsWith('/') || type === FOLDER) {
    spool.claim(name.endsWith('/') ? name : `${name}/`);
    return;
  }
  if (entry.isEncrypted()) throw new ArchiveRefused(archiveRefusals.encrypted());
  const path = spool.claim(name);
  if (path === null) return;
  const report = new FileReport(path, spool.problems);
  if (type !== 0 && type !== REGULAR) {
    report.error('FILE_IS_LINK', 1, LINK);
    return;
  }
  if (entry.compressionMethod !== STORED && entry.compressionMethod !== DEFLATED) {
    report.error('FILE_COMPRESSION', 1, {
      en: `This file is packed in a rare way (method ${entry.compressionMethod}). It is left out; make the archive again with the usual one.`,
      fr: `Ce fichier est compressé d’une façon rare (méthode ${entry.compressionMethod}). Il est laissé de côté ; refaites l’archive de la façon habituelle.`,
    });
    return;
  }
  // What it says of itself, before the first byte is unpacked; what it really holds, the spool counts.
  if (entry.uncompressedSize > limits.entryBytes)
    throw new ArchiveRefused(archiveRefusals.entryTooLarge(shownName(path), limits));
  spool.requireRatio(entry.uncompressedSize, entry.compressedSize);
  await spool.add(path, checkedContent(zip, entry, path), entry.compressedSize);
}

export const LINK = {
  en: 'This is a link to another file, and links are not followed. It is left out; put the file itself in its place.',
  fr: 'C’est un lien vers un autre fichier, et les liens ne sont pas suivis. Il est laissé de côté ; mettez le fichier lui-même à sa place.',
};

/** @throws ArchiveRefused when the content is not what was packed. */
async function* checkedContent(zip: ZipFile, entry: Entry, path: string): AsyncGenerator<Buffer> {
  let sum = 0;
  let stream: Readable | undefined;
  try {
    stream = await zip.openReadStreamPromise(entry);
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      sum = crc32(chunk, sum);
      yield chunk;
    }
  } catch {
    throw new ArchiveRefused(archiveRefusals.damagedFile(shownName(path)));
  } finally {
    stream?.destroy();
  }
  if (sum !== entry.crc32) throw new ArchiveRefused(archiveRefusals.damagedFile(shownName(path)));
}
