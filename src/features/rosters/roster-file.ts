import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plainRegistrationNumber } from '../businesses/business.rules.js';
import { ARCHIVE_LIMITS, ArchiveRefused, type ArchiveLimits } from '../formats/import/archive-limits.js';
import { unpack } from '../formats/import/archive.js';
import { emailIn } from '../identity/email.js';
import { readCsv } from './roster-csv.js';
import { readRows, type ReadRoster, type TableRow } from './roster-rows.rules.js';
import { readXlsx } from './roster-xlsx.js';
import { fileRefusals, MOST_BYTES, MOST_ROWS, RosterRefused } from './roster.rules.js';

const MB = 1_000_000;
/** A workbook of ten thousand people unpacks to about five megabytes. */
const WORKBOOK_LIMITS: ArchiveLimits = {
  ...ARCHIVE_LIMITS,
  uploadBytes: MOST_BYTES,
  unpackedBytes: 60 * MB,
  entryBytes: 40 * MB,
  entries: 1_000,
};

/** Whether a name ends as a roster's may. */
export const isRosterName = (name: string): boolean => /\.(csv|tsv|txt|xlsx)$/i.test(name);

/**
 * Reads a roster. Whether it is a workbook or a text its content says, whatever its name.
 * @throws RosterRefused saying what is wrong with the file as a whole, and how to mend it.
 */
export async function readRosterFile(name: string, content: Buffer): Promise<ReadRoster> {
  if (content.length === 0) throw new RosterRefused(fileRefusals.empty());
  const table = await tableIn(name, content);
  if (table.length > MOST_ROWS + 1) throw new RosterRefused(fileRefusals.tooManyRows());
  return readRows(table, { emailIn, plainRegistrationNumber });
}

async function tableIn(name: string, content: Buffer): Promise<TableRow[]> {
  const magic = content.subarray(0, 4).toString('hex');
  if (magic === 'd0cf11e0') throw new RosterRefused(fileRefusals.oldExcel());
  if (!magic.startsWith('504b')) return readCsv(content);
  // Unpacked as every archive is, within limits that an archive made to do harm runs into.
  const folder = await mkdtemp(join(tmpdir(), 'tremplin-roster-'));
  try {
    const path = join(folder, 'upload');
    await writeFile(path, content, { mode: 0o600 });
    const unpacked = await unpack(path, { name, folder: join(folder, 'work'), limits: WORKBOOK_LIMITS });
    try {
      return await readXlsx(unpacked.source);
    } finally {
      await unpacked.close();
    }
  } catch (error) {
    throw error instanceof ArchiveRefused ? new RosterRefused(error.sentence) : error;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
