import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** A database of a suite's own: a clone of the migrated template, which costs milliseconds. */
export interface TestDatabase {
  url: string;
  drop(): Promise<void>;
}

/** @param template the database to clone; `template0` is PostgreSQL's own, without a table. */
export async function createTestDatabase({ template = 'template_tremplin' } = {}): Promise<TestDatabase> {
  const server = process.env.TEST_DATABASE_URL!;
  const name = `test_${randomBytes(8).toString('hex')}`;
  const at = (database: string): string => Object.assign(new URL(server), { pathname: `/${database}` }).href;
  const run = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: at('postgres') });
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  await run(`CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY file_copy`);
  return { url: at(name), drop: () => run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`) };
}
