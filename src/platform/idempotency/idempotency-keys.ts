import { Injectable } from '@nestjs/common';
import { Clock } from '../clock.js';
import { Database } from '../database/database.js';
import { DomainError, inputRefusals } from '../errors.js';

/** A mutation as one person sent it. */
export interface KeyedRequest {
  personId: string;
  key: string;
  operation: string;
  /** Digest of the input without the key. */
  inputHash: string;
}

interface StoredRow {
  operation: string;
  input_hash: string;
  response: object;
}

/** Remembers the first answer to each keyed mutation, for 30 days. */
@Injectable()
export class IdempotencyKeys {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /**
   * Runs the mutation once for its key. The key is stored in the same transaction as the mutation's effects, so a crash
   * leaves both or neither; the same key sent meanwhile waits for it and then reads its answer.
   * @throws DomainError `IDEMPOTENCY_KEY_REUSED` when the key came with another operation or input before.
   */
  async once<T extends object>(request: KeyedRequest, run: () => Promise<T>): Promise<T> {
    const { personId, key, operation, inputHash } = request;
    if (key.length > 100) throw new DomainError(inputRefusals.TOO_LONG, { max: 100 }, 'idempotencyKey');
    return this.database.enclosing(async (tx) => {
      const inserted: unknown[] = await tx.query(
        `INSERT INTO idempotency_key (person_id, key, operation, input_hash, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT DO NOTHING RETURNING key`,
        [personId, key, operation, inputHash, this.clock.now()],
      );
      if (inserted.length === 0) {
        const stored: StoredRow[] = await tx.query(
          `SELECT operation, input_hash, response FROM idempotency_key WHERE person_id = $1 AND key = $2`,
          [personId, key],
        );
        const first = stored[0]!;
        if (first.operation !== operation || first.input_hash !== inputHash) {
          throw new DomainError(inputRefusals.IDEMPOTENCY_KEY_REUSED);
        }
        return first.response as T;
      }
      const response = await run();
      await tx.query(`UPDATE idempotency_key SET response = $3 WHERE person_id = $1 AND key = $2`, [
        personId,
        key,
        JSON.stringify(response),
      ]);
      return response;
    });
  }
}
