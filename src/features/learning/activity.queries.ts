import type { Tx } from '../../platform/database/database.js';
import { ActivitySubmission } from './activity-submission.entity.js';

/** The newest submission of an activity in an enrollment, whose row the caller holds. */
export async function findNewestSubmission(
  tx: Tx,
  enrollmentId: string,
  lessonKey: string,
): Promise<ActivitySubmission | null> {
  return tx.findOne(ActivitySubmission, { where: { enrollmentId, lessonKey }, order: { number: 'DESC' } });
}

/**
 * What a person handed in or drafted for each of these lessons in their newest enrollment, newest first, whichever version it was
 * done in.
 */
export async function findOwnSubmissions(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, ActivitySubmission[]>> {
  const rows: { lessonId: string; id: string }[] = await tx.query(
    `SELECT lesson.id AS "lessonId", submission.id
       FROM lesson JOIN course_version version ON version.id = lesson.version_id
       CROSS JOIN LATERAL (SELECT id FROM enrollment WHERE course_id = version.course_id AND person_id = $1
                            ORDER BY cycle DESC LIMIT 1) AS newest
       JOIN activity_submission submission
         ON submission.enrollment_id = newest.id AND submission.lesson_key = lesson.key
      WHERE lesson.id = ANY($2) ORDER BY submission.number DESC`,
    [personId, lessonIds],
  );
  const submissions =
    rows.length === 0
      ? []
      : await findSubmissions(
          tx,
          rows.map(({ id }) => id),
        );
  const byId = new Map(submissions.map((each) => [each.id, each]));
  const found = new Map<string, ActivitySubmission[]>(lessonIds.map((id) => [id, []]));
  for (const { lessonId, id } of rows) found.get(lessonId)!.push(byId.get(id)!);
  return found;
}

const findSubmissions = (tx: Tx, ids: readonly string[]): Promise<ActivitySubmission[]> =>
  tx
    .createQueryBuilder(ActivitySubmission, 'submission')
    .where('submission.id = ANY(:ids)', { ids: [...ids] })
    .getMany();

/** Whose queue: a trainer's own courses, or every course. */
export type QueueOf = { personId: string } | 'EVERYBODY';

/**
 * What waits for a decision, what was handed in first coming first.
 * @param afterKey of {@link queueKey}
 */
export async function findWaiting(
  tx: Tx,
  of: QueueOf,
  afterKey: string | null,
  limit: number,
): Promise<ActivitySubmission[]> {
  const [submittedAt, id] = afterKey?.split(' ') ?? [null, null];
  const query = tx
    .createQueryBuilder(ActivitySubmission, 'submission')
    .where(`submission.state = 'SUBMITTED'`)
    .orderBy('submission.submittedAt')
    .addOrderBy('submission.id')
    .limit(limit);
  if (submittedAt)
    query.andWhere('(submission.submitted_at, submission.id) > (:submittedAt::timestamptz, :id::uuid)', {
      submittedAt,
      id,
    });
  if (of !== 'EVERYBODY')
    query.andWhere(
      `EXISTS (SELECT 1 FROM enrollment JOIN course_trainer trainer USING (course_id)
                WHERE enrollment.id = submission.enrollment_id AND trainer.person_id = :personId
                  AND trainer.role IN ('AUTHOR', 'EDITOR'))`,
      of,
    );
  return query.getMany();
}

/** What the queue is ordered by. */
export const queueKey = ({ submittedAt, id }: ActivitySubmission): string =>
  `${submittedAt!.toISOString()} ${id}`;

/** How many wait, of one trainer's courses or of all. */
export async function countWaiting(tx: Tx, of: QueueOf): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>(
    `SELECT count(*)::int AS count FROM activity_submission submission
      WHERE state = 'SUBMITTED' AND ($1::uuid IS NULL OR EXISTS (
        SELECT 1 FROM enrollment JOIN course_trainer trainer USING (course_id)
         WHERE enrollment.id = submission.enrollment_id AND trainer.person_id = $1
           AND trainer.role IN ('AUTHOR', 'EDITOR')))`,
    [of === 'EVERYBODY' ? null : of.personId],
  );
  return row!.count;
}

/** Whose each enrollment is, and of which course. */
export async function findLearnersOf(
  tx: Tx,
  enrollmentIds: readonly string[],
): Promise<Map<string, { name: string | null; courseId: string }>> {
  const rows: { id: string; name: string | null; courseId: string }[] = await tx.query(
    `SELECT enrollment.id, person.name, course_id AS "courseId"
       FROM enrollment JOIN person ON person.id = enrollment.person_id WHERE enrollment.id = ANY($1)`,
    [enrollmentIds],
  );
  return new Map(rows.map((row) => [row.id, row]));
}
