import { courseFolderFormat } from './course-folder-format.js';
import type { ImportFormat, SourceFiles } from './import-format.js';

/** Every format that is read, in the order in which they are asked: the pickier before those that take much for theirs. */
export const IMPORT_FORMATS: ImportFormat[] = [courseFolderFormat];

/** The first format that takes these files for its own. */
export async function recognizeFormat(source: SourceFiles): Promise<ImportFormat | undefined> {
  for (const format of IMPORT_FORMATS) if (await format.recognizes(source)) return format;
  return undefined;
}
