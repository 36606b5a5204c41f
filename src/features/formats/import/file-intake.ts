import { DomainError } from '../../../platform/errors.js';
import type { FileStore } from '../../../platform/files/file-store.js';
import type { Looked } from '../../../platform/files/preparing.js';
import { IMPORT_KINDS } from '../../../platform/files/file.rules.js';
import type { FileIntake, TakenFile } from './import-format.js';

/** Keeps what an import brings along. What is kept before an import fails is harmless: nothing shows it, and the next try finds it. */
export class StoreIntake implements FileIntake {
  constructor(
    private readonly store: FileStore,
    /** The person who imports. */
    private readonly personId: string,
  ) {}

  take(name: string, content: Buffer): ReturnType<FileIntake['take']> {
    const taking = { name, kinds: IMPORT_KINDS, createdBy: this.personId };
    return orRefused(() => this.store.take(content, taking));
  }
}

/** For a dry run: says of each file what the store would say, and keeps nothing. */
export class LookingIntake implements FileIntake {
  constructor(private readonly store: FileStore) {}

  take(name: string, content: Buffer): ReturnType<FileIntake['take']> {
    return orRefused(() => this.store.look(content, { name, kinds: IMPORT_KINDS }));
  }
}

/** What a document says of a file. */
export const taken = ({ sha256, mediaType, bytes, width, height }: Looked): TakenFile => ({
  hash: sha256,
  mediaType,
  bytes,
  width,
  height,
});

async function orRefused(work: () => Promise<Looked>): ReturnType<FileIntake['take']> {
  try {
    return taken(await work());
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    return { refused: { en: error.sentence('en'), fr: error.sentence('fr') } };
  }
}
