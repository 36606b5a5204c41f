import { createHash } from 'node:crypto';
import { chmod, mkdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import {
  isRoot,
  ordinaryOwner,
  readDataFile,
  shownPath,
  writeDataFile,
  type DataFolder,
} from './data-folder.js';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres.error.js';
import { runProgram, type RunAs } from './run-program.js';

/** Where the server's files lie, and as whom it runs. */
export interface Placement {
  /** Holds the cluster and its log: the data folder itself, or, for root, a folder others can reach. */
  home: string;
  /** PostgreSQL's PGDATA. It comes into being whole: what has this name is a finished cluster. */
  cluster: string;
  /** PostgreSQL's own log since its last start. */
  logFile: string;
  /** A place for a copy of the binaries. */
  binariesParent: string;
  /** Undefined: the user of this process. */
  runAs: RunAs | undefined;
}

/** Where root keeps what the server's user cannot reach elsewhere. It survives a restart of the machine. */
const sharedPlace = '/var/lib/tremplin-postgres';

/** Says, in the data folder, where its cluster lies when it lies elsewhere. */
const locationFile = 'location.txt';

/** The place outside the data folder that stands for it: the same at every start. */
export function outsideHome(dataFolderPath: string): string {
  const hash = createHash('sha256').update(dataFolderPath).digest('hex').slice(0, 12);
  return join(sharedPlace, `${basename(dataFolderPath)}-${hash}`);
}

/**
 * Decides where the cluster lies and as whom it runs: where it already lies, else in the data folder if the
 * server's user can reach it, else outside. PostgreSQL refuses to run as root, so root runs it as the owner of
 * what is there, else as `postgres`, else as `nobody`.
 * @throws EmbeddedPostgresError when there is no such user, or the cluster lies where the user cannot reach it
 */
export async function placeCluster(folder: DataFolder, log: (line: string) => void): Promise<Placement> {
  const inside = folder.path;
  if (!isRoot()) return placement(inside, inside, undefined);

  const outside = outsideHome(folder.path);
  const home = (await exists(join(inside, 'cluster')))
    ? inside
    : (await exists(join(outside, 'cluster')))
      ? outside
      : undefined;
  const owner = home === undefined ? undefined : await ordinaryOwner(join(home, 'cluster'));
  const { runAs, name } = await unprivilegedUser(owner ?? folder.owner);
  log(`Running PostgreSQL as user ${name}, because it refuses to run as root`);

  const reachable = (await runProgram('/bin/sh', ['-c', 'cd "$1"', 'sh', inside], { runAs })).code === 0;
  if (home === inside && !reachable) {
    throw new EmbeddedPostgresError(
      `User ${name}, who owns the cluster in ${shownPath(inside)}, can no longer enter that folder.`,
      `give the folders above it the permission to pass through (chmod o+x), ${useAnotherServer}.`,
    );
  }
  if (home === inside || (home === undefined && reachable)) return placement(inside, sharedPlace, runAs);

  await refuseMovedFolder(folder, outside);
  for (const place of [sharedPlace, outside]) {
    await mkdir(place, { recursive: true });
    await chmod(place, 0o755);
  }
  log(`User ${name} cannot enter ${shownPath(inside)}, so the data is kept in ${outside}`);
  await writeDataFile(folder, locationFile, `${outside}\n`);
  return placement(outside, sharedPlace, runAs);
}

function placement(home: string, binariesParent: string, runAs: RunAs | undefined): Placement {
  return { home, cluster: join(home, 'cluster'), logFile: join(home, 'postgres.log'), binariesParent, runAs };
}

/** A project that was moved must not seem to have lost its data. */
async function refuseMovedFolder(folder: DataFolder, outside: string): Promise<void> {
  const earlier = (await readDataFile(folder, locationFile))?.trim();
  if (earlier === undefined || earlier === outside || (await exists(outside))) return;
  if (!(await exists(join(earlier, 'cluster')))) return;
  throw new EmbeddedPostgresError(
    `The folder ${shownPath(folder.path)} was moved or copied; its data is in ${earlier}.`,
    `stop whatever uses it and run "mv ${earlier} ${outside}" to keep the data, or delete ` +
      `${shownPath(folder.path)} to start with an empty database.`,
  );
}

async function unprivilegedUser(owner: RunAs | undefined): Promise<{ runAs: RunAs; name: string }> {
  if (owner) {
    const found = await runProgram('id', ['-nu', String(owner.uid)]);
    return { runAs: owner, name: found.stdout.trim() || `number ${owner.uid}` };
  }
  for (const name of ['postgres', 'nobody']) {
    const [uid, gid] = await Promise.all([idOf('-u', name), idOf('-g', name)]);
    if (uid !== undefined && gid !== undefined && uid !== 0) return { runAs: { uid, gid }, name };
  }
  throw new EmbeddedPostgresError(
    'PostgreSQL refuses to run as root, and there is neither a user "postgres" nor "nobody" to run it as.',
    `start as an ordinary user, add one ("useradd --system postgres"), ${useAnotherServer}.`,
  );
}

/** Numbers below zero (nobody on macOS) become the unsigned ones that chown takes. */
async function idOf(flag: '-u' | '-g', name: string): Promise<number | undefined> {
  const result = await runProgram('id', [flag, name]);
  return result.code === 0 ? Number(result.stdout.trim()) >>> 0 : undefined;
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
