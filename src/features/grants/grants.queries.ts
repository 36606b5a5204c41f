import type { Tx } from '../../platform/database/database.js';
import { GrantCall, RuleSet } from './grant-call.entity.js';

/** Calls after an id, oldest first. */
export async function findCalls(tx: Tx, afterId: string | null, limit: number): Promise<GrantCall[]> {
  const query = tx.createQueryBuilder(GrantCall, 'grant_call').orderBy('grant_call.id').limit(limit);
  if (afterId) query.where('grant_call.id > :afterId', { afterId });
  return query.getMany();
}

/**
 * Calls whose local closing time is at or after an instant, in whichever zone: some of them closed up to a day before it.
 */
export async function findCallsClosingFrom(tx: Tx, instant: Date): Promise<GrantCall[]> {
  // No clock on earth is more than twelve hours behind UTC.
  const earliest = new Date(instant.getTime() - 12 * 3_600_000)
    .toISOString()
    .slice(0, 'YYYY-MM-DDTHH:MM'.length);
  return tx
    .createQueryBuilder(GrantCall, 'grant_call')
    .where('grant_call.closes_local >= :earliest', { earliest })
    .getMany();
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
