import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../../config.js';
import {
  ArchiveRefused,
  ARCHIVE_LIMITS,
  archiveRefusals,
  type ArchiveLimits,
} from '../formats/import/archive-limits.js';

/** Where uploaded archives wait until they are imported. Never served. */
export abstract class UploadStore {
  /** A provider's property, so that a test need not send 200 MB. */
  limits: ArchiveLimits = ARCHIVE_LIMITS;

  /**
   * Keeps an upload.
   * @returns its bytes.
   * @throws ArchiveRefused when it is empty or too large; nothing is kept then.
   */
  abstract keep(id: string, content: AsyncIterable<Buffer>): Promise<number>;

  /** @returns a path on this machine where it can be read, and a private folder beside it to work in. */
  abstract open(id: string): Promise<{ path: string; workFolder: string }>;

  /** Forgets an upload and what was unpacked of it. Nothing happens when there is none. */
  abstract forget(id: string): Promise<void>;

  /** The ids of all that is kept. */
  abstract list(): Promise<string[]>;
}

/** In a folder of the data folder, which every worker must see. */
@Injectable()
export class FolderUploadStore extends UploadStore {
  private readonly folder: string;

  constructor(@Inject(CONFIG) config: RunningConfig) {
    super();
    this.folder = join(config.dataDir, 'uploads');
  }

  override async keep(id: string, content: AsyncIterable<Buffer>): Promise<number> {
    const folder = join(this.folder, id);
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const { limits } = this;
    let bytes = 0;
    async function* counted(): AsyncGenerator<Buffer> {
      for await (const chunk of content) {
        bytes += chunk.length;
        if (bytes > limits.uploadBytes) throw new ArchiveRefused(archiveRefusals.tooLarge(limits));
        yield chunk;
      }
      if (bytes === 0) throw new ArchiveRefused(archiveRefusals.empty());
    }
    try {
      await pipeline(counted, createWriteStream(join(folder, 'upload'), { mode: 0o600 }));
      return bytes;
    } catch (error) {
      await this.forget(id);
      throw error;
    }
  }

  override async open(id: string): Promise<{ path: string; workFolder: string }> {
    const folder = join(this.folder, id);
    return { path: join(folder, 'upload'), workFolder: join(folder, 'work') };
  }

  override async forget(id: string): Promise<void> {
    await rm(join(this.folder, id), { recursive: true, force: true });
  }

  override async list(): Promise<string[]> {
    return readdir(this.folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return [];
      throw error;
    });
  }
}
