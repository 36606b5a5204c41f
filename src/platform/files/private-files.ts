import type { Readable } from 'node:stream';
import { Inject, Injectable } from '@nestjs/common';
import { Disk } from 'flydrive';
import { CONFIG, type RunningConfig } from '../../config.js';
import { fileDriver, type FileDriver } from './file-drivers.js';
import { prepareFile, type Looked, type Taking } from './preparing.js';

/**
 * Files that are somebody's alone, apart from those of courses: no hash and no public address leads to them. They are kept by an id
 * that a feature gives, and served by that feature, which knows who may read them.
 */
@Injectable()
export class PrivateFiles {
  private opening: Promise<{ disk: Disk; driver: FileDriver }> | undefined;

  constructor(@Inject(CONFIG) private readonly config: RunningConfig) {}

  /**
   * Keeps a file. Pictures are encoded anew, without what is in the file besides the picture.
   * @param id a UUID, of nothing that is kept yet.
   * @throws DomainError of file.rules.ts, when it is none that is taken.
   */
  async keep(id: string, source: Readable | Buffer, taking: Taking): Promise<Looked> {
    const { driver } = await this.open();
    const { incoming } = driver;
    return prepareFile(source, { ...taking, narrower: false, incoming }, async (prepared) => {
      const { path, variants: _, ...looked } = prepared;
      await driver.keep(path, keyOf(id), looked.bytes);
      return looked;
    });
  }

  /** @throws Error when there is none. */
  async read(id: string): Promise<Readable> {
    return (await this.open()).driver.getRange(keyOf(id), undefined);
  }

  /** Forgets a file; one that is not there is no error. */
  async forget(id: string): Promise<void> {
    await (await this.open()).disk.delete(keyOf(id));
  }

  private open(): Promise<{ disk: Disk; driver: FileDriver }> {
    return (this.opening ??= (async () => {
      const driver = await fileDriver(this.config);
      return { disk: new Disk(driver), driver };
    })());
  }
}

/** A folder for each two last digits, which are random in a UUID of version 7. */
const keyOf = (id: string): string => `private/${id.slice(-2)}/${id}`;
