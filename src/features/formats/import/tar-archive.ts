import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { ArchiveRefused, archiveRefusals, type ArchiveLimits } from './archive-limits.js';
import { shownName } from './entry-name.js';
import { FileReport } from './import-problems.js';
import type { Spool } from './spool.js';
import { LINK } from './zip-archive.js';

const BLOCK = 512;
/** Of a record that only says how the next entry is named: no name needs more. */
const MAX_NAME_RECORD = 64_000;

/** Types of entries (POSIX.1-2017 pax, "ustar Interchange Format"; GNU tar's own are `L` and `K`). */
const FILES = new Set(['0', '\0', '7']);
const LINKS = new Set(['1', '2']);

/**
 * Unpacks a tar archive that is compressed with gzip.
 * @throws ArchiveRefused when it is damaged, no tar, or larger than allowed.
 */
export async function unpackTarGz(
  path: string,
  packedBytes: number,
  spool: Spool,
  { limits, progress }: { limits: ArchiveLimits; progress: (share: number) => void },
): Promise<void> {
  const source = createReadStream(path);
  const gunzip = createGunzip();
  source.on('error', (error) => gunzip.destroy(error));
  const blocks = new Blocks(source.pipe(gunzip), (unpacked) => {
    if (unpacked > limits.unpackedBytes + limits.entries * 3 * BLOCK)
      throw new ArchiveRefused(archiveRefusals.unpacksTooLarge(limits));
    spool.requireRatio(unpacked, packedBytes);
    progress(source.bytesRead / packedBytes);
  });
  try {
    await unpackEntries(blocks, spool);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    // Z_*: what zlib says of bytes that are no gzip, or not all of it.
    throw code?.startsWith('Z_') ? new ArchiveRefused(archiveRefusals.damaged()) : error;
  } finally {
    source.destroy();
    gunzip.destroy();
  }
}

async function unpackEntries(blocks: Blocks, spool: Spool): Promise<void> {
  let named: string | undefined;
  let sized: number | undefined;
  for (let first = true; ; first = false) {
    const header = await blocks.take(BLOCK);
    // Two blocks of zeros end it; one, or none after a whole entry, is how some programs end it.
    if (header === null || header.every((byte) => byte === 0)) {
      if (first) throw new ArchiveRefused(archiveRefusals.notTar());
      return;
    }
    if (!isHeader(header))
      throw new ArchiveRefused(first ? archiveRefusals.notTar() : archiveRefusals.damaged());
    const type = String.fromCharCode(header[156]!);
    const size = sized ?? numberAt(header, 124, 12);
    if (type === 'L' || type === 'x') {
      const record = await nameRecord(blocks, size);
      if (type === 'L') named = textAt(record, 0, record.length);
      else {
        const pax = paxRecords(record);
        named = pax.get('path') ?? named;
        const paxSize = pax.get('size');
        if (paxSize !== undefined) sized = Number(paxSize);
        if (sized !== undefined && !Number.isSafeInteger(sized))
          throw new ArchiveRefused(archiveRefusals.damaged());
      }
      continue;
    }
    spool.count();
    await unpackEntry({ type, size, name: named ?? ustarName(header) }, blocks, spool);
    named = undefined;
    sized = undefined;
  }
}

async function unpackEntry(
  { type, size, name }: { type: string; size: number; name: string },
  blocks: Blocks,
  spool: Spool,
): Promise<void> {
  const content = blocks.stream(size);
  const path = FILES.has(type) || LINKS.has(type) ? spool.claim(name) : null;
  if (path !== null && LINKS.has(type))
    new FileReport(shownName(path), spool.problems).error('FILE_IS_LINK', 1, LINK);
  if (path !== null && FILES.has(type)) await spool.add(path, content);
  else for await (const _ of content);
}

async function nameRecord(blocks: Blocks, size: number): Promise<Buffer> {
  if (size > MAX_NAME_RECORD) throw new ArchiveRefused(archiveRefusals.damaged());
  const chunks: Buffer[] = [];
  for await (const chunk of blocks.stream(size)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** `12 path=some/name\n`, each with its own length in bytes before it. */
function paxRecords(record: Buffer): Map<string, string> {
  const found = new Map<string, string>();
  for (let start = 0; start < record.length;) {
    const space = record.indexOf(0x20, start);
    const length = Number(record.toString('latin1', start, space === -1 ? start : space));
    if (!(length > 0) || start + length > record.length) break;
    const [key = '', ...value] = record.toString('utf8', space + 1, start + length - 1).split('=');
    found.set(key, value.join('='));
    start += length;
  }
  return found;
}

/** The sum of a header's bytes, its own eight taken as spaces, is what it says. */
function isHeader(header: Buffer): boolean {
  const sum = header.reduce((all, byte, index) => all + (index >= 148 && index < 156 ? 0x20 : byte), 0);
  return sum === numberAt(header, 148, 8);
}

function ustarName(header: Buffer): string {
  const name = textAt(header, 0, 100);
  const prefix = header.toString('latin1', 257, 262) === 'ustar' ? textAt(header, 345, 155) : '';
  return prefix ? `${prefix}/${name}` : name;
}

function textAt(bytes: Buffer, start: number, length: number): string {
  const end = bytes.indexOf(0, start);
  return bytes.toString('utf8', start, end === -1 || end > start + length ? start + length : end);
}

/** Octal digits; or, with the first bit set, a binary number (GNU). @throws ArchiveRefused when it is neither. */
function numberAt(header: Buffer, start: number, length: number): number {
  const value =
    header[start]! & 0x80
      ? Number(header.readBigUInt64BE(start + length - 8))
      : parseInt(header.toString('latin1', start, start + length).replace(/[\0 ]/g, '') || '0', 8);
  if (!Number.isSafeInteger(value) || value < 0) throw new ArchiveRefused(archiveRefusals.damaged());
  return value;
}

/** A stream in portions that are asked for. */
class Blocks {
  private readonly chunks: AsyncIterator<Buffer>;
  private rest: Buffer = Buffer.alloc(0);
  private received = 0;

  constructor(
    stream: AsyncIterable<Buffer>,
    private readonly onReceived: (bytes: number) => void,
  ) {
    this.chunks = stream[Symbol.asyncIterator]();
  }

  /** @returns exactly so many bytes, or null at the end. @throws ArchiveRefused when it ends within them. */
  async take(bytes: number): Promise<Buffer | null> {
    while (this.rest.length < bytes) {
      const chunk = await this.next();
      if (!chunk && this.rest.length === 0) return null;
      if (!chunk)
        throw new ArchiveRefused(
          this.received < BLOCK ? archiveRefusals.notTar() : archiveRefusals.damaged(),
        );
      this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    }
    const taken = this.rest.subarray(0, bytes);
    this.rest = this.rest.subarray(bytes);
    return taken;
  }

  /** So many bytes as they come, and then what fills the last block. @throws ArchiveRefused when it ends within them. */
  async *stream(bytes: number): AsyncGenerator<Buffer> {
    for (let left = bytes; left > 0;) {
      if (this.rest.length === 0) {
        const chunk = await this.next();
        if (!chunk) throw new ArchiveRefused(archiveRefusals.damaged());
        this.rest = chunk;
      }
      const part = this.rest.subarray(0, left);
      this.rest = this.rest.subarray(part.length);
      left -= part.length;
      yield part;
    }
    const padding = (BLOCK - (bytes % BLOCK)) % BLOCK;
    if (padding > 0 && (await this.take(padding)) === null)
      throw new ArchiveRefused(archiveRefusals.damaged());
  }

  private async next(): Promise<Buffer | undefined> {
    const { value, done } = (await this.chunks.next()) as IteratorResult<Buffer, undefined>;
    if (done) return undefined;
    this.received += value.length;
    this.onReceived(this.received);
    return value;
  }
}
