import { SaxesParser, type SaxesTagNS } from 'saxes';
import type { SourceFiles } from '../formats/import/import-format.js';
import type { TableRow } from './roster-rows.rules.js';
import { fileRefusals, MOST_ROWS, RosterRefused } from './roster.rules.js';

/** Columns that are looked at. A cell far to the right is nobody's address, and must not make a row of sixteen thousand cells. */
const MOST_COLUMNS = 100;
/** Characters of a cell that are kept: enough to see that it is too long. */
const MOST_CHARACTERS = 2_000;

const RELATIONSHIPS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/**
 * Reads the first sheet of an Excel workbook (ECMA-376, SpreadsheetML) that was unpacked. Cells are read one after the other:
 * however far apart a sheet says that they are, only those with something in them are kept.
 * @throws RosterRefused when it is no workbook, or a damaged one, or has too many rows.
 */
export async function readXlsx(source: SourceFiles): Promise<TableRow[]> {
  if (!source.paths.includes('xl/workbook.xml')) throw new RosterRefused(fileRefusals.noWorkbook());
  try {
    const text = async (path: string): Promise<string> => (await source.read(path)).toString('utf8');
    const sheet = await firstSheet(text);
    const strings = source.paths.includes('xl/sharedStrings.xml')
      ? sharedStrings(await text('xl/sharedStrings.xml'))
      : [];
    return readSheet(await text(sheet), strings);
  } catch (error) {
    if (error instanceof RosterRefused) throw error;
    throw new RosterRefused(fileRefusals.damagedWorkbook());
  }
}

interface Seen {
  open: (tag: SaxesTagNS) => void;
  text?: (text: string) => void;
  close?: (name: string) => void;
}

/** Walks through XML by local names; prefixes are up to whoever wrote it. What saxes finds wrong is thrown. */
function walk(xml: string, { open, text, close }: Seen): void {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', open);
  if (text) parser.on('text', text);
  if (close) parser.on('closetag', ({ local }) => close(local));
  parser.write(xml).close();
}

const attribute = (tag: SaxesTagNS, name: string): string => tag.attributes[name]?.value ?? '';

/** The path of the sheet that comes first in the workbook. */
async function firstSheet(text: (path: string) => Promise<string>): Promise<string> {
  let id: string | undefined;
  walk(await text('xl/workbook.xml'), {
    open: (tag) => {
      if (tag.local !== 'sheet') return;
      const relation = Object.values(tag.attributes).find(
        ({ local, uri }) => local === 'id' && (uri === RELATIONSHIPS || uri.endsWith('/relationships')),
      );
      id ??= relation?.value;
    },
  });
  let target: string | undefined;
  walk(await text('xl/_rels/workbook.xml.rels'), {
    open: (tag) => {
      if (tag.local === 'Relationship' && attribute(tag, 'Id') === id) target = attribute(tag, 'Target');
    },
  });
  if (!target) throw new RosterRefused(fileRefusals.damagedWorkbook());
  return target.startsWith('/') ? target.slice(1) : `xl/${target}`;
}

/** The texts that cells refer to by number. Those above the text that say how it is pronounced are none of it. */
function sharedStrings(xml: string): string[] {
  const strings: string[] = [];
  let [isText, isPhonetic] = [false, false];
  walk(xml, {
    open: ({ local }) => {
      if (local === 'si') strings.push('');
      if (local === 'rPh') isPhonetic = true;
      isText = local === 't' && !isPhonetic;
    },
    text: (text) => {
      const index = strings.length - 1;
      if (isText && strings[index]!.length < MOST_CHARACTERS)
        strings[index] = strings[index]! + text.slice(0, MOST_CHARACTERS);
    },
    close: (local) => {
      if (local === 'rPh') isPhonetic = false;
      if (local === 't') isText = false;
    },
  });
  return strings;
}

function readSheet(xml: string, strings: readonly string[]): TableRow[] {
  const rows: TableRow[] = [];
  let row: TableRow = { line: 0, cells: [] };
  let cell: { column: number; type: string; text: string } | null = null;
  let isValue = false;
  walk(xml, {
    open: (tag) => {
      if (tag.local === 'row') row = { line: Number(attribute(tag, 'r')) || row.line + 1, cells: [] };
      if (tag.local === 'c') {
        const column = columnOf(attribute(tag, 'r')) ?? row.cells.length;
        cell = column < MOST_COLUMNS ? { column, type: attribute(tag, 't'), text: '' } : null;
      }
      isValue = tag.local === 'v' || tag.local === 't';
    },
    text: (text) => {
      if (isValue && cell && cell.text.length < MOST_CHARACTERS) cell.text += text.slice(0, MOST_CHARACTERS);
    },
    close: (local) => {
      if (local === 'v' || local === 't') isValue = false;
      if (local === 'c' && cell) {
        while (row.cells.length < cell.column) row.cells.push('');
        row.cells[cell.column] = valueOf(cell, strings);
        cell = null;
      }
      if (local !== 'row' || row.cells.every((each) => each.trim() === '')) return;
      rows.push(row);
      if (rows.length > MOST_ROWS + 1) throw new RosterRefused(fileRefusals.tooManyRows());
    },
  });
  return rows;
}

/** From 0: `C7` is in column 2. Undefined where the cell does not say. */
function columnOf(reference: string): number | undefined {
  const letters = /^[A-Z]{1,3}/.exec(reference)?.[0];
  if (!letters) return undefined;
  return [...letters].reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
}

function valueOf({ type, text }: { type: string; text: string }, strings: readonly string[]): string {
  if (type === 's') return strings[Number(text)] ?? '';
  if (type === 'b') return text === '1' ? 'true' : 'false';
  if (type === 'e') return ''; // #N/A and the like
  // A number, such as of a register, may be written with an exponent.
  if ((type === '' || type === 'n') && /e/i.test(text) && Number.isSafeInteger(Number(text)))
    return String(Number(text));
  return text;
}
