import { Injectable } from '@nestjs/common';
import { NotFoundError } from '../../platform/errors.js';
import type { FileIntake } from './import/import-format.js';

/** The pictures, documents and packages that courses refer to, as imports bring them and exports take them along. */
export abstract class ContentFiles {
  /** @param keep false in a dry run: files are only looked at. */
  abstract intake(keep: boolean): FileIntake;

  /** @param hash SHA-256 in hexadecimal. @throws NotFoundError when there is no such file. */
  abstract read(hash: string): Promise<Buffer>;
}

/** For a product that keeps texts only: says of each file that it stays behind. */
@Injectable()
export class TextsOnly extends ContentFiles {
  override intake(): FileIntake {
    return {
      take: async () => ({
        refused: {
          en: 'Files are not taken along yet. Add this one in the lesson.',
          fr: 'Les fichiers ne sont pas encore repris. Ajoutez celui-ci dans la leçon.',
        },
      }),
    };
  }

  override async read(): Promise<Buffer> {
    throw new NotFoundError();
  }
}
