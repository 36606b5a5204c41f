import pg from 'pg';
import { superuser } from './cluster.js';
import { loopback } from './free-port.js';

/** How to reach the server as its superuser. */
export interface Access {
  port: number;
  password: string;
}

/** The settings a server must have been started with to be taken over as it is. */
export interface ServerSettings {
  /** False gives up safety against a crash of the machine, for tests. */
  durable: boolean;
  maxConnections: number;
}

/** The connection string of a database of the server. */
export function connectionUrl(access: Access, database: string): string {
  return `postgres://${superuser}:${access.password}@${loopback}:${access.port}/${encodeURIComponent(database)}`;
}

/** Creates the database when it is missing. Two at once may ask for it. */
export async function ensureDatabase(access: Access, database: string): Promise<void> {
  await withClient(access, async (client) => {
    const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (found.rowCount !== 0) return;
    await client
      .query(`CREATE DATABASE ${client.escapeIdentifier(database)}`)
      .catch((error: Error & { code?: string }) => {
        // duplicate_database, or the unique index of pg_database when both insert at once
        if (error.code !== '42P04' && error.code !== '23505') throw error;
      });
  });
}

/** Whether the server on a port serves this cluster with these settings. */
export async function hasSettings(
  access: Access,
  cluster: string,
  settings: ServerSettings,
): Promise<boolean> {
  return withClient(access, async (client) => {
    const { rows } = await client.query<Record<'cluster' | 'fsync' | 'connections', string>>(
      `SELECT current_setting('data_directory') AS cluster, current_setting('fsync') AS fsync,
        current_setting('max_connections') AS connections`,
    );
    const [row] = rows;
    return (
      row !== undefined &&
      comparablePath(row.cluster) === comparablePath(cluster) &&
      row.fsync === (settings.durable ? 'on' : 'off') &&
      row.connections === String(settings.maxConnections)
    );
  });
}

/** Paths as both PostgreSQL and Node.js write them: on Windows PostgreSQL turns the slashes. */
export function comparablePath(path: string): string {
  return process.platform === 'win32' ? path.replaceAll('\\', '/').toLowerCase() : path;
}

async function withClient<T>(access: Access, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({
    host: loopback,
    port: access.port,
    user: superuser,
    password: access.password,
    database: 'postgres',
    connectionTimeoutMillis: 5_000,
  });
  // Without a listener, a server that stops under us would end the process.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await use(client);
  } finally {
    await client.end().catch(() => undefined);
  }
}
