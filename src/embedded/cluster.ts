import { randomBytes } from 'node:crypto';
import { chown, mkdir, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Binaries } from './binaries.js';
import { isRoot, ordinaryOwner, shownPath } from './data-folder.js';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres.error.js';
import type { Placement } from './placement.js';
import { describeResult, runProgram, type ProgramResult, type RunAs } from './run-program.js';

/** The superuser of the cluster, as whom the application connects. */
export const superuser = 'postgres';

/** The name of what initdb has not finished. */
const draftPrefix = 'cluster.partial-';

/** Whether the data folder already has a cluster. */
export async function hasCluster(placement: Placement): Promise<boolean> {
  return (await stat(placement.cluster).catch(() => undefined)) !== undefined;
}

/**
 * Checks that this PostgreSQL can serve the cluster.
 * @throws EmbeddedPostgresError when it is of another major version or belongs to another user
 */
export async function checkCluster(placement: Placement, binaries: Binaries): Promise<void> {
  const { cluster, runAs } = placement;
  const found = (await readFile(join(cluster, 'PG_VERSION'), 'utf8').catch(ownershipError(cluster))).trim();
  if (found !== binaries.major) {
    throw new EmbeddedPostgresError(
      `The cluster in ${shownPath(cluster)} is of PostgreSQL ${found} (its PG_VERSION), and this is PostgreSQL ${binaries.major}.`,
      `move the cluster away to start with an empty database (dump it with pg_dump of PostgreSQL ${found} first ` +
        `if its data matters), install the embedded PostgreSQL ${found} again, ${useAnotherServer}.`,
    );
  }
  if (runAs && !(await ordinaryOwner(cluster))) await giveTo(cluster, runAs);
}

/**
 * Makes the cluster with initdb. It is made under another name and renamed when finished, so that an initdb
 * killed midway never leaves something that looks like a cluster; what such ones left is removed.
 */
export async function createCluster(
  placement: Placement,
  binaries: Binaries,
  options: { password: string; durable: boolean; log: (line: string) => void },
): Promise<void> {
  const { password, durable, log } = options;
  const shown = shownPath(placement.cluster);
  if (await removeDrafts(placement))
    log(`Removed a half-made database cluster (its creation was interrupted)`);
  log(`Creating a PostgreSQL ${binaries.major} database cluster in ${shown} (once, a few seconds)`);
  let result = await runInitdb(placement, binaries, password, durable);
  if (result.code !== 0 && result.signal === null && !result.failure) {
    log('Creating the database cluster failed, trying once more');
    result = await runInitdb(placement, binaries, password, durable);
  }
  if (result.code === 0) return;
  throw new EmbeddedPostgresError(
    `The database cluster in ${shown} could not be created.`,
    `see that the disk has 100 MB free and that the folder can be written to, start again, ${useAnotherServer}.`,
    describeResult(result),
  );
}

async function runInitdb(
  placement: Placement,
  binaries: Binaries,
  password: string,
  durable: boolean,
): Promise<ProgramResult> {
  const { home, cluster, runAs } = placement;
  const draft = join(home, draftPrefix + randomBytes(4).toString('hex'));
  const passwordFile = `${draft}.password`;
  try {
    await mkdir(draft, { mode: 0o700 });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
    if (runAs) for (const path of [draft, passwordFile]) await chown(path, runAs.uid, runAs.gid);
    const settings = ['timezone=UTC', 'log_timezone=UTC'].flatMap((setting) => ['-c', setting]);
    const result = await runProgram(
      binaries.initdb,
      [
        `--pgdata=${draft}`,
        `--username=${superuser}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--no-instructions',
        ...settings,
        ...(durable ? [] : ['--no-sync']),
      ],
      { runAs },
    );
    if (result.code === 0) await rename(draft, cluster);
    return result;
  } finally {
    await removeFolder(draft);
    await rm(passwordFile, { force: true });
  }
}

async function removeDrafts(placement: Placement): Promise<boolean> {
  const drafts = (await readdir(placement.home)).filter((name) => name.startsWith(draftPrefix));
  for (const draft of drafts) await removeFolder(join(placement.home, draft));
  return drafts.length > 0;
}

/** An initdb that outlived its parent may still write there; then the next start removes the rest. */
async function removeFolder(path: string): Promise<void> {
  await rm(path, { recursive: true, force: true, maxRetries: 3, retryDelay: 100 }).catch(() => undefined);
}

/** Someone gave the cluster to root, as a copy made by root or a container's volume: PostgreSQL wants its own. */
async function giveTo(path: string, runAs: RunAs): Promise<void> {
  await chown(path, runAs.uid, runAs.gid);
  for (const entry of await readdir(path, { withFileTypes: true })) {
    const below = join(path, entry.name);
    if (entry.isDirectory()) await giveTo(below, runAs);
    else if (entry.isFile()) await chown(below, runAs.uid, runAs.gid);
  }
}

function ownershipError(cluster: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    const owner = isRoot()
      ? 'the user who runs PostgreSQL'
      : `the user who starts it (number ${process.getuid?.()})`;
    throw new EmbeddedPostgresError(
      `The cluster in ${shownPath(cluster)} cannot be read: ${error.message}.`,
      `give it to ${owner} with chown -R if it belongs to another, or move it away if it is broken, ${useAnotherServer}.`,
      '',
      { cause: error },
    );
  };
}
