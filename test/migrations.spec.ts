import pg from 'pg';
import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../src/platform/database/data-source.js';
import { Database } from '../src/platform/database/database.js';
import { migrationDataSource } from '../src/platform/database/migrate.js';
import { startTestApp, type TestApp } from './support/test-app.js';
import { createTestDatabase, type TestDatabase } from './support/test-database.js';

/** What a migration can leave behind in the schema of the product, as `kind name`. */
const LEFT_BEHIND = `
  SELECT 'relation ' || relname AS thing FROM pg_class WHERE relnamespace = 'public'::regnamespace
  UNION ALL SELECT 'function ' || proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace
  UNION ALL SELECT 'type ' || typname FROM pg_type WHERE typnamespace = 'public'::regnamespace
  ORDER BY thing`;

describe('the migrations', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await createTestDatabase({ template: 'template0' });
  });
  afterAll(() => database.drop());

  const thingsInPublic = async (): Promise<string[]> =>
    (await select<{ thing: string }>(database.url, LEFT_BEHIND)).map(({ thing }) => thing);

  it('go up, down to nothing, and up again to the same schema', async () => {
    const dataSource = await (await migrationDataSource({ databaseUrl: database.url })).initialize();
    try {
      const applied = await dataSource.runMigrations();
      expect(applied.length).toBe(dataSource.migrations.length);
      const first = await thingsInPublic();
      expect(first).toContain('relation person');

      for (const _ of applied) await dataSource.undoLastMigration();
      // The table in which TypeORM notes what it applied is not ours; it is empty by now.
      const rest = (await thingsInPublic()).filter((thing) => !/ _?migration(_id_seq|_pkey)?$/.test(thing));
      expect(rest).toEqual([]);

      await dataSource.runMigrations();
      expect(await thingsInPublic()).toEqual(first);
    } finally {
      await dataSource.destroy();
    }
  });

  describe('make the schema that the entities describe', () => {
    let app: TestApp;
    let described: TestDatabase;
    beforeAll(async () => {
      app = await startTestApp();
      described = await createTestDatabase({ template: 'template0' });
    });
    afterAll(async () => {
      await app.close();
      await described.drop();
    });

    it('as TypeORM compares them', async () => {
      const missing = await app.get(Database).dataSource.driver.createSchemaBuilder().log();
      expect(missing.upQueries.map(({ query }) => query)).toEqual([]);
    });

    // TypeORM compares the names of checks and indexes; what they say is compared here.
    it('column by column, constraint by constraint, index by index', async () => {
      const { dataSource } = app.get(Database);
      const fromEntities = new DataSource({
        ...dataSourceOptions({ databaseUrl: described.url, databasePool: 2 }),
        entities: dataSource.entityMetadatas.map(({ target }) => target),
      });
      await fromEntities.initialize();
      try {
        await fromEntities.synchronize();
      } finally {
        await fromEntities.destroy();
      }
      const expected = await definitions(described.url);
      expect(expected.length).toBeGreaterThan(100);
      expect(await definitions(app.config.databaseUrl)).toEqual(expected);
    });
  });
});

/** Every column, constraint and index of the product's tables, as PostgreSQL writes them. */
async function definitions(url: string): Promise<string[]> {
  const rows = await select<{ line: string }>(
    url,
    `SELECT concat_ws(' ', table_name, 'has', column_name, data_type, udt_name, is_nullable, column_default) AS line
       FROM information_schema.columns WHERE table_schema = 'public'
     UNION ALL SELECT concat_ws(' ', conrelid::regclass, 'has', conname, pg_get_constraintdef(oid))
       FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype IN ('p', 'u', 'f', 'c')
     UNION ALL SELECT concat_ws(' ', tablename, 'has', indexdef) FROM pg_indexes WHERE schemaname = 'public'
     ORDER BY line`,
  );
  return rows.map(({ line }) => line).filter((line) => !line.startsWith('migration '));
}

async function select<T extends pg.QueryResultRow>(url: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<T>(statement)).rows;
  } finally {
    await client.end();
  }
}
