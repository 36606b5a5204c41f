import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres, type EmbeddedPostgres } from '../../src/embedded/embedded-postgres.js';
import { migrate } from '../../src/platform/database/migrate.js';

declare global {
  var testPostgres: { server: EmbeddedPostgres; folder: string } | undefined;
}

/** Starts one PostgreSQL for the whole run, with a migrated template that each suite clones. */
export default async function globalSetup(): Promise<void> {
  process.stdout.write('Starting PostgreSQL for the tests ...\n');
  const folder = mkdtempSync(join(tmpdir(), 'tremplin-test-'));
  chmodSync(folder, 0o755); // for root, whose PostgreSQL runs as another user, who must get in here
  const lines: string[] = [];
  try {
    const server = await startEmbeddedPostgres({
      dataDir: join(folder, 'postgres'),
      database: 'template_tremplin',
      durable: false,
      maxConnections: 300,
      log: (line) => lines.push(line),
    });
    globalThis.testPostgres = { server, folder };
    await migrate({ databaseUrl: server.url }, () => {});
    process.env.TEST_DATABASE_URL = server.url;
  } catch (error) {
    process.stdout.write(`${lines.join('\n')}\n`);
    throw error;
  }
}
