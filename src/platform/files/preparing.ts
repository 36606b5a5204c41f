import { randomUUID } from 'node:crypto';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { lookAtFile } from './file-content.js';
import { plainFileName, type FileKind } from './file.rules.js';
import { encodePicture } from './pictures.js';
import { hashOf, receive } from './receiving.js';
import type { StoredFile } from './stored-file.entity.js';

/** How a file is taken. */
export interface Taking {
  /** As its owner calls it: only said in refusals. */
  name: string;
  kinds: readonly FileKind[];
}

/** What is known of a file by looking at it. */
export type Looked = Pick<StoredFile, 'sha256' | 'mediaType' | 'bytes' | 'width' | 'height'>;

/** A file on this machine, ready to be kept; its variants stand beside it, as `<path>.<width>`. */
export type Prepared = Looked & Pick<StoredFile, 'variants'> & { path: string };

/**
 * Receives, looks at and encodes a file in a folder of its own, which is gone afterwards.
 * @param incoming the folder for files that are not whole yet.
 * @param use what is done with it while it is there.
 * @throws DomainError of file.rules.ts, when it is none that is taken.
 */
export async function prepareFile<T>(
  source: Readable | Buffer,
  { name: rawName, kinds, narrower, incoming }: Taking & { narrower: boolean; incoming: string },
  use: (prepared: Prepared) => Promise<T>,
): Promise<T> {
  const name = plainFileName(rawName);
  const folder = join(incoming, randomUUID());
  await mkdir(folder, { recursive: true });
  try {
    const path = join(folder, 'file');
    const { sha256, bytes } = await receive(source, path, { name, kinds });
    const { kind, mediaType } = await lookAtFile({ path, name, bytes }, kinds);
    if (kind !== 'IMAGE')
      return await use({ path, sha256, bytes, mediaType, width: null, height: null, variants: [] });
    const encoded = join(folder, 'picture');
    const picture = await encodePicture(path, encoded, { name, mediaType, narrower });
    return await use({ ...picture, path: encoded, mediaType: 'image/webp', sha256: await hashOf(encoded) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
