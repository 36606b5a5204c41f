import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../../platform/errors.js';
import { FileStore } from '../../platform/files/file-store.js';
import { LookingIntake, StoreIntake } from '../formats/import/file-intake.js';
import type { FileIntake } from '../formats/import/import-format.js';

/** The pictures, documents and packages that courses refer to, as imports bring them and exports take them along. */
@Injectable()
export class ContentFiles {
  constructor(private readonly store: FileStore) {}

  /** @param keeper the person who imports; null in a dry run, in which files are only looked at. */
  intake(keeper: string | null): FileIntake {
    return keeper === null ? new LookingIntake(this.store) : new StoreIntake(this.store, keeper);
  }

  /** @param hash SHA-256 in hexadecimal. @throws NotFoundError when there is no such file. */
  async read(hash: string): Promise<Buffer> {
    const file = await this.store.find(hash);
    if (!file) throw new NotFoundError();
    const chunks: Buffer[] = [];
    for await (const chunk of await this.store.read(file)) chunks.push(chunk as Buffer);
    return Buffer.concat(chunks);
  }
}
