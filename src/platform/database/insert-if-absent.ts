import type { EntityTarget, ObjectLiteral } from 'typeorm';
import type { Tx } from './database.js';

/**
 * Adds a row unless a unique index says that it is there: the index decides, so any number of requests at once add one.
 * @returns whether it was added.
 */
export async function insertIfAbsent<T extends ObjectLiteral>(
  tx: Tx,
  entity: EntityTarget<T>,
  row: T,
): Promise<boolean> {
  const keys = tx.dataSource.getMetadata(entity).primaryColumns.map((column) => column.databaseName);
  const result = await tx
    .createQueryBuilder()
    .insert()
    .into(entity)
    .values(row)
    .orIgnore()
    .returning(keys.join(', '))
    .execute();
  return (result.raw as unknown[]).length === 1;
}
