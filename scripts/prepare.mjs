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

/** @param {string} command @param {string[]} parameters @param {string} [cwd] */
function run(command, parameters, cwd = root) {
  const { status, error } = spawnSync(command, parameters, { cwd, stdio: 'inherit' });
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

/** What is compiled from what. Each leaves a stamp of the sources it was made from. */
const SERVER = {
  saying: 'Compiling (about 15 s the first time) ...',
  sources: ['src', 'migrations', 'test', 'tsconfig.json', 'package-lock.json'],
  output: 'dist',
  command: [join('node_modules', 'typescript', 'bin', 'tsc'), '-p', root],
  in: root,
};
const PAGES = {
  saying: 'Building the pages (about 15 s the first time) ...',
  sources: ['web/src', 'web/static', 'web/svelte.config.js', 'web/vite.config.ts', 'package-lock.json'],
  output: 'web/build',
  command: [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--logLevel', 'error'],
  in: join(root, 'web'),
};

/** Every source file. @param {string[]} places files, and folders with all that is in them */
function filesOf(places) {
  return places
    .flatMap((place) =>
      statSync(join(root, place)).isFile()
        ? [join(root, place)]
        : readdirSync(join(root, place), { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => join(entry.parentPath, entry.name)),
    )
    .sort();
}

/** @param {typeof SERVER} part */
function build({ saying, sources, output, command, in: cwd }) {
  const stamp = join(root, output, '.built');
  const files = filesOf(sources);
  const names = digest(files.join('\n'));
  const contents = digest(
    files.map((file) => `${file} ${statSync(file).mtimeMs} ${statSync(file).size}`).join('\n'),
  );
  const [builtNames, builtContents] = readOrEmpty(stamp).split(' ');
  if (builtNames === names && builtContents === contents) return;
  say(saying);
  // A source that is gone would leave its compiled file behind, and a migration or a test would still run.
  if (builtNames !== names) rmSync(join(root, output), { recursive: true, force: true });
  const [program, ...parameters] = command;
  if (!run(process.execPath, [join(root, program), ...parameters], cwd)) {
    fail('The sources do not compile; see the errors above.');
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, `${names} ${contents}`);
}

/** Installs and compiles what is needed. @param {{ pages: boolean }} wanted the web app too, which only serving needs */
export function prepare({ pages }) {
  checkNode();
  installIn('', 'Installing dependencies (once, about a minute) ...');
  build(SERVER);
  if (pages) build(PAGES);
}
