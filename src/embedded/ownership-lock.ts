import { chown, open, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { readDataFile, writeDataFile, type DataFolder } from './data-folder.js';
import { isSameProcess, processIdentity } from './process-identity.js';

/** Who starts, runs or stops the server of a data folder. */
export interface OwnerRecord {
  pid: number;
  /** See processIdentity. */
  identity: string;
  phase: 'starting' | 'running' | 'stopping' | 'released';
  /** Only while running. */
  server?: { pid: number; identity: string; port: number };
}

/** What came of asking for the lock: it is ours, or a live process has it (its record may not be written yet). */
export type LockAttempt = { lock: OwnershipLock } | { holder: OwnerRecord | undefined };

/** A record without content is being written; after this long (ms) its writer is taken for dead. */
const writingGrace = 5_000;

/**
 * The lock of a data folder: files `owner-<n>.json`, of which the highest number counts.
 *
 * A dead owner's file is not removed and made again, for then two processes that both saw it could each remove
 * the other's. A new owner creates the next number instead, which only one can (O_EXCL), and then removes lower
 * ones. Numbers never go down: to release the lock is to write so in the file. Who comes late and creates a
 * number already removed sees the higher one, and steps back.
 */
export class OwnershipLock {
  private constructor(
    private readonly folder: DataFolder,
    private readonly number: number,
    private record: OwnerRecord,
  ) {}

  /** Takes the lock unless a live process has it. Does not wait. */
  static async attempt(folder: DataFolder): Promise<LockAttempt> {
    const highest = Math.max(0, ...(await lockNumbers(folder)));
    if (highest > 0) {
      const { record, live } = await readRecord(folder, highest);
      if (live) return { holder: record };
    }
    const identity = (await processIdentity(process.pid)) ?? 'unknown';
    const record: OwnerRecord = { pid: process.pid, identity, phase: 'starting' };
    const lock = new OwnershipLock(folder, highest + 1, record);
    return (await lock.create()) ? { lock } : { holder: undefined };
  }

  /** False once another process took over, because our server had died. */
  async isHeld(): Promise<boolean> {
    const numbers = await lockNumbers(this.folder);
    return Math.max(0, ...numbers) === this.number && numbers.length > 0;
  }

  /** Tells other processes what the owner does. */
  async announce(change: Pick<OwnerRecord, 'phase' | 'server'>): Promise<void> {
    if (!(await this.isHeld())) return;
    this.record = { ...this.record, ...change };
    await writeDataFile(this.folder, lockName(this.number), JSON.stringify(this.record));
  }

  /** Lets another process take the lock. */
  async release(): Promise<void> {
    await this.announce({ phase: 'released' });
  }

  private async create(): Promise<boolean> {
    const file = join(this.folder.path, lockName(this.number));
    try {
      const handle = await open(file, 'wx', 0o600);
      await handle.writeFile(JSON.stringify(this.record));
      await handle.close();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
      throw error;
    }
    if (this.folder.owner) await chown(file, this.folder.owner.uid, this.folder.owner.gid);
    const others = (await lockNumbers(this.folder)).filter((number) => number !== this.number);
    if (others.some((number) => number > this.number)) {
      await rm(file, { force: true });
      return false;
    }
    for (const number of others) await rm(join(this.folder.path, lockName(number)), { force: true });
    return true;
  }
}

function lockName(number: number): string {
  return `owner-${number}.json`;
}

async function lockNumbers(folder: DataFolder): Promise<number[]> {
  const names = await readdir(folder.path);
  return names.flatMap((name) => {
    const number = /^owner-(\d+)\.json$/.exec(name)?.[1];
    return number === undefined ? [] : [Number(number)];
  });
}

async function readRecord(
  folder: DataFolder,
  number: number,
): Promise<{ record: OwnerRecord | undefined; live: boolean }> {
  const text = await readDataFile(folder, lockName(number));
  // Removed in between by a newer owner: look again.
  if (text === undefined) return { record: undefined, live: true };
  const record = parseRecord(text);
  if (record) return { record, live: await isLive(record) };
  const written = await stat(join(folder.path, lockName(number))).catch(() => undefined);
  return { record, live: written === undefined || Date.now() - written.mtimeMs < writingGrace };
}

function parseRecord(text: string): OwnerRecord | undefined {
  try {
    return JSON.parse(text) as OwnerRecord;
  } catch {
    return undefined;
  }
}

/** An owner whose server was killed owns nothing any more, though it may run on. */
async function isLive(record: OwnerRecord): Promise<boolean> {
  if (record.phase === 'released') return false;
  if (!(await isSameProcess(record.pid, record.identity))) return false;
  if (record.phase !== 'running' || !record.server) return true;
  return isSameProcess(record.server.pid, record.server.identity);
}
