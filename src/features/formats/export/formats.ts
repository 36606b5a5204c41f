import { cartridgeExport } from './cartridge-export.js';
import type { ExportFormat } from './export-format.js';
import { markdownExport } from './markdown-export.js';
import { giftExport, moodleXmlExport } from './question-formats.js';

/** Every format that is written, in the order in which a page offers them. */
export const EXPORT_FORMATS: ExportFormat[] = [markdownExport, cartridgeExport, moodleXmlExport, giftExport];

/** @param name in either case, as in an address. */
export const exportFormat = (name: string): ExportFormat | undefined =>
  EXPORT_FORMATS.find((format) => format.name === name.toUpperCase());
