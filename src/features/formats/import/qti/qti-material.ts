import type { BlockDocument } from '../../../catalog/block-document.js';
import { blocksFromHtml, textFromHtml } from '../blocks-from-html.js';
import type { FileReport } from '../import-problems.js';
import type { PackageFiles } from '../package/package-files.js';

/** Where questions stand: whose files they show, and where it is reported. */
export interface QtiPlace {
  report: FileReport;
  /** Path of the file. */
  page: string;
  files: PackageFiles;
}

export const blocksAt = (place: QtiPlace, html: string, line: number): Promise<BlockDocument> =>
  blocksFromHtml(html, {
    report: place.report,
    line,
    image: (address, alt) => place.files.image(place.page, address, alt),
    file: (address, name) => place.files.file(place.page, address, name),
  });

export const textAt = ({ report }: QtiPlace, html: string, line: number): Promise<string> =>
  textFromHtml(html, { report, line });

/** Plain text as HTML. */
export const asHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** A number as QTI writes it; undefined for what is none. */
export function numberIn(text: string | undefined): number | undefined {
  const trimmed = (text ?? '').trim().replace(',', '.');
  const value = trimmed === '' ? NaN : Number(trimmed);
  return Number.isFinite(value) ? value : undefined;
}
