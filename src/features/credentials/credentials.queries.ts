import type { Tx } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { Certificate } from './certificate.entity.js';

/** Adds a certificate, unless its completion has one, or its enrollment one that is valid. @returns whether it was added. */
export function insertCertificate(tx: Tx, certificate: Certificate): Promise<boolean> {
  return insertIfAbsent(tx, Certificate, certificate);
}

/** A person's certificates, newest first. */
export async function findCertificatesOf(tx: Tx, personId: string): Promise<Certificate[]> {
  return tx.find(Certificate, { where: { personId }, order: { issuedAt: 'DESC', id: 'DESC' } });
}

/** What holds a badge condition: the certificates of these people for these courses. */
export async function findCertificateFacts(
  tx: Tx,
  personIds: readonly string[],
  courseIds: readonly string[],
): Promise<Pick<Certificate, 'id' | 'enrollmentId' | 'personId' | 'courseId' | 'issuedAt' | 'status'>[]> {
  return tx.query(
    `SELECT id, enrollment_id AS "enrollmentId", person_id AS "personId", course_id AS "courseId",
            issued_at AS "issuedAt", status
       FROM certificate WHERE person_id = ANY($1) AND course_id = ANY($2) ORDER BY issued_at, id`,
    [personIds, courseIds],
  );
}

/** Why each of these certificates was revoked; those that were not are not in the map. */
export async function findRevocationReasons(tx: Tx, ids: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; reason: string }[] = await tx.query(
    `SELECT id, revocation_reason AS reason FROM certificate WHERE id = ANY($1) AND status = 'REVOKED'`,
    [ids],
  );
  return new Map(rows.map(({ id, reason }) => [id, reason]));
}

/** Revokes what was issued for a completion, if it was yet. @returns its id. */
export async function revokeCertificate(
  tx: Tx,
  completionId: string,
  { reason, at }: { reason: string; at: Date },
): Promise<string | null> {
  const rows: { id: string }[] = await tx.query(
    `WITH revoked AS (
       UPDATE certificate SET status = 'REVOKED', revoked_at = $3, revocation_reason = $2
        WHERE completion_id = $1 AND status = 'VALID' RETURNING id)
     SELECT id FROM revoked`,
    [completionId, reason, at],
  );
  return rows[0]?.id ?? null;
}

/** A new place for the status of a badge. One that is not used in the end stays empty. */
export async function nextStatusIndex(tx: Tx): Promise<number> {
  const rows: { index: string }[] = await tx.query(
    `SELECT nextval('certificate_status_index_seq')::text AS index`,
  );
  return Number(rows[0]!.index);
}

/** Which of these places, both included, hold a badge that was revoked, and whether any is in use. */
export async function findRevokedIndexes(
  tx: Tx,
  from: number,
  until: number,
): Promise<{ isInUse: boolean; indexes: number[] }> {
  const rows: { isInUse: boolean; indexes: number[] }[] = await tx.query(
    `SELECT EXISTS (SELECT FROM certificate WHERE status_index BETWEEN $1 AND $2) AS "isInUse",
            ARRAY(SELECT status_index FROM certificate WHERE status = 'REVOKED' AND status_index BETWEEN $1 AND $2) AS indexes`,
    [from, until],
  );
  return rows[0]!;
}

/** The certificates of these completions, by completion. */
export async function findCertificatesFor(
  tx: Tx,
  completionIds: readonly string[],
): Promise<Map<string, Certificate>> {
  const rows = await tx
    .createQueryBuilder(Certificate, 'certificate')
    .where('certificate.completion_id = ANY(:ids)', { ids: [...completionIds] })
    .getMany();
  return new Map(rows.map((row) => [row.completionId, row]));
}
