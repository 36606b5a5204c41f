import type { Tx } from '../../platform/database/database.js';
import type { QuizSettings } from '../catalog/course-content.js';
import { PracticeAnswer } from './practice.entity.js';

/** A question as one graded attempt asked it. */
export interface QuizAsked {
  questionId: string;
  attemptId: string;
  at: Date;
  /** Millionths of a point; nothing for no answer. */
  score: number;
  /** As they were for the attempt. */
  settings: Pick<QuizSettings, 'showAnswers' | 'closesAt'>;
  /** Whether the quiz was passed, in this attempt or another of the enrollment. */
  isPassed: boolean;
}

/** Every question of every graded attempt of a person. */
export async function findQuizAsked(tx: Tx, personId: string): Promise<QuizAsked[]> {
  return tx.query(
    `SELECT asked->>'questionId' AS "questionId", attempt.id AS "attemptId", attempt.submitted_at AS at,
            COALESCE(answer.score, 0) AS score,
            jsonb_build_object('showAnswers', attempt.settings->'showAnswers', 'closesAt', attempt.settings->'closesAt')
              AS settings,
            bool_or(attempt.passed) OVER (PARTITION BY attempt.enrollment_id, attempt.lesson_key) AS "isPassed"
       FROM enrollment
       JOIN quiz_attempt attempt ON attempt.enrollment_id = enrollment.id AND attempt.state = 'GRADED'
      CROSS JOIN jsonb_array_elements(attempt.paper) asked
       LEFT JOIN quiz_answer answer ON answer.attempt_id = attempt.id
             AND answer.question_version_id = (asked->>'questionVersionId')::uuid
      WHERE enrollment.person_id = $1`,
    [personId],
  );
}

/** SQL: whether a published version of a course asks this version of a question, or attempts were graded anew by it. */
const isAsked = (versionId: string): string => `(
  EXISTS (SELECT 1 FROM quiz_question use JOIN lesson ON lesson.id = use.lesson_id
            JOIN course_version ON course_version.id = lesson.version_id
           WHERE use.question_version_id = ${versionId} AND course_version.published_at IS NOT NULL)
  OR EXISTS (SELECT 1 FROM quiz_regrade WHERE quiz_regrade.question_version_id = ${versionId}))`;

/** Where a learner meets a question in the version of the course that they follow, and the version of it that is asked. */
export interface QuestionPlace {
  questionId: string;
  courseId: string;
  /** Of the course, as the learner follows it. */
  versionId: string;
  lessonId: string;
  /** The newest that a published version asks, or that attempts were graded anew by: what was mended is asked as mended. */
  questionVersionId: string;
}

/**
 * The places of questions in the quizzes that a person follows, each question once. One that the version they follow no longer
 * asks is not there, and nothing of a course that they left or whose time is over.
 */
export async function findPlaces(
  tx: Tx,
  personId: string,
  questionIds: readonly string[],
): Promise<QuestionPlace[]> {
  return tx.query(
    `SELECT DISTINCT ON (asked.question_id) asked.question_id AS "questionId", followed.course_id AS "courseId",
            followed.version_id AS "versionId", lesson.id AS "lessonId", newest.id AS "questionVersionId"
       FROM (SELECT DISTINCT ON (course_id) course_id, version_id, state FROM enrollment
              WHERE person_id = $1 ORDER BY course_id, cycle DESC) followed
       JOIN lesson ON lesson.version_id = followed.version_id AND followed.state IN ('ACTIVE', 'COMPLETED')
       JOIN quiz_question quiz ON quiz.lesson_id = lesson.id
       JOIN question_version asked ON asked.id = quiz.question_version_id AND asked.question_id = ANY($2)
      CROSS JOIN LATERAL (
            SELECT version.id FROM question_version version
             WHERE version.question_id = asked.question_id
               AND ${isAsked('version.id')}
             ORDER BY version.number DESC LIMIT 1) newest
      ORDER BY asked.question_id, lesson.position`,
    [personId, questionIds],
  );
}

/** An answer when going over a question. */
export interface PracticeGiven {
  questionId: string;
  id: string;
  at: Date;
  score: number;
}

export async function findPracticeGiven(tx: Tx, personId: string): Promise<PracticeGiven[]> {
  return tx.query(
    `SELECT version.question_id AS "questionId", answer.id, answer.answered_at AS at, answer.score
       FROM practice_answer answer JOIN question_version version ON version.id = answer.question_version_id
      WHERE answer.person_id = $1`,
    [personId],
  );
}

/** What a person left out: ids of questions and of courses. */
export async function findStops(tx: Tx, personId: string): Promise<Set<string>> {
  const rows: { id: string }[] = await tx.query(
    `SELECT question_id AS id FROM practice_question_stop WHERE person_id = $1
      UNION ALL SELECT course_id FROM practice_course_stop WHERE person_id = $1`,
    [personId],
  );
  return new Set(rows.map(({ id }) => id));
}

/** Keeps an answer; one that is kept already stays as it is. */
export async function insertPracticeAnswer(tx: Tx, answer: PracticeAnswer): Promise<void> {
  await tx.createQueryBuilder().insert().into(PracticeAnswer).values(answer).orIgnore().execute();
}

/** Whether a version of a question is one that learners are asked. */
export async function isAskedAnywhere(tx: Tx, questionVersionId: string): Promise<boolean> {
  const rows: { isAsked: boolean }[] = await tx.query(`SELECT ${isAsked('$1::uuid')} AS "isAsked"`, [
    questionVersionId,
  ]);
  return rows[0]!.isAsked;
}
