import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { mayBeLarge } from './file-content.js';
import { FILE_KINDS, tooLarge, type FileKind } from './file.rules.js';

/**
 * Writes what arrives to a new file, and measures it on its way. What is larger than its kind may be is refused as soon as it shows;
 * the source is not destroyed then, so that whoever sends can still be answered.
 * @throws DomainError `FILE_TOO_LARGE`; what the source throws when it breaks off.
 */
export async function receive(
  source: Readable | Buffer,
  path: string,
  { name, kinds }: { name: string; kinds: readonly FileKind[] },
): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  let bytes = 0;
  let largest: FileKind | null = null;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (bytes === 0) largest = largestOf(kinds, chunk);
      bytes += chunk.length;
      if (bytes > FILE_KINDS[largest!]) return done(tooLarge(name, largest!));
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const stream = Buffer.isBuffer(source) ? Readable.from(piecesOf(source)) : source;
  // `pipe` and not part of the pipeline, which would destroy the request together with its answer.
  stream.on('error', (error) => measure.destroy(error));
  stream.on('close', () => {
    if (!stream.readableEnded) measure.destroy(new Error('The sender broke off.'));
  });
  stream.pipe(measure);
  await pipeline(measure, createWriteStream(path, { flush: true }));
  return { sha256: hash.digest('hex'), bytes };
}

/** SHA-256, in hexadecimal, of a file on this machine. */
export async function hashOf(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

const PIECE = 65_536;

function* piecesOf(content: Buffer): Generator<Buffer> {
  for (let at = 0; at < content.length; at += PIECE) yield content.subarray(at, at + PIECE);
}

/** The largest kind that a file which begins like this may turn out to be. */
function largestOf(kinds: readonly FileKind[], head: Buffer): FileKind {
  const possible = head.length >= 12 && mayBeLarge(head) ? kinds : kinds.filter(isSmall);
  return [...(possible.length > 0 ? possible : kinds)].sort((a, b) => FILE_KINDS[b] - FILE_KINDS[a])[0]!;
}

const isSmall = (kind: FileKind): boolean => kind !== 'VIDEO' && kind !== 'ARCHIVE';
