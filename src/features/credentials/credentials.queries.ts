import type { Tx } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { Certificate } from './certificate.entity.js';

/** Adds a certificate, unless its enrollment has one. @returns whether it was added. */
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
