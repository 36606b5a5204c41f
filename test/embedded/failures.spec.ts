import { chmod, cp, readFile, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { findBinaryPackage, prepareBinaries } from '../../src/embedded/binaries.js';
import { createCluster } from '../../src/embedded/cluster.js';
import { openDataFolder } from '../../src/embedded/data-folder.js';
import { startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { OwnershipLock, type LockAttempt } from '../../src/embedded/ownership-lock.js';
import { runProgram } from '../../src/embedded/run-program.js';
import { Workplace } from './server-processes.js';

const asRoot = process.getuid?.() === 0;
const workplace = new Workplace();
/** A folder that has served before. */
let usedFolder = '';

const start = (dataDir: string) =>
  startEmbeddedPostgres({ dataDir, database: 'tremplin', durable: false, log: () => undefined });

beforeAll(async () => {
  usedFolder = await workplace.usedFolder();
});

afterAll(() => workplace.clean());

describe('what cannot start says why, and what to do', () => {
  it('when the cluster is of another major version', async () => {
    const file = join(usedFolder, 'cluster', 'PG_VERSION');
    await writeFile(file, '17\n');
    await expect(start(usedFolder)).rejects.toThrow(
      /PostgreSQL 17 .* this is PostgreSQL 18\.[^]*pg_dump[^]*DATABASE_URL/,
    );
    await writeFile(file, '18\n');
    await (await start(usedFolder)).stop();
  });

  it('with what PostgreSQL printed', async () => {
    const file = join(usedFolder, 'cluster', 'postgresql.auto.conf');
    await writeFile(file, "no_such_setting = 'x'\n");
    await expect(start(usedFolder)).rejects.toThrow(
      /unrecognized configuration parameter "no_such_setting"[^]*To mend it/,
    );
    await writeFile(file, '');
    await (await start(usedFolder)).stop();
  });

  it('when initdb cannot make the cluster', async () => {
    const home = await workplace.folder();
    const initdb = join(home, 'initdb');
    await writeFile(initdb, '#!/bin/sh\necho "initdb: error: no space left on device" >&2\nexit 1\n', {
      mode: 0o755,
    });
    const cluster = join(home, 'cluster');
    const placement = { home, cluster, logFile: '', binariesParent: home, runAs: undefined };
    const options = { password: 'secret', durable: false, log: () => undefined };
    const creation = createCluster(placement, { initdb, pgCtl: '', major: '18' }, options);
    await expect(creation).rejects.toThrow(/could not be created[^]*no space left on device[^]*To mend it/);
    expect(await readdir(home)).toEqual(['initdb']);
  });

  it('when the password is not that of the cluster', async () => {
    const file = join(usedFolder, 'password');
    const password = await readFile(file, 'utf8');
    await writeFile(file, 'another');
    await expect(start(usedFolder)).rejects.toThrow(
      /not the one the cluster was made with[^]*put the former/,
    );
    await expect(readFile(join(usedFolder, 'cluster', 'postmaster.pid'))).rejects.toMatchObject({
      code: 'ENOENT',
    });
    await writeFile(file, password);
    await (await start(usedFolder)).stop();
  });

  it('when the password of the cluster is gone', async () => {
    const file = join(usedFolder, 'password');
    await rename(file, `${file}.away`);
    await expect(start(usedFolder)).rejects.toThrow(
      /password of the cluster .* is gone[^]*put that file back/,
    );
    await rename(`${file}.away`, file);
    await (await start(usedFolder)).stop();
  });

  it('when the folder is a cluster made by something else', async () => {
    const dataDir = await workplace.folder();
    await writeFile(join(dataDir, 'PG_VERSION'), '18\n');
    await expect(start(dataDir)).rejects.toThrow(/is itself a PostgreSQL cluster/);
  });

  it('when the folder is a file', async () => {
    const dataDir = join(await workplace.folder(), 'data');
    await writeFile(dataDir, '');
    await expect(start(dataDir)).rejects.toThrow(/cannot be used[^]*DATABASE_URL/);
  });

  it('when there are no binaries for the platform', async () => {
    await expect(findBinaryPackage('sunos', 'sparc')).rejects.toThrow(
      /sunos\/sparc[^]*@embedded-postgres\/sunos-sparc[^]*DATABASE_URL/,
    );
  });
});

describe('binaries that cannot run where they are', () => {
  it('are copied to where they can', async () => {
    const installed = await findBinaryPackage();
    const path = join(await workplace.folder(0o700), 'package');
    await cp(installed.path, path, { recursive: true, verbatimSymlinks: true });
    // Root's packages are out of reach of nobody; an ordinary user's lack links and take no new ones.
    const library = join(path, 'native', 'lib');
    if (!asRoot) {
      for (const name of await readdir(library))
        if (/\.so(\.\d+)?$/.test(name)) await rm(join(library, name));
      await chmod(library, 0o555);
    }
    const runAs = asRoot ? { uid: 65_534, gid: 65_534 } : undefined;
    const copies = await workplace.folder();

    const { initdb } = await prepareBinaries(
      { path, version: installed.version },
      runAs,
      copies,
      () => undefined,
    );
    await chmod(library, 0o755);
    expect(initdb.startsWith(copies)).toBe(true);
    expect((await runProgram(initdb, ['--version'], { runAs })).stdout).toContain('PostgreSQL) 18');
    expect(await readdir(copies)).toHaveLength(1);
  });
});

describe('the lock of a folder whose owner died', () => {
  it('is taken over by one of many who see that', async () => {
    const folder = await openDataFolder(await workplace.folder());
    const dead = { pid: process.pid, identity: 'of an earlier process', phase: 'running' };
    await writeFile(join(folder.path, 'owner-7.json'), JSON.stringify(dead));
    const attempts = await Promise.all(Array.from({ length: 20 }, () => OwnershipLock.attempt(folder)));
    const taken = attempts.flatMap((attempt: LockAttempt) => ('lock' in attempt ? [attempt.lock] : []));
    expect(taken).toHaveLength(1);
    expect(await readdir(folder.path)).toEqual(['owner-8.json']);
    expect(JSON.parse(await readFile(join(folder.path, 'owner-8.json'), 'utf8'))).toMatchObject({
      phase: 'starting',
    });

    await taken[0]!.release();
    expect(await OwnershipLock.attempt(folder)).toHaveProperty('lock');
  });
});
