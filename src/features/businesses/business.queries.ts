import type { Tx } from '../../platform/database/database.js';
import { Business } from './business.entity.js';
import type { BusinessFact } from './business-fact.entity.js';

/** The businesses that a person may act for, oldest membership first. */
export async function findBusinessesOf(tx: Tx, personId: string): Promise<Business[]> {
  return tx
    .createQueryBuilder(Business, 'business')
    .innerJoin('business_member', 'member', 'member.business_id = business.id')
    .where('member.person_id = :personId', { personId })
    .orderBy('member.created_at')
    .addOrderBy('business.id')
    .getMany();
}

/** Of these people, the business of those who act for exactly one. */
export async function findOnlyBusinesses(tx: Tx, personIds: readonly string[]): Promise<Map<string, string>> {
  const rows: { personId: string; businessId: string }[] = await tx.query(
    `SELECT person_id AS "personId", (array_agg(business_id))[1] AS "businessId" FROM business_member
      WHERE person_id = ANY($1) GROUP BY person_id HAVING count(*) = 1`,
    [personIds],
  );
  return new Map(rows.map(({ personId, businessId }) => [personId, businessId]));
}

/** Which of these businesses the person may act for. */
export async function memberBusinessIds(
  tx: Tx,
  personId: string,
  businessIds: string[],
): Promise<Set<string>> {
  const rows: { business_id: string }[] = await tx.query(
    `SELECT business_id FROM business_member WHERE person_id = $1 AND business_id = ANY($2)`,
    [personId, businessIds],
  );
  return new Set(rows.map((row) => row.business_id));
}

export async function findBusinesses(tx: Tx, ids: readonly string[]): Promise<Map<string, Business>> {
  const rows = await tx
    .createQueryBuilder(Business, 'business')
    .where('business.id = ANY(:ids)', { ids: [...ids] })
    .getMany();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every fact of the businesses, oldest first; who said it, by name where they gave one. */
export async function findFacts(tx: Tx, businessIds: readonly string[]): Promise<Map<string, FactRow[]>> {
  const rows: FactRow[] = await tx.query(
    `SELECT fact.id, fact.business_id AS "businessId", fact.kind, fact.value, fact.as_of::text AS "asOf",
            fact.recorded_at AS "recordedAt", fact.recorded_by AS "recordedBy", person.name AS "recordedByName"
       FROM business_fact fact LEFT JOIN person ON person.id = fact.recorded_by
      WHERE fact.business_id = ANY($1) ORDER BY fact.as_of, fact.recorded_at, fact.id`,
    [businessIds],
  );
  const facts = new Map<string, FactRow[]>(businessIds.map((id) => [id, []]));
  for (const row of rows) facts.get(row.businessId)!.push(row);
  return facts;
}

export type FactRow = BusinessFact & { recordedByName: string | null };

/** People who may act for a business. */
export async function memberIdsOf(tx: Tx, businessId: string): Promise<string[]> {
  const rows: { person_id: string }[] = await tx.query(
    `SELECT person_id FROM business_member WHERE business_id = $1 ORDER BY created_at, person_id`,
    [businessId],
  );
  return rows.map((row) => row.person_id);
}
