import { chown, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Binaries } from './binaries.js';
import { comparablePath, hasSettings, type Access, type ServerSettings } from './connection.js';
import { shownPath } from './data-folder.js';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres.error.js';
import { choosePort, loopback } from './free-port.js';
import type { Placement } from './placement.js';
import { parsePostmasterPid } from './postmaster-pid.js';
import { commandLine, isSameProcess, processIdentity } from './process-identity.js';
import { describeResult, runProgram } from './run-program.js';

/** A PostgreSQL server (its postmaster) that runs. */
export interface Server {
  pid: number;
  /** See processIdentity. */
  identity: string;
  /** 0 while it has not opened one. */
  port: number;
}

/** How often a start is tried: the port may be taken in between, or a killed server's last process still end. */
const startAttempts = 5;

/** How often a start is tried that failed for a reason not known to pass by itself. */
const unexplainedAttempts = 2;

/** How long (s) a start may take, which after a crash includes recovery, and a stop. */
const startSeconds = 100;
const stopSeconds = 30;

/** The server that `postmaster.pid` of the cluster tells of, if it runs. A stale file is removed. */
export async function findServer(placement: Placement): Promise<Server | undefined> {
  const file = join(placement.cluster, 'postmaster.pid');
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const found = parsePostmasterPid(text);
  const identity = found && (await processIdentity(found.pid));
  if (found && identity !== undefined && (await isServerOf(placement.cluster, found.pid))) {
    return { pid: found.pid, identity, port: found.port };
  }
  // PostgreSQL itself would refuse to start if another process has this number by now.
  await rm(file, { force: true });
  return undefined;
}

/** Starts the server on the preferred port, or another if that is taken, and waits until it takes connections. */
export async function startServer(
  placement: Placement,
  binaries: Binaries,
  settings: ServerSettings,
  preferredPort: number | undefined,
): Promise<Server> {
  await rename(placement.logFile, `${placement.logFile}.1`).catch(() => undefined);
  let preferred = preferredPort;
  for (let attempt = 1; ; attempt++) {
    const port = await choosePort(preferred);
    await emptyLog(placement);
    const result = await runProgram(
      binaries.pgCtl,
      [
        ...['start', '--silent', '--wait', '--timeout', String(startSeconds)],
        ...['--pgdata', placement.cluster, '--log', placement.logFile],
        ...['--options', serverOptions(port, settings)],
      ],
      { runAs: placement.runAs, detached: true },
    );
    if (result.code === 0) {
      const server = await findServer(placement);
      if (server) return { ...server, port };
    }
    const printed = await readFile(placement.logFile, 'utf8').catch(() => '');
    // A start that a killed process had begun may have come first: it is ours to stop, for we hold the lock.
    await stopServer(placement, binaries);
    const portTaken = /could not (bind|create any TCP)/.test(printed);
    const passing = portTaken || /shared memory block|lock file .* already exists/.test(printed);
    if (attempt >= (passing ? startAttempts : unexplainedAttempts)) {
      throw new EmbeddedPostgresError(
        `PostgreSQL ${binaries.major} did not start with the cluster in ${shownPath(placement.cluster)}.`,
        `mend what it says there (its log is ${shownPath(placement.logFile)}) and start again, ${useAnotherServer}.`,
        `${describeResult(result)}\n${lastLines(printed, 30)}`,
      );
    }
    if (portTaken) preferred = undefined;
    else await delay(200 * attempt);
  }
}

/**
 * Takes over a server left running by a killed process: as it is when it takes connections with the settings
 * wanted (others may be using it), else by stopping it.
 * @returns the server, or undefined when it was stopped
 */
export async function adoptServer(
  placement: Placement,
  binaries: Binaries,
  settings: ServerSettings,
  password: string | undefined,
): Promise<Server | undefined> {
  const deadline = Date.now() + startSeconds * 1_000;
  for (;;) {
    const server = await findServer(placement);
    if (!server) return undefined;
    try {
      if (password === undefined) throw new Error('no password');
      const access: Access = { port: server.port, password };
      if (server.port !== 0 && (await hasSettings(access, placement.cluster, settings))) return server;
      if (server.port !== 0) break;
    } catch (error) {
      // cannot_connect_now: it is starting, recovering or stopping.
      const { code } = error as { code?: string };
      if (code !== '57P03' && code !== 'ECONNREFUSED') break;
    }
    if (Date.now() > deadline) break;
    await delay(100);
  }
  await stopServer(placement, binaries);
  return undefined;
}

/**
 * Stops the server of the cluster, if one runs, breaking off its connections. What was committed is kept.
 * @throws EmbeddedPostgresError when it does not stop
 */
export async function stopServer(placement: Placement, binaries: Binaries): Promise<void> {
  const server = await findServer(placement);
  if (!server) return;
  let printed = '';
  for (const mode of ['fast', 'immediate']) {
    const result = await runProgram(
      binaries.pgCtl,
      [
        'stop',
        '--silent',
        '--wait',
        '--timeout',
        String(stopSeconds),
        '--mode',
        mode,
        '--pgdata',
        placement.cluster,
      ],
      { runAs: placement.runAs, detached: true },
    );
    if (result.code === 0 || !(await isSameProcess(server.pid, server.identity))) return;
    printed = describeResult(result);
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL (process ${server.pid}) did not stop.`,
    `see what it does in ${shownPath(placement.logFile)}, and end process ${server.pid} by hand.`,
    printed,
  );
}

/** Free of characters that a shell would read: pg_ctl hands them to one. */
function serverOptions(port: number, settings: ServerSettings): string {
  const parameters = [
    `listen_addresses=${loopback}`,
    // The path of a socket in the data folder could be longer than the system allows.
    'unix_socket_directories=',
    `max_connections=${settings.maxConnections}`,
    ...(settings.durable ? [] : ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off']),
  ];
  return [`-p ${port}`, ...parameters.map((parameter) => `-c ${parameter}`)].join(' ');
}

/** The number in a stale file may by now belong to another program. In doubt it is the server. */
async function isServerOf(cluster: string, pid: number): Promise<boolean> {
  const command = await commandLine(pid);
  if (command === undefined) return true;
  return command.includes('postgres') && comparablePath(command).includes(comparablePath(cluster));
}

async function emptyLog(placement: Placement): Promise<void> {
  await writeFile(placement.logFile, '', { mode: 0o600 });
  if (placement.runAs) await chown(placement.logFile, placement.runAs.uid, placement.runAs.gid);
}

function lastLines(text: string, count: number): string {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
