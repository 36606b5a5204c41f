import { Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { fromRandomAccessReaderPromise, getFileNameLowLevel, RandomAccessReader } from 'yauzl';
import type { ByteRange } from '../../platform/files/file-drivers.js';
import { entryName } from '../formats/import/entry-name.js';

/** A file in an archive, as its directory says (PKWARE APPNOTE 6.3, section 4.3.12). */
export interface PackedFile {
  path: string;
  /** Of its local header in the archive, in bytes from the start. */
  offset: number;
  isDeflated: boolean;
  /** In bytes, as it lies in the archive. */
  packedBytes: number;
  /** In bytes, unpacked. */
  bytes: number;
  crc32: number;
}

/** Parts of an archive, wherever it is stored; both ends included. */
export type ReadPart = (range: ByteRange) => Promise<Readable>;

const DEFLATED = 8;
const LOCAL_HEADER = 30;
/** Of a member of a gzip file without name and time (RFC 1952, section 2.3). */
const GZIP_HEADER = Buffer.from([0x1f, 0x8b, DEFLATED, 0, 0, 0, 0, 0, 0, 0xff]);
const GZIP_TRAILER_BYTES = 8;

class StoredArchive extends RandomAccessReader {
  constructor(private readonly read_: ReadPart) {
    super();
  }

  override _readStreamForRange(start: number, end: number): Readable {
    return Readable.from(lazily(() => this.read_({ start, end: end - 1 })));
  }
}

async function* lazily(open: () => Promise<Readable>): AsyncGenerator<Buffer> {
  yield* (await open()) as AsyncIterable<Buffer>;
}

/**
 * Files of a zip archive that stays packed. Nothing is written anywhere: a path only finds what the archive's directory lists, so none
 * can lead out of it.
 */
export class PackageArchive {
  private constructor(
    private readonly read: ReadPart,
    private readonly files: ReadonlyMap<string, PackedFile>,
    private readonly byLetters: ReadonlyMap<string, PackedFile>,
  ) {}

  /** Reads the directory. @throws Error when it is no archive: what is stored as one was unpacked once, when it was imported. */
  static async open(bytes: number, read: ReadPart): Promise<PackageArchive> {
    const zip = await fromRandomAccessReaderPromise(new StoredArchive(read), bytes, { decodeStrings: false });
    const files = new Map<string, PackedFile>();
    const byLetters = new Map<string, PackedFile>();
    for await (const entry of zip.eachEntry()) {
      const { generalPurposeBitFlag: flag, fileNameRaw, extraFields } = entry;
      const name = entryName(getFileNameLowLevel(flag, fileNameRaw, extraFields, false));
      if (name.kind !== 'file' || files.has(name.path)) continue;
      const file: PackedFile = {
        path: name.path,
        offset: entry.relativeOffsetOfLocalHeader,
        isDeflated: entry.compressionMethod === DEFLATED,
        packedBytes: entry.compressedSize,
        bytes: entry.uncompressedSize,
        crc32: entry.crc32,
      };
      files.set(name.path, file);
      if (!byLetters.has(name.path.toLowerCase())) byLetters.set(name.path.toLowerCase(), file);
    }
    return new PackageArchive(read, files, byLetters);
  }

  /** The file at a path, whatever the case of its letters: many packages were made where that is the same. */
  find(path: string): PackedFile | undefined {
    const name = path.normalize('NFC');
    return this.files.get(name) ?? this.byLetters.get(name.toLowerCase());
  }

  /** The content, or a part of it; of what is deflated, all before that part is unpacked on the way. */
  async content(file: PackedFile, range?: ByteRange): Promise<Readable> {
    if (file.bytes === 0) return Readable.from([]);
    const { start, end } = range ?? { start: 0, end: file.bytes - 1 };
    if (!file.isDeflated) {
      const from = await this.dataStart(file);
      return this.read({ start: from + start, end: from + end });
    }
    const packed = await this.packed(file);
    const part = partOf(() => inflated(packed), { start, end });
    return Readable.from(part, { objectMode: false });
  }

  /** The content as a gzip file, as it lies in the archive: for who can unpack it, it need not be unpacked here. */
  async gzipped(file: PackedFile): Promise<{ bytes: number; content: Readable }> {
    const trailer = Buffer.alloc(GZIP_TRAILER_BYTES);
    trailer.writeUInt32LE(file.crc32, 0);
    trailer.writeUInt32LE(file.bytes, 4);
    const packed = await this.packed(file);
    const content = Readable.from(
      (async function* () {
        yield GZIP_HEADER;
        yield* lazily(packed);
        yield trailer;
      })(),
      { objectMode: false },
    );
    return { bytes: GZIP_HEADER.length + file.packedBytes + GZIP_TRAILER_BYTES, content };
  }

  /** Opens the content as it lies in the archive. That it is there was seen when this is answered; it is opened when it is read. */
  private async packed(file: PackedFile): Promise<() => Promise<Readable>> {
    const from = await this.dataStart(file);
    return () => this.read({ start: from, end: from + file.packedBytes - 1 });
  }

  /** Where the content begins: behind the local header, whose name and extra field may be longer than the directory's. */
  private async dataStart({ offset }: PackedFile): Promise<number> {
    const header = await this.read({ start: offset, end: offset + LOCAL_HEADER - 1 });
    const chunks = await header.toArray();
    const bytes = Buffer.concat(chunks as Buffer[]);
    return offset + LOCAL_HEADER + bytes.readUInt16LE(26) + bytes.readUInt16LE(28);
  }
}

async function* inflated(open: () => Promise<Readable>): AsyncGenerator<Buffer> {
  const packed = await open();
  const inflate = createInflateRaw();
  packed.on('error', (error) => inflate.destroy(error));
  try {
    yield* packed.pipe(inflate) as AsyncIterable<Buffer>;
  } finally {
    packed.destroy();
  }
}

/** A part of a content, both ends included; what comes behind it is not read. */
async function* partOf(
  content: () => AsyncIterable<Buffer>,
  { start, end }: ByteRange,
): AsyncGenerator<Buffer> {
  let at = 0;
  for await (const chunk of content()) {
    const from = Math.max(0, start - at);
    const to = Math.min(chunk.length, end + 1 - at);
    if (from < to) yield chunk.subarray(from, to);
    at += chunk.length;
    if (at > end) return;
  }
}
