import type { Tx } from '../../platform/database/database.js';
import { ActivityFile, ActivitySubmissionFile } from './activity-file.entity.js';

/** The files of each of these submissions, in the order in which they were first added. */
export async function findFilesOf(
  tx: Tx,
  submissionIds: readonly string[],
): Promise<Map<string, ActivityFile[]>> {
  const found = new Map<string, ActivityFile[]>(submissionIds.map((id) => [id, []]));
  const rows: (ActivityFile & { submissionId: string })[] = await tx.query(
    `SELECT link.submission_id AS "submissionId", file.id, file.name, file.sha256, file.media_type AS "mediaType", file.bytes
       FROM activity_submission_file link JOIN activity_file file ON file.id = link.file_id
      WHERE link.submission_id = ANY($1) ORDER BY file.id`,
    [submissionIds],
  );
  for (const { submissionId, ...file } of rows) found.get(submissionId)!.push(tx.create(ActivityFile, file));
  return found;
}

export async function countFiles(tx: Tx, submissionId: string): Promise<number> {
  return tx.countBy(ActivitySubmissionFile, { submissionId });
}

/** Lets the next turn begin with the files of the one that was returned. */
export async function copyFiles(tx: Tx, from: string, to: string): Promise<void> {
  await tx.query(
    `INSERT INTO activity_submission_file (submission_id, file_id)
     SELECT $2, file_id FROM activity_submission_file WHERE submission_id = $1`,
    [from, to],
  );
}

/**
 * Takes a file out of a submission, and away altogether when no other turn has it.
 * @returns whether nothing has it any more, so that what is in it can go too.
 */
export async function unlinkFile(tx: Tx, link: { submissionId: string; fileId: string }): Promise<boolean> {
  const { affected } = await tx.delete(ActivitySubmissionFile, link);
  if (!affected || (await tx.existsBy(ActivitySubmissionFile, { fileId: link.fileId }))) return false;
  await tx.delete(ActivityFile, { id: link.fileId });
  return true;
}

/** A file with what decides who may read it. */
export interface FileFacts {
  file: ActivityFile;
  personId: string;
  courseId: string;
  /** In any turn: a draft is seen by the learner alone. */
  isHandedIn: boolean;
}

export async function findFileFacts(tx: Tx, id: string): Promise<FileFacts | null> {
  const file = await tx.findOneBy(ActivityFile, { id });
  if (!file) return null;
  const [facts] = await tx.query<Omit<FileFacts, 'file'>[]>(
    `SELECT person_id AS "personId", course_id AS "courseId",
            EXISTS (SELECT 1 FROM activity_submission_file link
                      JOIN activity_submission submission ON submission.id = link.submission_id
                     WHERE link.file_id = $1 AND submission.state <> 'DRAFT') AS "isHandedIn"
       FROM enrollment WHERE id = $2`,
    [id, file.enrollmentId],
  );
  return { file, ...facts! };
}
