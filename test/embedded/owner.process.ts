/**
 * A program that owns an embedded PostgreSQL, to be killed by the tests. Arguments: the launcher's module, the data
 * folder and, to give up being root, a user and a group number. It prints one JSON object a line; `stop` on its
 * input or SIGINT makes it use the database once more, stop it and end.
 */
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import type { EmbeddedPostgresOptions, startEmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';

const [launcher = '', dataDir = '', uid, gid] = process.argv.slice(2);
if (uid !== undefined && gid !== undefined) {
  process.setgroups?.([]);
  process.setgid?.(Number(gid));
  process.setuid?.(Number(uid));
}

const say = (event: Record<string, unknown>): void => console.log(JSON.stringify(event));
const options: EmbeddedPostgresOptions = {
  dataDir,
  database: 'tremplin',
  log: (line) => say({ log: line }),
};
const module = (await import(pathToFileURL(launcher).href)) as {
  startEmbeddedPostgres: typeof startEmbeddedPostgres;
};

try {
  const server = await module.startEmbeddedPostgres(options);
  const pool = new pg.Pool({ connectionString: server.url });
  pool.on('error', () => undefined);
  await pool.query('SELECT 1');
  const close = async (): Promise<void> => {
    const { rows } = await pool.query<{ answer: number }>('SELECT 42 AS answer');
    await pool.end();
    await server.stop();
    say({ closed: rows[0]?.answer });
    process.exit(0);
  };
  process.once('SIGINT', () => void close());
  createInterface({ input: process.stdin }).once('line', () => void close());
  say({ url: server.url, reused: server.reused });
} catch (error) {
  say({ error: (error as Error).message });
  process.exit(1);
}
