import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import pg from 'pg';
import { dist, root } from '../lib/places.mjs';
import { statements } from './fill.mjs';
import { SIZES } from './sizes.mjs';

const HERE = import.meta.dirname;

/** Says which data a database holds: another size, table or filling makes another one. */
function stampOf(size) {
  const hash = createHash('sha256').update(JSON.stringify(SIZES[size]));
  const sources = [
    ...['fill.mjs', 'sizes.mjs'].map((file) => join(HERE, file)),
    ...readdirSync(join(root, 'migrations'))
      .sort()
      .map((file) => join(root, 'migrations', file)),
  ];
  for (const file of sources) hash.update(readFileSync(file));
  return hash.digest('hex');
}

/**
 * Starts the bench's own PostgreSQL and fills it, unless it holds these data already.
 * @param {keyof typeof SIZES} size
 * @returns the address of the database, how much is in it, and how to stop the server.
 */
export async function prepareData(size, say) {
  const { startEmbeddedPostgres } = await import(join(dist, 'src/embedded/embedded-postgres.js'));
  const folder = join(root, '.data', 'bench', size);
  const options = { dataDir: folder, database: 'bench', durable: false, log: say };
  const stampFile = join(folder, 'filled');
  const stamp = stampOf(size);
  const postgres = await startEmbeddedPostgres(options);
  try {
    if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) {
      rmSync(stampFile, { force: true });
      await fill(postgres.url, size, say);
      writeFileSync(stampFile, stamp);
    }
  } catch (error) {
    await postgres.stop();
    throw error;
  }
  return { url: postgres.url, ...SIZES[size], stop: () => postgres.stop() };
}

async function fill(url, size, say) {
  const { migrate } = await import(join(dist, 'src/platform/database/migrate.js'));
  const database = new pg.Client(url);
  await database.connect();
  try {
    await database.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public;');
    await migrate({ databaseUrl: url }, say);
    // Triggers and foreign keys would look at each of the rows, all of which are made right.
    await database.query(`SET session_replication_role = replica`);
    for (const [what, statement] of statements(SIZES[size])) {
      const from = performance.now();
      await database.query(statement);
      say(`Made ${what} (${((performance.now() - from) / 1000).toFixed(1)} s)`);
    }
    await database.query('VACUUM (ANALYZE)');
    await database.query('CHECKPOINT');
    await delay(1_000);
  } finally {
    await database.end();
  }
}
