import type { Tx } from '../../platform/database/database.js';
import type { Sentence } from '../formats/import/import-problems.js';
import { CourseImport, type ImportState, type ImportStep } from './course-import.entity.js';

/** An import, locked: what else is done to it waits. */
export async function lockImport(tx: Tx, id: string): Promise<CourseImport | null> {
  return tx.createQueryBuilder(CourseImport, 'import').setLock('pessimistic_write').where({ id }).getOne();
}

/** A person's imports, newest first: their ids rise with time. */
export async function findImportsOf(
  tx: Tx,
  personId: string,
  beforeId: string | null,
  limit: number,
): Promise<CourseImport[]> {
  const query = tx
    .createQueryBuilder(CourseImport, 'import')
    .where({ personId })
    .orderBy('import.id', 'DESC')
    .limit(limit);
  if (beforeId) query.andWhere('import.id < :beforeId', { beforeId });
  return query.getMany();
}

/** How many files of a person wait to be read or applied. Two that ask at once wait for each other. */
export async function countWaiting(tx: Tx, personId: string): Promise<number> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('course-import:' || $1, 0))`, [personId]);
  const rows: { count: number }[] = await tx.query(
    `SELECT count(*)::int AS count FROM course_import
      WHERE person_id = $1 AND state IN ('UPLOADED', 'READING', 'READY', 'APPLYING')`,
    [personId],
  );
  return rows[0]!.count;
}

/**
 * Begins a run, which from now on is the only one: an earlier one, of a worker that was killed or only thought dead, finds
 * that it is no longer its own.
 * @param from states in which there is something to do.
 * @returns the import, or null when there is nothing to do.
 */
export async function beginRun(
  tx: Tx,
  id: string,
  { runId, from, state, now }: { runId: string; from: ImportState[]; state: ImportState; now: Date },
): Promise<CourseImport | null> {
  await tx.query(
    `UPDATE course_import SET run_id = $2, state = $4, tries = tries + 1, step = 'UNPACKING', progress_percent = 0, updated_at = $5
      WHERE id = $1 AND state = ANY($3)`,
    [id, runId, from, state, now],
  );
  return tx.findOneBy(CourseImport, { id, runId });
}

/** @returns false when the run is no longer the one that counts. */
export async function noteProgress(
  tx: Tx,
  runId: string,
  { step, percent }: { step: ImportStep; percent: number },
): Promise<boolean> {
  const [, count] = await tx.query<[unknown, number]>(
    `UPDATE course_import SET step = $2, progress_percent = $3 WHERE run_id = $1 AND state IN ('READING', 'APPLYING')`,
    [runId, step, percent],
  );
  return count === 1;
}

/** What a run ends with. */
export type RunResult = { state: 'READY' | 'FAILED' | 'APPLIED' } & Partial<
  Pick<CourseImport, 'format' | 'summary' | 'problems' | 'versionId'> & { failure: Sentence | null }
>;

/** Ends a run. @returns false when it is no longer the one that counts: nothing is changed then. */
export async function endRun(tx: Tx, runId: string, result: RunResult, now: Date): Promise<boolean> {
  const { affected } = await tx
    .createQueryBuilder()
    .update(CourseImport)
    .set({ ...result, step: null, runId: null, progressPercent: 100, updatedAt: now })
    .where(`run_id = :runId AND state IN ('READING', 'APPLYING')`, { runId })
    .execute();
  return affected === 1;
}

/** Imports whose file is older than is kept, marked as without it. @returns their ids. */
export async function expireUploads(tx: Tx, before: Date, now: Date, why: Sentence): Promise<string[]> {
  const [rows] = await tx.query<[{ id: string }[], number]>(
    `UPDATE course_import SET has_upload = false, updated_at = $2,
            failure = CASE WHEN state IN ('UPLOADED', 'READING', 'READY') THEN $3::jsonb ELSE failure END,
            state = CASE WHEN state IN ('UPLOADED', 'READING', 'READY') THEN 'CANCELED' ELSE state END
      WHERE has_upload AND created_at < $1 AND state <> 'APPLYING' RETURNING id`,
    [before, now, JSON.stringify(why)],
  );
  return rows.map(({ id }) => id);
}

/** Of these ids, those that are no import. */
export async function withoutImport(tx: Tx, ids: readonly string[]): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT id FROM unnest($1::uuid[]) AS kept (id)
      WHERE NOT EXISTS (SELECT 1 FROM course_import WHERE course_import.id = kept.id)`,
    [ids],
  );
  return rows.map(({ id }) => id);
}

/** Hash of the newest version of each question of a bank, by key. */
export async function findBankHashes(
  tx: Tx,
  courseId: string,
  keys: readonly string[],
): Promise<Map<string, string>> {
  const rows: { key: string; hash: string }[] = await tx.query(
    `SELECT DISTINCT ON (question.id) question.key, version.content_hash AS hash
       FROM question JOIN question_version version ON version.question_id = question.id
      WHERE question.course_id = $1 AND question.key = ANY($2) ORDER BY question.id, version.number DESC`,
    [courseId, keys],
  );
  return new Map(rows.map(({ key, hash }) => [key, hash]));
}
