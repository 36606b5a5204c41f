import type { Tx } from '../../platform/database/database.js';
import { QuestionVersion } from '../catalog/question.entity.js';
import { QuizAnswer, QuizAttempt } from './quiz-attempt.entity.js';
import type { DrawableQuestion } from './quiz-paper.rules.js';

/** The questions that a quiz asks or draws from, in order: what a new attempt freezes. */
export async function findQuizQuestions(tx: Tx, lessonId: string): Promise<DrawableQuestion[]> {
  return tx.query(
    `SELECT version.id, version.question_id AS "questionId", version.kind, version.options, quiz.pool
       FROM quiz_question quiz JOIN question_version version ON version.id = quiz.question_version_id
      WHERE quiz.lesson_id = $1 ORDER BY quiz.position`,
    [lessonId],
  );
}

/** How often a learner's attempts at a quiz, in any enrollment in its course, asked each question, by its id. */
export async function countTimesAsked(
  tx: Tx,
  { personId, courseId }: { personId: string; courseId: string },
  lessonKey: string,
): Promise<Map<string, number>> {
  const rows: { id: string; times: number }[] = await tx.query(
    `SELECT asked->>'questionId' AS id, count(*)::int AS times
       FROM enrollment JOIN quiz_attempt attempt ON attempt.enrollment_id = enrollment.id AND attempt.lesson_key = $3
      CROSS JOIN jsonb_array_elements(attempt.paper) asked
      WHERE enrollment.person_id = $1 AND enrollment.course_id = $2 GROUP BY 1`,
    [personId, courseId, lessonKey],
  );
  return new Map(rows.map(({ id, times }) => [id, times]));
}

export async function findQuestionVersions(
  tx: Tx,
  ids: readonly string[],
): Promise<Map<string, QuestionVersion>> {
  const rows = await tx
    .createQueryBuilder(QuestionVersion, 'version')
    .where('version.id = ANY(:ids)', { ids: [...ids] })
    .getMany();
  return new Map(rows.map((row) => [row.id, row]));
}

/** Every attempt at a quiz, oldest first, those set aside included. */
export async function findAttempts(tx: Tx, enrollmentId: string, lessonKey: string): Promise<QuizAttempt[]> {
  return tx.find(QuizAttempt, { where: { enrollmentId, lessonKey }, order: { number: 'ASC' } });
}

/**
 * A person's attempts at each of these quizzes, oldest first, in their newest enrollment in its course and in whichever
 * version they made them. Those set aside by a reversal are none of them.
 */
export async function findOwnAttempts(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, QuizAttempt[]>> {
  const rows = await ownAttempts(tx, personId, lessonIds)
    .addSelect('lesson.id', 'asked_lesson_id')
    .orderBy('attempt.number')
    .getRawAndEntities<{ asked_lesson_id: string }>();
  const byId = new Map(rows.entities.map((attempt) => [attempt.id, attempt]));
  const attempts = new Map<string, QuizAttempt[]>(lessonIds.map((id) => [id, []]));
  for (const row of rows.raw as { asked_lesson_id: string; attempt_id: string }[])
    attempts.get(row.asked_lesson_id)!.push(byId.get(row.attempt_id)!);
  return attempts;
}

/** The newest of {@link findOwnAttempts} of each quiz. */
export async function findLastAttempts(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, QuizAttempt>> {
  const rows = await ownAttempts(tx, personId, lessonIds)
    .addSelect('lesson.id', 'asked_lesson_id')
    .distinctOn(['lesson.id'])
    .orderBy('lesson.id')
    .addOrderBy('attempt.number', 'DESC')
    .getRawAndEntities<{ asked_lesson_id: string }>();
  const byId = new Map(rows.entities.map((attempt) => [attempt.id, attempt]));
  return new Map(
    (rows.raw as { asked_lesson_id: string; attempt_id: string }[]).map((row) => [
      row.asked_lesson_id,
      byId.get(row.attempt_id)!,
    ]),
  );
}

function ownAttempts(tx: Tx, personId: string, lessonIds: readonly string[]) {
  return tx
    .createQueryBuilder(QuizAttempt, 'attempt')
    .innerJoin('enrollment', 'enrollment', 'enrollment.id = attempt.enrollment_id')
    .innerJoin('course_version', 'version', 'version.course_id = enrollment.course_id')
    .innerJoin('lesson', 'lesson', 'lesson.version_id = version.id AND lesson.key = attempt.lesson_key')
    .where(
      'enrollment.person_id = :personId AND lesson.id = ANY(:lessonIds) AND attempt.set_aside_at IS NULL',
      {
        personId,
        lessonIds: [...lessonIds],
      },
    )
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM enrollment newer WHERE newer.person_id = enrollment.person_id
                      AND newer.course_id = enrollment.course_id AND newer.cycle > enrollment.cycle)`,
    );
}

/** Which of these attempts are at a quiz that their learner has passed, in one of their attempts at it. */
export async function findPassedElsewhere(tx: Tx, attemptIds: readonly string[]): Promise<Map<string, true>> {
  const rows: { id: string }[] = await tx.query(
    `SELECT attempt.id FROM quiz_attempt attempt WHERE attempt.id = ANY($1)
        AND EXISTS (SELECT 1 FROM quiz_attempt other WHERE other.enrollment_id = attempt.enrollment_id
                       AND other.lesson_key = attempt.lesson_key AND other.passed AND other.set_aside_at IS NULL)`,
    [attemptIds],
  );
  return new Map(rows.map(({ id }) => [id, true]));
}

export async function findAnswers(tx: Tx, attemptIds: readonly string[]): Promise<Map<string, QuizAnswer[]>> {
  const rows = await tx
    .createQueryBuilder(QuizAnswer, 'answer')
    .where('answer.attempt_id = ANY(:ids)', { ids: [...attemptIds] })
    .getMany();
  const answers = new Map<string, QuizAnswer[]>(attemptIds.map((id) => [id, []]));
  for (const row of rows) answers.get(row.attemptId)!.push(row);
  return answers;
}

/** Saves answers, each in place of the one before, in one statement. */
export async function saveAnswers(
  tx: Tx,
  attemptId: string,
  answers: readonly Pick<QuizAnswer, 'questionVersionId' | 'optionKeys' | 'text' | 'pairs'>[],
  savedAt: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO quiz_answer (attempt_id, question_version_id, option_keys, text, pairs, saved_at)
     SELECT $1, answer.id, ARRAY(SELECT jsonb_array_elements_text(answer.keys)), answer.text, answer.pairs, $3
       FROM jsonb_to_recordset($2::jsonb) AS answer (id uuid, keys jsonb, text text, pairs jsonb)
     ON CONFLICT (attempt_id, question_version_id)
     DO UPDATE SET option_keys = excluded.option_keys, text = excluded.text, pairs = excluded.pairs,
                   saved_at = excluded.saved_at`,
    [
      attemptId,
      JSON.stringify(
        answers.map(({ questionVersionId, optionKeys, text, pairs }) => ({
          id: questionVersionId,
          keys: optionKeys,
          text,
          pairs,
        })),
      ),
      savedAt,
    ],
  );
}

/** Notes the scores of an attempt's answers, in one statement. */
export async function saveScores(
  tx: Tx,
  attemptId: string,
  scored: readonly { questionVersionId: string; score: number }[],
): Promise<void> {
  await tx.query(
    `UPDATE quiz_answer answer SET score = graded.score
       FROM unnest($2::uuid[], $3::int[]) AS graded (id, score)
      WHERE answer.attempt_id = $1 AND answer.question_version_id = graded.id`,
    [attemptId, scored.map(({ questionVersionId }) => questionVersionId), scored.map(({ score }) => score)],
  );
}

/** Attempts whose grace is past, which nobody was told of yet, longest past first. */
export async function findExpiredAttempts(tx: Tx, now: Date, limit: number): Promise<string[]> {
  const rows: { id: string }[] = await tx.query(
    `SELECT id FROM quiz_attempt attempt WHERE state = 'IN_PROGRESS' AND expires_at < $1
        AND NOT EXISTS (SELECT 1 FROM outbox_event WHERE outbox_event.id = attempt.id)
      ORDER BY expires_at LIMIT $2`,
    [now, limit],
  );
  return rows.map(({ id }) => id);
}
