/**
 * `npm run bench`: measures the product beside the floor and its peers. Absolute times mean nothing on shared machines; every
 * figure is a ratio of medians of one run. `--small` is quick and proves only that it works; `--nightly` is ten times the data.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { prepareData } from './data/prepare.mjs';
import { CORES } from './lib/limits.mjs';

const HERE = import.meta.dirname;
const say = (line) => console.log(`  ${line}`);

const flags = process.argv.slice(2);
const unknown = flags.filter((flag) => !/^--(small|nightly|row=\w+)$/.test(flag));
if (unknown.length > 0) {
  console.error(`  Unknown: ${unknown.join(' ')}. There are --small, --nightly and --row=NAME.`);
  process.exit(2);
}
const size = flags.includes('--small') ? 'small' : flags.includes('--nightly') ? 'nightly' : 'usual';
const wanted = flags.find((flag) => flag.startsWith('--row='))?.slice('--row='.length);

/** Everything that is started from here shares the same processors, however many there are. */
function shareCores() {
  if (process.platform !== 'linux' || availableParallelism() <= CORES) return;
  execFileSync('taskset', ['-acp', `0-${CORES - 1}`, String(process.pid)], { stdio: 'ignore' });
}

async function rowsToRun() {
  const files = readdirSync(join(HERE, 'rows')).filter((file) => file.endsWith('.mjs'));
  const rows = await Promise.all(files.sort().map(async (file) => (await import(`./rows/${file}`)).default));
  return rows.filter(({ name }) => wanted === undefined || name === wanted);
}

shareCores();
const rows = await rowsToRun();
if (rows.length === 0) throw new Error(`There is no row ${wanted}.`);
const data = await prepareData(size, say);
const results = {};
try {
  const pace =
    size === 'small'
      ? { rounds: 3, secondsPerRound: 1, warmUpSeconds: 3 }
      : { rounds: 5, secondsPerRound: 5, warmUpSeconds: 8 };
  for (const row of rows) {
    say(`\n  ${row.name}: ${row.title}`);
    results[row.name] = await row.run({ ...data, databaseUrl: data.url, say, ...pace });
    console.table({ [row.name]: results[row.name] });
  }
} finally {
  await data.stop();
}
if (size !== 'small') {
  const file = join(HERE, 'results.json');
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  writeFileSync(file, `${JSON.stringify({ ...kept, ...results }, null, 2)}\n`);
  say('Written to bench/results.json.');
}
