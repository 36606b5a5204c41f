/**
 * Brings a fresh clone to where it can run: dependencies installed, sources compiled. Plain Node without any dependency,
 * because it runs before there are any. Does nothing when nothing changed.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const OLDEST_NODE = [20, 19];
const SOURCES = ['src', 'migrations', 'test'];

/** @param {string} line */
export const say = (line) => console.log(`  ${line}`);

/** Stops with a sentence that says what to do. @param {string} sentence @returns {never} */
function fail(sentence) {
  console.error(`\n  ${sentence}\n`);
  process.exit(1);
}

/** @param {string} text */
const digest = (text) => createHash('sha256').update(text).digest('hex');

/** @param {string} file */
const readOrEmpty = (file) => (existsSync(file) ? readFileSync(file, 'utf8') : '');

/** @param {string} command @param {string[]} parameters */
function run(command, parameters) {
  const { status, error } = spawnSync(command, parameters, { cwd: root, stdio: 'inherit' });
  if (error) fail(`${command} could not be started: ${error.message}`);
  return status === 0;
}

function checkNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const [oldestMajor = 0, oldestMinor = 0] = OLDEST_NODE;
  if (major < oldestMajor || (major === oldestMajor && minor < oldestMinor)) {
    fail(
      `Tremplin needs Node ${OLDEST_NODE.join('.')} or newer; this is ${process.versions.node}. Node 24 is recommended.`,
    );
  }
}

/** npm itself, run by this very Node: `npm` may not be on the PATH under that name. */
function npm(parameters) {
  const npmCli = process.env.npm_execpath;
  return npmCli
    ? run(process.execPath, [npmCli, ...parameters])
    : run(process.platform === 'win32' ? 'npm.cmd' : 'npm', parameters);
}

/**
 * Installs the packages that a folder's lock names, unless they are there.
 * @param {string} folder of the clone; '' for the product itself.
 * @param {string} sentence what is said before.
 */
export function installIn(folder, sentence) {
  const stamp = join(root, folder, 'node_modules', '.tremplin-lock');
  const lock = readFileSync(join(root, folder, 'package-lock.json'), 'utf8');
  const wanted = digest(lock + process.versions.modules);
  if (readOrEmpty(stamp) === wanted) return;
  say(sentence);
  const quietly = ['--include=dev', '--no-audit', '--no-fund', '--loglevel=error'];
  if (!npm(['ci', '--prefix', join(root, folder), ...quietly])) {
    fail('The dependencies could not be installed. Check the network, then run the same command again.');
  }
  writeFileSync(stamp, wanted);
}

/** Every source file with the time and size it had. */
function sourceList() {
  const files = SOURCES.flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
      .map((entry) => join(entry.parentPath, entry.name)),
  ).sort();
  return [...files, join(root, 'tsconfig.json'), join(root, 'package-lock.json')];
}

function build() {
  const stamp = join(root, 'dist', '.built');
  const files = sourceList();
  const names = digest(files.join('\n'));
  const contents = digest(
    files.map((file) => `${file} ${statSync(file).mtimeMs} ${statSync(file).size}`).join('\n'),
  );
  const [builtNames, builtContents] = readOrEmpty(stamp).split(' ');
  if (builtNames === names && builtContents === contents) return;
  say('Compiling (about 15 s the first time) ...');
  // A source that is gone would leave its compiled file behind, and a migration or a test would still run.
  if (builtNames !== names) rmSync(join(root, 'dist'), { recursive: true, force: true });
  if (!run(process.execPath, [join(root, 'node_modules', 'typescript', 'bin', 'tsc'), '-p', root])) {
    fail('The sources do not compile; see the errors above.');
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${names} ${contents}`);
}

/** Installs and compiles what is needed. */
export function prepare() {
  checkNode();
  installIn('', 'Installing dependencies (once, about a minute) ...');
  build();
}
