import { CsvError, parse, type InfoRecord } from 'csv-parse/sync';
import type { TableRow } from './roster-rows.rules.js';
import { fileRefusals, MOST_ROWS, RosterRefused } from './roster.rules.js';

/** Characters of one row. A quotation mark that is never closed would make the rest of the file one row. */
const MOST_CHARACTERS = 20_000;
const DELIMITERS = [',', ';', '\t'] as const;

/**
 * Reads a CSV (RFC 4180) in UTF-8, with commas, semicolons or tabs, as its first line shows.
 * @throws RosterRefused about its text, its quotation marks, or its length.
 */
export function readCsv(content: Buffer): TableRow[] {
  const text = textIn(content);
  // Where a spreadsheet left a note of its delimiter, it is no row.
  const noted = /^sep=([,;\t])\r?\n/i.exec(text);
  const table = noted ? text.slice(noted[0].length) : text;
  try {
    const records = parse(table, {
      delimiter: noted?.[1] ?? delimiterOf(table),
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
      max_record_size: MOST_CHARACTERS,
      to: MOST_ROWS + 2,
    }) as unknown as { record: string[]; info: InfoRecord & { lines: number } }[];
    const lineBefore = noted ? 1 : 0;
    return records
      .map(({ record, info }) => ({ line: lineBefore + firstLineOf(record, info.lines), cells: record }))
      .filter(({ cells }) => cells.some((cell) => cell.trim() !== ''));
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const { lines: line = 1 } = error as { lines?: number };
    throw new RosterRefused(
      error.code === 'CSV_MAX_RECORD_SIZE' ? fileRefusals.rowTooLong(line) : fileRefusals.quotes(line),
    );
  }
}

/** A cell may have several lines: the row begins on its first. */
const firstLineOf = (record: readonly string[], lastLine: number): number =>
  lastLine - record.reduce((sum, cell) => sum + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);

function textIn(content: Buffer): string {
  const start = content.subarray(0, 2).toString('latin1');
  if (start === '\xFF\xFE' || start === '\xFE\xFF') throw new RosterRefused(fileRefusals.utf16());
  const nul = content.indexOf(0);
  if (nul !== -1) throw new RosterRefused(fileRefusals.notText(lineAt(content, nul)));
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content); // without the mark at its beginning
  } catch {
    throw new RosterRefused(fileRefusals.notUtf8(firstBrokenLine(content)));
  }
}

const lineAt = (content: Buffer, offset: number): number =>
  content.subarray(0, offset).reduce((lines, byte) => (byte === 0x0a ? lines + 1 : lines), 1);

/** In UTF-8 no sign has a line feed within it, so that each line can be read alone. */
function firstBrokenLine(content: Buffer): number {
  for (let from = 0, line = 1; ; line += 1) {
    const end = content.indexOf(0x0a, from);
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(content.subarray(from, end === -1 ? undefined : end));
    } catch {
      return line;
    }
    if (end === -1) return line;
    from = end + 1;
  }
}

/** The one that is most often in the first line, outside quotation marks. */
function delimiterOf(text: string): string {
  const first = text
    .slice(0, MOST_CHARACTERS)
    .trimStart()
    .split(/\r?\n/, 1)[0]!
    .replace(/"[^"]*"/g, '');
  const times = (delimiter: string): number => first.split(delimiter).length;
  return [...DELIMITERS].sort((a, b) => times(b) - times(a))[0]!;
}
