import 'reflect-metadata';
import { ConfigError, readConfig } from './config.js';
import { migrate } from './platform/database/migrate.js';
import { prepareStorage } from './storage.js';

const say = (line: string): void => console.log(`  ${line}`);

/** `npm run migrate`: brings the database to the newest schema, then ends. */
async function main(): Promise<void> {
  const storage = await prepareStorage(readConfig(), say);
  try {
    const applied = await migrate(storage.surroundings.config, say);
    if (applied === 0) say('The database is up to date.');
  } finally {
    await storage.close();
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
