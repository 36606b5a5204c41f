import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, realpath, rename, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres.error.js';
import type { RunAs } from './run-program.js';

/** The folder given by the caller: it holds the password, the port and the record of who owns the server. */
export interface DataFolder {
  /** Absolute, without symbolic links. */
  path: string;
  /** As root, the ordinary user who owns the folder, and so what is written there. */
  owner: RunAs | undefined;
}

/** Whether this process is root, for whom PostgreSQL refuses to run. */
export function isRoot(): boolean {
  return process.getuid?.() === 0;
}

/** Makes the folder when missing. What root makes there belongs to the owner of the folder around it. */
export async function openDataFolder(dataDir: string): Promise<DataFolder> {
  const wanted = resolve(dataDir);
  try {
    const firstMade = await mkdir(wanted, { recursive: true });
    if (isRoot() && firstMade !== undefined) {
      const around = await stat(dirname(firstMade));
      for (let made = wanted; made.length >= firstMade.length; made = dirname(made)) {
        await chown(made, around.uid, around.gid);
      }
    }
    const path = await realpath(wanted);
    return { path, owner: await ordinaryOwner(path) };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `The database folder ${shownPath(wanted)} cannot be used: ${(error as Error).message}.`,
      `make it a folder this user can write to, ${useAnotherServer}.`,
      '',
      { cause: error },
    );
  }
}

/** As root, the user who owns a path, unless that is root too. Undefined for an ordinary user. */
export async function ordinaryOwner(path: string): Promise<RunAs | undefined> {
  if (!isRoot()) return undefined;
  const { uid, gid } = await stat(path);
  return uid === 0 ? undefined : { uid, gid };
}

/** Reads a file of the folder, undefined when it is not there. */
export async function readDataFile(folder: DataFolder, name: string): Promise<string | undefined> {
  return readFile(join(folder.path, name), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

/** Replaces a file of the folder at once (readers see the old or the new text), readable by its owner only. */
export async function writeDataFile(folder: DataFolder, name: string, text: string): Promise<void> {
  const file = join(folder.path, name);
  const draft = `${file}.${randomBytes(4).toString('hex')}.tmp`;
  await writeFile(draft, text, { mode: 0o600, flush: true });
  if (folder.owner) await chown(draft, folder.owner.uid, folder.owner.gid);
  await rename(draft, file);
}

/** A path as people read it: relative when it lies below the working directory. */
export function shownPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}
