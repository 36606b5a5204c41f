import type { DataSourceOptions } from 'typeorm';
import { PostgresNamingStrategy } from './naming-strategy.js';

/**
 * How the process talks to PostgreSQL. The session's time zone is UTC and the search path is fixed, so that no
 * statement depends on the settings of the server or of the role.
 */
export function dataSourceOptions(config: { databaseUrl: string; databasePool: number }) {
  return {
    type: 'postgres',
    url: config.databaseUrl,
    poolSize: config.databasePool,
    namingStrategy: new PostgresNamingStrategy(),
    uuidExtension: 'pgcrypto',
    installExtensions: false,
    applicationName: 'tremplin',
    extra: {
      connectionTimeoutMillis: 10_000,
      options:
        '-c timezone=UTC -c search_path=public -c statement_timeout=60000 -c idle_in_transaction_session_timeout=60000',
    },
  } satisfies DataSourceOptions;
}
