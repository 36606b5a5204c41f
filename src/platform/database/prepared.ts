import type { Pool, PoolClient } from 'pg';
import { QueryFailedError } from 'typeorm';
import type { Tx } from './database.js';

/**
 * A statement that is sent for nearly every page. Each connection parses and plans it once, by its name, and it passes by
 * the query runner of TypeORM, which costs a page more than PostgreSQL does.
 */
export class Prepared<Row> {
  /** @param name unique in the product. */
  constructor(
    private readonly name: string,
    private readonly text: string,
  ) {}

  /** In the transaction if there is one, otherwise on any connection. */
  async rows({ dataSource, queryRunner }: Tx, values: unknown[]): Promise<Row[]> {
    const { name, text } = this;
    dataSource.logger.logQuery(text, values);
    const pool = (dataSource.driver as unknown as { master: Pool }).master;
    const connection = queryRunner ? ((await queryRunner.connect()) as PoolClient) : pool;
    try {
      return (await connection.query<Row & object>({ name, text, values })).rows;
    } catch (error) {
      throw new QueryFailedError(text, values, error as Error);
    }
  }
}
