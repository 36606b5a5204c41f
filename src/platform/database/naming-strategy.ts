import { DefaultNamingStrategy, type NamingStrategyInterface, type Table } from 'typeorm';

const snake = (name: string): string => name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
const tableOf = (table: Table | string): string =>
  (typeof table === 'string' ? table : table.name).split('.').pop()!;

/**
 * Names tables, columns and constraints as PostgreSQL itself would, so that the hand-written migrations and the
 * entities agree without repeating a name, and an error from the database reads well.
 */
export class PostgresNamingStrategy extends DefaultNamingStrategy implements NamingStrategyInterface {
  override tableName(className: string, givenName: string | undefined): string {
    return givenName ?? snake(className);
  }

  override columnName(propertyName: string, givenName: string): string {
    return givenName || snake(propertyName);
  }

  override primaryKeyName(table: Table | string): string {
    return `${tableOf(table)}_pkey`;
  }

  override uniqueConstraintName(table: Table | string, columnNames: string[]): string {
    return `${tableOf(table)}_${columnNames.join('_')}_key`;
  }

  override foreignKeyName(table: Table | string, columnNames: string[]): string {
    return `${tableOf(table)}_${columnNames.join('_')}_fkey`;
  }

  override indexName(table: Table | string, columnNames: string[]): string {
    return `${tableOf(table)}_${columnNames.join('_')}_idx`;
  }
}
