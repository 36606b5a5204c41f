import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { DataSource, type MigrationInterface } from 'typeorm';
import { dataSourceOptions } from './data-source.js';

/** The compiled migrations, beside the compiled source. */
const MIGRATIONS = join(import.meta.dirname, '../../../migrations');
type MigrationClass = new () => MigrationInterface;

/** Any number that nothing else locks: it keeps two processes from migrating at once. */
const LOCK = 7_262_001;

/** A data source that knows the migrations and no entity. */
export async function migrationDataSource(config: { databaseUrl: string }): Promise<DataSource> {
  const migrations: MigrationClass[] = [];
  // In order, one after the other: their number is their place.
  for (const file of readdirSync(MIGRATIONS).sort()) {
    if (!file.endsWith('.js')) continue;
    const module = (await import(pathToFileURL(join(MIGRATIONS, file)).href)) as Record<
      string,
      MigrationClass
    >;
    migrations.push(...Object.values(module));
  }
  return new DataSource({
    ...dataSourceOptions({ ...config, databasePool: 2 }),
    migrations,
    migrationsTableName: 'migration',
    migrationsTransactionMode: 'each',
  });
}

/**
 * Brings the database to the newest schema. Safe to run from several processes at once: one migrates, the others wait.
 * @returns how many migrations were applied.
 */
export async function migrate(config: { databaseUrl: string }, say: (line: string) => void): Promise<number> {
  const dataSource = await (await migrationDataSource(config)).initialize();
  const lock = dataSource.createQueryRunner();
  try {
    await lock.query('SELECT pg_advisory_lock($1)', [LOCK]);
    const applied = await dataSource.runMigrations();
    if (applied.length > 0) say(`Brought the database up to date (${applied.length} migrations).`);
    return applied.length;
  } finally {
    await lock.query('SELECT pg_advisory_unlock($1)', [LOCK]);
    await lock.release();
    await dataSource.destroy();
  }
}
