import type { Logger } from 'typeorm';
import { Database } from '../../src/platform/database/database.js';
import type { TestApp } from './test-app.js';

/** What a piece of work had to ask PostgreSQL. */
export interface Recorded<T> {
  result: T;
  /** In the order sent; the beginning and the end of transactions are statements too. */
  statements: string[];
}

/** Does the work and notes every statement that the product sends meanwhile: nothing else may run beside it. */
export async function recordStatements<T>(app: TestApp, work: () => Promise<T>): Promise<Recorded<T>> {
  const { dataSource } = app.get(Database);
  const usual = dataSource.logger;
  const statements: string[] = [];
  const silent = (): void => {};
  const recorder: Logger = {
    logQuery: (statement) => statements.push(statement.replace(/\s+/g, ' ').trim()),
    logQueryError: silent,
    logQuerySlow: silent,
    logSchemaBuild: silent,
    logMigration: silent,
    log: silent,
  };
  dataSource.logger = recorder;
  try {
    return { result: await work(), statements };
  } finally {
    dataSource.logger = usual;
  }
}
