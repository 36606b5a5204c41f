import { Injectable } from '@nestjs/common';
import { FileStore } from '../../platform/files/file-store.js';
import { NotFoundError } from '../../platform/errors.js';
import { PackageArchive } from './package-archive.js';

/** Directories of archives kept in one process; each is some hundred bytes for each file in it. */
const MOST_OPEN = 50;

/** The archives of packages, as imports stored them. */
@Injectable()
export class PackageFiles {
  /** By the hash of the archive, the one asked for last at the end. */
  private readonly known = new Map<string, Promise<PackageArchive>>();

  constructor(private readonly store: FileStore) {}

  /** @param file SHA-256 of the archive, in hexadecimal. @throws NotFoundError when it is not stored. */
  async archive(file: string): Promise<PackageArchive> {
    const opened = this.known.get(file) ?? this.open(file);
    this.known.delete(file);
    this.known.set(file, opened);
    const [oldest] = this.known.keys();
    if (this.known.size > MOST_OPEN) this.known.delete(oldest!);
    return opened.catch((error: unknown) => {
      this.known.delete(file);
      throw error;
    });
  }

  private async open(file: string): Promise<PackageArchive> {
    const stored = await this.store.find(file);
    if (!stored) throw new NotFoundError();
    return PackageArchive.open(stored.bytes, (range) => this.store.read(stored, { range }));
  }
}
