import type { Tx } from '../../platform/database/database.js';
import { Prepared } from '../../platform/database/prepared.js';
import { QuestionVersion } from '../catalog/question.entity.js';
import type { Enrollment } from '../enrollment/enrollment.entity.js';
import { QuizAnswer, QuizAttempt } from './quiz-attempt.entity.js';
import type { DrawableQuestion } from './quiz-paper.rules.js';

/** The questions that a quiz asks or draws from, in order: what a new attempt freezes. */
export async function findQuizQuestions(
  tx: Tx,
  lessonId: string,
): Promise<(DrawableQuestion & { number: number })[]> {
  return tx.query(
    `SELECT version.id, version.question_id AS "questionId", version.number, version.kind, version.options, quiz.pool
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

/**
 * Whether an attempt of one cycle counts in a later one: it does unless, from its cycle on, the course was completed or the quiz
 * passed. Leaving and enrolling again thus gives no new attempts, and who had passed may pass once more.
 */
export const stillCounts = (cycle: string): string => `
  NOT EXISTS (SELECT 1 FROM enrollment done
               WHERE done.person_id = enrollment.person_id AND done.course_id = enrollment.course_id
                 AND done.cycle >= enrollment.cycle AND done.cycle < ${cycle}
                 AND (done.state = 'COMPLETED'
                      OR EXISTS (SELECT 1 FROM lesson_completion passed
                                  WHERE passed.enrollment_id = done.id AND passed.lesson_key = attempt.lesson_key)))`;

/**
 * The attempts at a quiz that its limit, its wait and its grade policy look at in an enrollment, oldest first: also those of earlier
 * cycles that were left or expired since the learner last completed the course or passed the quiz. Those that a reversal
 * set aside are among them, and say so.
 */
export async function findCountedAttempts(
  tx: Tx,
  { personId, courseId, cycle }: Pick<Enrollment, 'personId' | 'courseId' | 'cycle'>,
  lessonKey: string,
): Promise<QuizAttempt[]> {
  return tx
    .createQueryBuilder(QuizAttempt, 'attempt')
    .innerJoin('enrollment', 'enrollment', 'enrollment.id = attempt.enrollment_id')
    .where('enrollment.person_id = :personId AND enrollment.course_id = :courseId', { personId, courseId })
    .andWhere('enrollment.cycle <= :cycle AND attempt.lesson_key = :lessonKey', { cycle, lessonKey })
    .andWhere(stillCounts(':cycle'))
    .orderBy('enrollment.cycle')
    .addOrderBy('attempt.number')
    .getMany();
}

/** The attempts at a quiz that count for somebody now. */
export interface CountedAttempts {
  /** Oldest first. */
  attempts: QuizAttempt[];
  /** Whether one of them can go on: it is in progress, in the newest enrollment. */
  isOpen: boolean;
}

/**
 * What {@link findCountedAttempts} gives for a person's newest enrollment in the course of each of these quizzes, in whichever
 * version they made the attempts.
 */
export async function findOwnAttempts(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, CountedAttempts>> {
  const rows = await ownAttempts(tx, personId, lessonIds)
    .addSelect('lesson.id', 'asked_lesson_id')
    .addSelect(`enrollment.cycle = ${NEWEST_CYCLE}`, 'is_newest')
    .andWhere(stillCounts(NEWEST_CYCLE))
    .orderBy('enrollment.cycle')
    .addOrderBy('attempt.number')
    .getRawAndEntities();
  const byId = new Map(rows.entities.map((attempt) => [attempt.id, attempt]));
  const own = new Map<string, CountedAttempts>(lessonIds.map((id) => [id, { attempts: [], isOpen: false }]));
  for (const row of rows.raw as { asked_lesson_id: string; attempt_id: string; is_newest: boolean }[]) {
    const counted = own.get(row.asked_lesson_id)!;
    const attempt = byId.get(row.attempt_id)!;
    counted.attempts.push(attempt);
    counted.isOpen ||= row.is_newest && attempt.state === 'IN_PROGRESS';
  }
  return own;
}

/** A person's newest attempt at each of these quizzes in their newest enrollment in its course. */
export async function findLastAttempts(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, QuizAttempt>> {
  const rows = await ownAttempts(tx, personId, lessonIds)
    .addSelect('lesson.id', 'asked_lesson_id')
    .andWhere(`enrollment.cycle = ${NEWEST_CYCLE}`)
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

/** Of the person and the course of `enrollment`. */
const NEWEST_CYCLE = `(SELECT max(newest.cycle) FROM enrollment newest
  WHERE newest.person_id = enrollment.person_id AND newest.course_id = enrollment.course_id)`;

/** A person's attempts at quizzes, in each of their enrollments. */
function ownAttempts(tx: Tx, personId: string, lessonIds: readonly string[]) {
  return tx
    .createQueryBuilder(QuizAttempt, 'attempt')
    .innerJoin('enrollment', 'enrollment', 'enrollment.id = attempt.enrollment_id')
    .innerJoin('course_version', 'version', 'version.course_id = enrollment.course_id')
    .innerJoin('lesson', 'lesson', 'lesson.version_id = version.id AND lesson.key = attempt.lesson_key')
    .where('enrollment.person_id = :personId AND lesson.id = ANY(:lessonIds)', {
      personId,
      lessonIds: [...lessonIds],
    })
    .andWhere('attempt.set_aside_at IS NULL');
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
export async function findExpiredAttempts(
  tx: Tx,
  now: Date,
  limit: number,
): Promise<{ id: string; expiresAt: Date; /** Of this attempt with this end. */ eventId: string }[]> {
  return tx.query(
    `SELECT id, expires_at AS "expiresAt", event_id AS "eventId"
       FROM quiz_attempt
      CROSS JOIN LATERAL (SELECT md5(id::text || extract(epoch FROM expires_at)::text)::uuid AS event_id) told
      WHERE state = 'IN_PROGRESS' AND expires_at < $1
        AND NOT EXISTS (SELECT 1 FROM outbox_event WHERE outbox_event.id = event_id)
      ORDER BY expires_at LIMIT $2`,
    [now, limit],
  );
}

const GRADE = new Prepared<{ wasDone: boolean }>(
  'quiz-attempt-grade',
  `UPDATE quiz_attempt SET state = $2, submitted_at = $3, score = $4, passed = $5 WHERE id = $1
   RETURNING EXISTS (SELECT FROM lesson_completion done WHERE done.enrollment_id = quiz_attempt.enrollment_id
                        AND done.lesson_key = quiz_attempt.lesson_key) AS "wasDone"`,
);

/** Ends an attempt with its grade. @returns whether the quiz was passed before, by another attempt. */
export async function saveGrade(
  tx: Tx,
  attemptId: string,
  { state, submittedAt, score, passed }: Pick<QuizAttempt, 'state' | 'submittedAt' | 'score' | 'passed'>,
): Promise<boolean> {
  const [row] = await GRADE.rows(tx, [attemptId, state, submittedAt, score, passed]);
  return row!.wasDone;
}
