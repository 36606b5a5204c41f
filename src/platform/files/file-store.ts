import { stat } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { Disk } from 'flydrive';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { insertIfAbsent } from '../database/insert-if-absent.js';
import { fileDriver, type ByteRange, type FileDriver } from './file-drivers.js';
import { prepareFile, type Looked, type Taking } from './preparing.js';
import { StoredFile } from './stored-file.entity.js';

/**
 * Files of courses, named by the SHA-256 of what is stored: the same file twice is one, and what a name stands for never changes.
 * The files are put in their place before the row says so; a crash in between leaves no row without its file.
 */
@Injectable()
export class FileStore {
  private opening: Promise<{ disk: Disk; driver: FileDriver }> | undefined;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    @Inject(CONFIG) private readonly config: RunningConfig,
  ) {}

  /**
   * Takes a file, which flows to the disk and is never held in memory as a whole.
   * @param createdBy the person who brings it, if a person does.
   * @throws DomainError of file.rules.ts, when it is none that the store holds.
   */
  async take(source: Readable | Buffer, taking: Taking & { createdBy: string | null }): Promise<StoredFile> {
    const { disk, driver } = await this.open();
    const { incoming } = driver;
    return prepareFile(source, { ...taking, narrower: true, incoming }, async ({ path, ...prepared }) => {
      const key = keyOf(prepared.sha256);
      const known = await this.find(prepared.sha256);
      if (known && (await disk.exists(key))) return known;
      for (const width of prepared.variants) {
        const narrower = `${path}.${width}`;
        await driver.keep(narrower, keyOf(prepared.sha256, width), (await stat(narrower)).size);
      }
      await driver.keep(path, key, prepared.bytes);
      const file = { ...prepared, createdAt: this.clock.now(), createdBy: taking.createdBy };
      await this.database.transaction((tx) => insertIfAbsent(tx, StoredFile, file));
      return (await this.find(file.sha256))!;
    });
  }

  /** As {@link take}, and keeps nothing: what a dry run says of a file is what the store would say. */
  async look(source: Readable | Buffer, taking: Taking): Promise<Looked> {
    const { incoming } = (await this.open()).driver;
    return prepareFile(
      source,
      { ...taking, narrower: false, incoming },
      async ({ path: _, variants: __, ...looked }) => looked,
    );
  }

  async find(sha256: string): Promise<StoredFile | null> {
    return this.database.read((tx) => tx.findOneBy(StoredFile, { sha256 }));
  }

  /**
   * The content of a file, or a part of it.
   * @param width of a picture, in pixels: its own, or one of its variants.
   * @throws Error when it is not where its row says.
   */
  async read(
    file: StoredFile,
    { width, range }: { width?: number; range?: ByteRange } = {},
  ): Promise<Readable> {
    const { driver } = await this.open();
    const key = width === undefined || width === file.width ? keyOf(file.sha256) : keyOf(file.sha256, width);
    return driver.getRange(key, range);
  }

  private open(): Promise<{ disk: Disk; driver: FileDriver }> {
    return (this.opening ??= (async () => {
      const driver = await fileDriver(this.config);
      return { disk: new Disk(driver), driver };
    })());
  }
}

/** Where a file is in the store: a folder for each two first digits, so that none holds too many. */
const keyOf = (sha256: string, width?: number): string =>
  `${sha256.slice(0, 2)}/${sha256}${width === undefined ? '' : `.${width}.webp`}`;
