import { aikenFormat } from './aiken/aiken-format.js';
import { cartridgeFormat } from './cartridge/cartridge-format.js';
import { giftFormat } from './gift/gift-format.js';
import type { ImportFormat, SourceFiles } from './import-format.js';
import { markdownFormat } from './markdown-format.js';
import { moodleXmlFormat } from './moodle/moodle-xml-format.js';
import { olxFormat } from './olx/olx-format.js';
import { qtiFormat } from './qti/qti-format.js';
import { scormFormat } from './scorm/scorm-format.js';

/** Every format that is read, in the order in which they are asked: the pickier before those that take much for theirs. */
export const IMPORT_FORMATS: ImportFormat[] = [
  cartridgeFormat,
  scormFormat,
  olxFormat,
  qtiFormat,
  moodleXmlFormat,
  giftFormat,
  aikenFormat,
  markdownFormat,
];

/** The first format that takes these files for its own. */
export async function recognizeFormat(source: SourceFiles): Promise<ImportFormat | undefined> {
  for (const format of IMPORT_FORMATS) if (await format.recognizes(source)) return format;
  return undefined;
}
