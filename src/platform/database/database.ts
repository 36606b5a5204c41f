import { AsyncLocalStorage } from 'node:async_hooks';
import { setTimeout as delay } from 'node:timers/promises';
import { Injectable } from '@nestjs/common';
import { DataSource, EntityManager, QueryFailedError } from 'typeorm';

/** A handle on the open transaction. It comes first in every function that needs one, and is never optional. */
export type Tx = EntityManager;

/** SQLSTATE of a deadlock and of a serialization failure: PostgreSQL chose this transaction to go again. */
const RETRYABLE = new Set(['40P01', '40001']);
const MOST_TRIES = 4;

/** The SQLSTATE of a failed statement (PostgreSQL, appendix A), or undefined. */
export function sqlState(error: unknown): string | undefined {
  return error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;
}

/** Opens transactions. One use case, one transaction, opened in the service. */
@Injectable()
export class Database {
  private readonly ambient = new AsyncLocalStorage<Tx>();

  constructor(readonly dataSource: DataSource) {}

  /**
   * Runs the work in one transaction: all of it happens or none. Tries again when PostgreSQL asks for it, so the work
   * must touch nothing but the database. Within {@link enclosing}, it joins that transaction as a savepoint.
   */
  async transaction<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    const outer = this.ambient.getStore();
    if (outer) return outer.transaction(work);
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.dataSource.transaction(work);
      } catch (error) {
        const state = sqlState(error);
        if (state === undefined || !RETRYABLE.has(state) || tries === MOST_TRIES) throw error;
        await delay(Math.random() * 20 * 2 ** tries);
      }
    }
  }

  /** Like {@link transaction}, and every transaction that the work opens on its way is part of this one. */
  async enclosing<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.transaction((tx) => this.ambient.run(tx, () => work(tx)));
  }

  /** Like {@link enclosing}, for a transaction that is open already, as a handler's is: what the work opens is a savepoint of it. */
  within<T>(tx: Tx, work: () => Promise<T>): Promise<T> {
    return this.ambient.run(tx, work);
  }

  /** The transaction of {@link enclosing} that the caller is in, if it is in one. */
  enclosingTx(): Tx | undefined {
    return this.ambient.getStore();
  }

  /** Reads without a transaction: each statement sees what was committed when it began. */
  read<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
    return work(this.ambient.getStore() ?? this.dataSource.manager);
  }
}
