import type { Tx } from '../../platform/database/database.js';
import { QuizAllowance } from './quiz-allowance.entity.js';

/** What a learner was given in a quiz last, if anything. */
export async function findAllowance(
  tx: Tx,
  enrollmentId: string,
  lessonKey: string,
): Promise<QuizAllowance | null> {
  return tx.findOne(QuizAllowance, { where: { enrollmentId, lessonKey }, order: { id: 'DESC' } });
}

/** All that the learner of an enrollment was given, and what was taken back, by the key of the quiz; the newest first. */
export async function findAllowancesOf(tx: Tx, enrollmentId: string): Promise<Map<string, QuizAllowance[]>> {
  const rows = await tx.find(QuizAllowance, { where: { enrollmentId }, order: { id: 'DESC' } });
  const byQuiz = new Map<string, QuizAllowance[]>();
  for (const row of rows) byQuiz.set(row.lessonKey, [...(byQuiz.get(row.lessonKey) ?? []), row]);
  return byQuiz;
}

/** What a person was given last in each of these quizzes, in their newest enrollment in its course. */
export async function findOwnAllowances(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, QuizAllowance>> {
  const { raw, entities } = await tx
    .createQueryBuilder(QuizAllowance, 'allowance')
    .innerJoin('enrollment', 'enrollment', 'enrollment.id = allowance.enrollment_id')
    .innerJoin('course_version', 'version', 'version.course_id = enrollment.course_id')
    .innerJoin('lesson', 'lesson', 'lesson.version_id = version.id AND lesson.key = allowance.lesson_key')
    .addSelect('lesson.id', 'asked_lesson_id')
    .distinctOn(['lesson.id'])
    .where('enrollment.person_id = :personId AND lesson.id = ANY(:lessonIds)', {
      personId,
      lessonIds: [...lessonIds],
    })
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM enrollment newer WHERE newer.person_id = enrollment.person_id
                      AND newer.course_id = enrollment.course_id AND newer.cycle > enrollment.cycle)`,
    )
    .orderBy('lesson.id')
    .addOrderBy('allowance.id', 'DESC')
    .getRawAndEntities<{ asked_lesson_id: string; allowance_id: string }>();
  const byId = new Map(entities.map((allowance) => [allowance.id, allowance]));
  return new Map(raw.map((row) => [row.asked_lesson_id, byId.get(row.allowance_id)!]));
}

/** What was given in each of these quizzes, in any version of its course and to whoever takes it now: the last of each, newest first. */
export async function findAllowancesGiven(
  tx: Tx,
  lessonIds: readonly string[],
): Promise<Map<string, QuizAllowance[]>> {
  const rows: { lessonId: string; id: string }[] = await tx.query(
    `SELECT lesson.id AS "lessonId", newest.id
       FROM lesson JOIN course_version version ON version.id = lesson.version_id
       JOIN enrollment ON enrollment.course_id = version.course_id AND enrollment.state = 'ACTIVE'
       JOIN LATERAL (SELECT * FROM quiz_allowance allowance WHERE allowance.enrollment_id = enrollment.id
                        AND allowance.lesson_key = lesson.key ORDER BY id DESC LIMIT 1) newest ON true
      WHERE lesson.id = ANY($1)
        AND (newest.extra_minutes > 0 OR newest.extra_attempts > 0 OR newest.closes_at IS NOT NULL)
      ORDER BY newest.id DESC`,
    [lessonIds],
  );
  const allowances = await tx
    .createQueryBuilder(QuizAllowance, 'allowance')
    .where('allowance.id = ANY(:ids)', { ids: rows.map(({ id }) => id) })
    .getMany();
  const byId = new Map(allowances.map((allowance) => [allowance.id, allowance]));
  const given = new Map<string, QuizAllowance[]>(lessonIds.map((id) => [id, []]));
  for (const { lessonId, id } of rows) given.get(lessonId)!.push(byId.get(id)!);
  return given;
}

/**
 * Moves the close that a learner's attempts at a quiz were made under. While they may still try, what is right stays hidden in
 * their earlier attempts too.
 */
export async function moveCloseOfAttempts(
  tx: Tx,
  { enrollmentId, lessonKey }: { enrollmentId: string; lessonKey: string },
  closesAt: Date,
): Promise<void> {
  await tx.query(
    `UPDATE quiz_attempt SET settings = settings || jsonb_build_object('closesAt', $3::text)
      WHERE enrollment_id = $1 AND lesson_key = $2 AND (settings->>'closesAt')::timestamptz < $3::timestamptz`,
    [enrollmentId, lessonKey, closesAt.toISOString()],
  );
}

/** The people whose enrollments these are. */
export async function findLearners(tx: Tx, enrollmentIds: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; personId: string }[] = await tx.query(
    `SELECT id, person_id AS "personId" FROM enrollment WHERE id = ANY($1)`,
    [enrollmentIds],
  );
  return new Map(rows.map(({ id, personId }) => [id, personId]));
}
