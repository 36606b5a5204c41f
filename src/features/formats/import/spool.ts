import { open, readFile, rm, type FileHandle } from 'node:fs/promises';
import { ArchiveRefused, archiveRefusals, type ArchiveLimits } from './archive-limits.js';
import { comparableName, entryName, shownName } from './entry-name.js';
import type { SourceFiles } from './import-format.js';
import { FileReport, type ImportProblem } from './import-problems.js';

/**
 * The files of an archive, one after the other in a single private file: no name that an archive gives ever becomes a name
 * on disk. Holds the limits, whichever kind of archive is unpacked into it.
 */
export class Spool {
  /** What was left out, and why. */
  readonly problems: ImportProblem[] = [];
  private readonly places = new Map<string, { start: number; bytes: number }>();
  private readonly taken = new Set<string>();
  private written = 0;
  private entries = 0;

  private constructor(
    private readonly path: string,
    private readonly handle: FileHandle,
    private readonly limits: ArchiveLimits,
    /** Bytes of the archive itself. */
    private readonly packedBytes: number,
  ) {}

  /** @param path where to; what is there is overwritten. */
  static async create(path: string, limits: ArchiveLimits, packedBytes: number): Promise<Spool> {
    return new Spool(path, await open(path, 'w+', 0o600), limits, packedBytes);
  }

  /** Counts one more file or folder. @throws ArchiveRefused when there are too many. */
  count(): void {
    this.entries += 1;
    if (this.entries > this.limits.entries)
      throw new ArchiveRefused(archiveRefusals.tooManyEntries(this.limits));
  }

  /** @returns the path under which an entry may be added, or null when it is left out; why is noted, unless nobody misses it. */
  claim(rawName: string): string | null {
    const name = entryName(rawName);
    if (name.kind === 'ignored') return null;
    const report = new FileReport(shownName(rawName), this.problems);
    if (name.kind === 'refused') {
      report.error('PATH_REFUSED', 1, name.why);
      return null;
    }
    const key = comparableName(name.path);
    if (this.taken.has(key)) {
      report.error('FILE_DUPLICATE', 1, {
        en: 'The archive holds two files of this name (capital letters do not count). The first is used; rename one.',
        fr: 'L’archive contient deux fichiers de ce nom (les majuscules ne comptent pas). Le premier est utilisé ; renommez-en un.',
      });
      return null;
    }
    this.taken.add(key);
    return name.path;
  }

  /**
   * Adds a file.
   * @param packed bytes that it takes in the archive, where that is known.
   * @throws ArchiveRefused when it, or all of it together, is larger than allowed.
   */
  async add(path: string, content: AsyncIterable<Buffer>, packed?: number): Promise<void> {
    const start = this.written;
    for await (const chunk of content) {
      const bytes = this.written + chunk.length - start;
      if (bytes > this.limits.entryBytes)
        throw new ArchiveRefused(archiveRefusals.entryTooLarge(path, this.limits));
      if (this.written + chunk.length > this.limits.unpackedBytes)
        throw new ArchiveRefused(archiveRefusals.unpacksTooLarge(this.limits));
      this.requireRatio(bytes, packed);
      this.requireRatio(this.written + chunk.length, this.packedBytes);
      await this.handle.write(chunk, 0, chunk.length, this.written);
      this.written += chunk.length;
    }
    this.places.set(path, { start, bytes: this.written - start });
  }

  /** @throws ArchiveRefused when so many bytes from so few can only be meant to fill a disk. */
  requireRatio(unpacked: number, packed: number | undefined): void {
    const { ratio, ratioBeyondBytes } = this.limits;
    if (packed !== undefined && unpacked > ratioBeyondBytes && unpacked > ratio * packed)
      throw new ArchiveRefused(archiveRefusals.bomb(this.limits));
  }

  /** The files added so far. @param archive path of what they came in. */
  files(name: string, archive: string): SourceFiles {
    return {
      name,
      archive: () => readFile(archive),
      paths: [...this.places.keys()],
      size: (path) => this.places.get(path)?.bytes,
      read: async (path) => {
        const place = this.places.get(path);
        if (!place) throw new Error(`No file ${path}.`);
        const content = Buffer.alloc(place.bytes);
        let read = 0;
        while (read < place.bytes) {
          const { bytesRead } = await this.handle.read(content, read, place.bytes - read, place.start + read);
          if (bytesRead === 0) throw new Error(`The file ${path} is cut short.`);
          read += bytesRead;
        }
        return content;
      },
    };
  }

  async close(): Promise<void> {
    await this.handle.close();
    await rm(this.path, { force: true });
  }
}
