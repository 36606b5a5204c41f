import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, readdir, rm, rmdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { outsideHome } from '../../src/embedded/placement.js';
import { commandLine, processIdentity } from '../../src/embedded/process-identity.js';

const ownerProgram = fileURLToPath(new URL('./owner.process.js', import.meta.url));

/** The compiled launcher, as the owner program loads it. */
export const launcher = fileURLToPath(new URL('../../src/embedded/embedded-postgres.js', import.meta.url));

interface OwnerEvent {
  log?: string;
  url?: string;
  reused?: boolean;
  closed?: number;
  error?: string;
}

/** A process of its own that starts an embedded PostgreSQL. */
export class Owner {
  readonly logs: string[] = [];
  private readonly events: OwnerEvent[] = [];

  constructor(readonly process: ChildProcess) {
    createInterface({ input: process.stdout! }).on('line', (line) => {
      const event = JSON.parse(line) as OwnerEvent;
      if (event.log === undefined) this.events.push(event);
      else this.logs.push(event.log);
    });
  }

  /** Resolves once the server takes connections. */
  async ready(): Promise<Required<Pick<OwnerEvent, 'url' | 'reused'>>> {
    const event = await this.event((event) => event.url !== undefined);
    return { url: event.url!, reused: event.reused! };
  }

  /** Asks for an orderly end, and gives what the last query answered. */
  async close(ask: () => void = () => this.process.stdin!.write('stop\n')): Promise<number | undefined> {
    ask();
    return (await this.event((event) => event.closed !== undefined)).closed;
  }

  async kill(): Promise<void> {
    const ended = once(this.process, 'exit');
    this.process.kill('SIGKILL');
    await ended;
  }

  private async event(wanted: (event: OwnerEvent) => boolean): Promise<OwnerEvent> {
    await until('the owner to say so', () => {
      const failed = this.events.find((event) => event.error !== undefined);
      if (failed) throw new Error(failed.error);
      return this.events.some(wanted);
    });
    return this.events.find(wanted)!;
  }
}

/** The folders and processes of one spec, all gone after `clean`. */
export class Workplace {
  private readonly folders: string[] = [];
  private readonly owners: Owner[] = [];
  private used: Promise<string> | undefined;

  /** A folder other users may enter, unless told otherwise. */
  async folder(mode = 0o755): Promise<string> {
    const path = await mkdtemp(join(tmpdir(), 'embedded-'));
    await chmod(path, mode);
    this.folders.push(path);
    return path;
  }

  /** A data folder whose server was started before: the same each time, for initdb takes long. */
  usedFolder(): Promise<string> {
    this.used ??= this.makeUsedFolder();
    return this.used;
  }

  /** Starts a process that owns a server, as another user if asked. */
  owner(dataDir: string, from = { launcher, program: ownerProgram }, user: number[] = []): Owner {
    const child = spawn(process.execPath, [from.program, from.launcher, dataDir, ...user.map(String)], {
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
    });
    const owner = new Owner(child);
    this.owners.push(owner);
    return owner;
  }

  /** Ends the processes a test has left, but not their servers: the next start takes those over. */
  killOwners(): void {
    for (const { process: child } of this.owners.splice(0)) child.kill('SIGKILL');
  }

  private async makeUsedFolder(): Promise<string> {
    const dataDir = join(await this.folder(), 'data');
    const log = (): void => undefined;
    await (await startEmbeddedPostgres({ dataDir, database: 'tremplin', durable: false, log })).stop();
    return dataDir;
  }

  /** Ends every process and removes every folder, whatever a test that failed has left. */
  async clean(): Promise<void> {
    this.killOwners();
    for (const folder of this.folders) {
      for (const home of [folder, outsideHome(join(folder, 'data'))]) {
        const files = await readdir(home, { recursive: true }).catch(() => []);
        for (const file of files.filter((name) => name.endsWith('postmaster.pid'))) {
          await end(Number((await readFile(join(home, file), 'utf8')).split('\n')[0]));
        }
        await rm(home, { recursive: true, force: true, maxRetries: 5 });
        if (home !== folder) await rmdir(dirname(home)).catch(() => undefined);
      }
    }
  }
}

/** The process number of the server of a cluster. */
export async function serverPid(cluster: string): Promise<number> {
  return Number((await readFile(join(cluster, 'postmaster.pid'), 'utf8')).split('\n')[0]);
}

/** Waits for a condition, at most 30 s. */
export async function until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!(await condition())) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await delay(10);
  }
}

/** Waits until a process is gone. */
export async function gone(pid: number): Promise<void> {
  await until(`process ${pid} to end`, async () => (await processIdentity(pid)) === undefined);
}

/** Runs one statement over a connection of its own. */
export async function query<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

async function end(pid: number): Promise<void> {
  // Only what is still the server of a test: the file may be stale.
  if ((await commandLine(pid))?.includes('embedded-') !== true) return;
  process.kill(pid, 'SIGQUIT');
  await gone(pid);
}
