import { randomBytes } from 'node:crypto';
import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { findBinaryPackage, prepareBinaries, type Binaries } from './binaries.js';
import { checkCluster, createCluster, hasCluster } from './cluster.js';
import { connectionUrl, ensureDatabase, type Access, type ServerSettings } from './connection.js';
import { openDataFolder, readDataFile, shownPath, writeDataFile, type DataFolder } from './data-folder.js';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres.error.js';
import { OwnershipLock, type OwnerRecord } from './ownership-lock.js';
import { placeCluster, type Placement } from './placement.js';
import { adoptServer, findServer, startServer, stopServer, type Server } from './server.js';

/** What to start. */
export interface EmbeddedPostgresOptions {
  /** The folder that holds the cluster, its password and its port. Made when missing. */
  dataDir: string;
  /** The database to connect to. Created when missing. */
  database: string;
  /** Default true. False gives up safety against a crash of the machine for speed, for tests. */
  durable?: boolean;
  /** Default 100, as PostgreSQL's own. */
  maxConnections?: number;
  /** Takes short plain lines that say what is being done. */
  log: (line: string) => void;
}

/** A PostgreSQL server that takes connections. */
export interface EmbeddedPostgres {
  /** postgres://user:password@127.0.0.1:port/database */
  url: string;
  port: number;
  /** Another live process owns the server, and will stop it. */
  reused: boolean;
  /** Stops the server if this process owns it, breaking off connections. Further calls do nothing. */
  stop(): Promise<void>;
}

const passwordFile = 'password';
const portFile = 'port';

/** PostgreSQL's error code, see its appendix A. */
const invalidPassword = '28P01';

/** How long (ms) to wait for another process that is starting or stopping the same server. */
const ownerPatience = 120_000;

/**
 * Starts the project's own PostgreSQL on 127.0.0.1, or connects to the one another process started from the same
 * folder. Who starts it owns it and must stop it; after a kill -9 the next start takes it over. The server lives
 * in a session of its own, so that Ctrl-C in a terminal reaches this process only.
 * @throws EmbeddedPostgresError which says what PostgreSQL printed, and what to do
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    const folder = await openDataFolder(options.dataDir);
    await refuseForeignCluster(folder);
    return await startOrReuse(folder, options);
  } catch (error) {
    if (error instanceof EmbeddedPostgresError) throw error;
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL in ${shownPath(options.dataDir)} could not be started: ${(error as Error).message}.`,
      `see that this user may read and write everything in that folder, start again, ${useAnotherServer}.`,
      '',
      { cause: error },
    );
  }
}

async function startOrReuse(folder: DataFolder, options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const deadline = Date.now() + ownerPatience;
  let waitsFor: OwnerRecord | undefined;
  for (;;) {
    const attempt = await OwnershipLock.attempt(folder);
    if ('lock' in attempt) return startAsOwner(folder, attempt.lock, options);
    const reused = attempt.holder && (await reuse(folder, attempt.holder, options));
    if (reused) return reused;
    if (attempt.holder && attempt.holder.pid !== waitsFor?.pid) {
      waitsFor = attempt.holder;
      options.log(
        `Waiting for process ${waitsFor.pid}, which is ${waitsFor.phase} PostgreSQL in the same folder`,
      );
    }
    if (Date.now() > deadline) {
      throw new EmbeddedPostgresError(
        `Process ${waitsFor?.pid ?? '(unknown)'} holds the PostgreSQL in ${shownPath(folder.path)}, but it does not answer.`,
        `end that process, then start again, ${useAnotherServer}.`,
      );
    }
    await delay(100);
  }
}

/** Uses the server of another live owner. Undefined when it does not run yet, or no longer. */
async function reuse(
  folder: DataFolder,
  holder: OwnerRecord,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres | undefined> {
  const password = await readPassword(folder);
  if (holder.phase !== 'running' || !holder.server || password === undefined) return undefined;
  const { port } = holder.server;
  try {
    await ensureDatabase({ port, password }, options.database);
  } catch (error) {
    // The server stopped just now. Any other refusal is not mended by waiting.
    if (['ECONNREFUSED', 'ECONNRESET', '57P01', '57P03'].includes((error as { code?: string }).code ?? '')) {
      return undefined;
    }
    throw error;
  }
  options.log(`Using the PostgreSQL that process ${holder.pid} started on port ${port}`);
  const url = connectionUrl({ port, password }, options.database);
  return { url, port, reused: true, stop: () => Promise.resolve() };
}

/** What the steps of a start and a stop share. */
interface Site {
  folder: DataFolder;
  placement: Placement;
  binaries: Binaries;
  settings: ServerSettings;
  log: (line: string) => void;
}

async function startAsOwner(
  folder: DataFolder,
  lock: OwnershipLock,
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { log } = options;
  const settings = { durable: options.durable ?? true, maxConnections: options.maxConnections ?? 100 };
  try {
    const source = await findBinaryPackage();
    const placement = await placeCluster(folder, log);
    const binaries = await prepareBinaries(source, placement.runAs, placement.binariesParent, log);
    const site: Site = { folder, placement, binaries, settings, log };
    const password = await ensureCluster(site);
    const server = await runServer(site, password);
    const access: Access = { port: server.port, password };
    try {
      await ensureDatabase(access, options.database);
    } catch (error) {
      await stopServer(placement, binaries);
      throw (error as { code?: string }).code === invalidPassword ? wrongPassword(folder) : error;
    }
    await lock.announce({ phase: 'running', server });
    log(
      `PostgreSQL ${binaries.major} is ready on 127.0.0.1:${server.port} (data in ${shownPath(placement.cluster)})`,
    );
    let stopped: Promise<void> | undefined;
    return {
      url: connectionUrl(access, options.database),
      port: server.port,
      reused: false,
      stop: () => (stopped ??= stopOwned(site, lock, server)),
    };
  } catch (error) {
    await lock.release();
    throw error;
  }
}

/** Makes the cluster when there is none, and returns its password. */
async function ensureCluster(site: Site): Promise<string> {
  const { folder, placement, binaries, settings, log } = site;
  const kept = await readPassword(folder);
  if (await hasCluster(placement)) {
    await checkCluster(placement, binaries);
    if (kept !== undefined) return kept;
    await setAside(site);
  }
  const password = kept ?? randomBytes(24).toString('base64url');
  await writeDataFile(folder, passwordFile, password);
  await createCluster(placement, binaries, { password, durable: settings.durable, log });
  return password;
}

async function readPassword(folder: DataFolder): Promise<string | undefined> {
  return (await readDataFile(folder, passwordFile))?.trim() || undefined;
}

/** A cluster outside the data folder whose password is gone: someone deleted the data folder to start afresh. */
async function setAside({ folder, placement, binaries, log }: Site): Promise<void> {
  if (placement.home === folder.path) {
    throw new EmbeddedPostgresError(
      `The password of the cluster in ${shownPath(placement.cluster)} is gone (file ${passwordFile} in ${shownPath(folder.path)}).`,
      `put that file back, or move the cluster away to start with an empty database, ${useAnotherServer}.`,
    );
  }
  await stopServer(placement, binaries);
  const aside = `${placement.cluster}-${new Date().toISOString().replaceAll(':', '-')}`;
  await rename(placement.cluster, aside);
  log(
    `${shownPath(folder.path)} was emptied; its earlier database is kept in ${aside}, delete it when not needed`,
  );
}

async function runServer(
  { folder, placement, binaries, settings, log }: Site,
  password: string,
): Promise<Server> {
  if (await findServer(placement)) {
    log('Taking over the PostgreSQL that a killed process left running');
    const adopted = await adoptServer(placement, binaries, settings, password);
    if (adopted) return adopted;
  }
  const preferred = Number(await readDataFile(folder, portFile)) || undefined;
  const server = await startServer(placement, binaries, settings, preferred);
  if (preferred !== undefined && preferred !== server.port)
    log(`Port ${preferred} is taken, using ${server.port}`);
  await writeDataFile(folder, portFile, String(server.port));
  return server;
}

async function stopOwned(
  { placement, binaries, log }: Site,
  lock: OwnershipLock,
  server: Server,
): Promise<void> {
  // Our server had died, and another process has taken over the folder with a server of its own.
  if (!(await lock.isHeld())) return;
  try {
    await lock.announce({ phase: 'stopping' });
    await stopServer(placement, binaries);
    log(`Stopped PostgreSQL (port ${server.port})`);
  } finally {
    await lock.release();
  }
}

function wrongPassword(folder: DataFolder): EmbeddedPostgresError {
  return new EmbeddedPostgresError(
    `The password in ${shownPath(join(folder.path, passwordFile))} is not the one the cluster was made with.`,
    `put the former password back, or move the cluster away to start with an empty database, ${useAnotherServer}.`,
  );
}

/** A cluster made by something else is not ours to start or to build beside. */
async function refuseForeignCluster(folder: DataFolder): Promise<void> {
  if ((await stat(join(folder.path, 'PG_VERSION')).catch(() => undefined)) === undefined) return;
  throw new EmbeddedPostgresError(
    `${shownPath(folder.path)} is itself a PostgreSQL cluster, not made by this program.`,
    `choose another folder for the embedded PostgreSQL, ${useAnotherServer}.`,
  );
}
