import type { Pool, PoolClient } from 'pg';
import { QueryFailedError } from 'typeorm';
import type { Tx } from './database.js';

/**
 * A statement that is sent for nearly every page. Each connection parses and plans it once, by its name, and it passes by
 * the query runner of TypeORM, which costs a page more than PostgreSQL does.
 */
export class Prepared<Row> {
  private readonly textOfOne: string;

  /**
   * @param name unique in the product.
   * @param text where its first value is a list of keys, it says `= ANY($1)`, and `$1` nowhere else.
   */
  constructor(
    private readonly name: string,
    private readonly text: string,
  ) {
    this.textOfOne = text.replace('= ANY($1)', '= $1');
  }

  /** In the transaction if there is one, otherwise on any connection. */
  async rows({ dataSource, queryRunner }: Tx, given: unknown[]): Promise<Row[]> {
    const { name, text, values } = this.queryOf(given);
    dataSource.logger.logQuery(text, values);
    const pool = (dataSource.driver as unknown as { master: Pool }).master;
    const connection = queryRunner ? ((await queryRunner.connect()) as PoolClient) : pool;
    try {
      return (await connection.query<Row & object>({ name, text, values })).rows;
    } catch (error) {
      throw new QueryFailedError(text, values, error as Error);
    }
  }

  /** One key is most of what is asked for. PostgreSQL keeps a plan for it; for a list it makes one each time, which takes longer. */
  private queryOf(values: unknown[]): { name: string; text: string; values: unknown[] } {
    const [keys, ...others] = values;
    if (this.textOfOne === this.text || !Array.isArray(keys) || keys.length !== 1)
      return { name: this.name, text: this.text, values };
    return { name: `${this.name}-of-one`, text: this.textOfOne, values: [keys[0], ...others] };
  }
}
