import type { Tx } from '../../platform/database/database.js';
import { GrantCall, RuleSet } from './grant-call.entity.js';

/** Calls after an id, oldest first. */
export async function findCalls(tx: Tx, afterId: string | null, limit: number): Promise<GrantCall[]> {
  const query = tx.createQueryBuilder(GrantCall, 'grant_call').orderBy('grant_call.id').limit(limit);
  if (afterId) query.where('grant_call.id > :afterId', { afterId });
  return query.getMany();
}

/** The rules in force of each call. */
export async function findRulesInForce(tx: Tx, callIds: readonly string[]): Promise<Map<string, RuleSet>> {
  const rows = await tx
    .createQueryBuilder(RuleSet, 'rule_set')
    .where('rule_set.call_id = ANY(:ids)', { ids: [...callIds] })
    .orderBy('rule_set.number')
    .getMany();
  return new Map(rows.map((row) => [row.callId, row])); // the highest number of a call wins
}
