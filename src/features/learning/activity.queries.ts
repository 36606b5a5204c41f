import type { Tx } from '../../platform/database/database.js';
import { ActivitySubmission } from './activity-submission.entity.js';

/** The newest submission of an activity in an enrollment, whose row the caller holds: of those that count, else of those set aside. */
export async function findNewestSubmission(
  tx: Tx,
  enrollmentId: string,
  lessonKey: string,
): Promise<ActivitySubmission | null> {
  return tx.findOne(ActivitySubmission, {
    where: { enrollmentId, lessonKey },
    order: { setAsideAt: { direction: 'DESC', nulls: 'FIRST' }, number: 'DESC' },
  });
}

/** The number of the next turn at an activity. */
export async function nextTurn(tx: Tx, enrollmentId: string, lessonKey: string): Promise<number> {
  return ((await tx.maximum(ActivitySubmission, 'number', { enrollmentId, lessonKey })) ?? 0) + 1;
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
      WHERE lesson.id = ANY($2) ORDER BY submission.set_aside_at IS NULL DESC, submission.number DESC`,
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

/** A submission that waits, of a learner who did not leave: what was handed in before the time was over is still decided; `$1` is whose courses, null for all. */
const WAITING = `
  FROM activity_submission submission JOIN enrollment ON enrollment.id = submission.enrollment_id
 WHERE submission.state = 'SUBMITTED' AND submission.set_aside_at IS NULL AND enrollment.state <> 'WITHDRAWN'
   AND ($1::uuid IS NULL OR EXISTS (
     SELECT 1 FROM course_trainer trainer WHERE trainer.course_id = enrollment.course_id
        AND trainer.person_id = $1 AND trainer.role IN ('AUTHOR', 'EDITOR')))`;

const personOf = (of: QueueOf): string | null => (of === 'EVERYBODY' ? null : of.personId);

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
  const rows = await tx.query<{ id: string }[]>(
    `SELECT submission.id ${WAITING}
       AND ($2::timestamptz IS NULL OR (submission.submitted_at, submission.id) > ($2, $3::uuid))
     ORDER BY submission.submitted_at, submission.id LIMIT $4`,
    [personOf(of), submittedAt, id, limit],
  );
  const ids = rows.map((row) => row.id);
  const found = ids.length === 0 ? [] : await findSubmissions(tx, ids);
  return found.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}

/** What the queue is ordered by. */
export const queueKey = ({ submittedAt, id }: ActivitySubmission): string =>
  `${submittedAt!.toISOString()} ${id}`;

/** How many wait, of one trainer's courses or of all. */
export async function countWaiting(tx: Tx, of: QueueOf): Promise<number> {
  const [row] = await tx.query<{ count: number }[]>(`SELECT count(*)::int AS count ${WAITING}`, [
    personOf(of),
  ]);
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
