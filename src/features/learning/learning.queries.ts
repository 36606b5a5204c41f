import type { Tx } from '../../platform/database/database.js';
import { insertIfAbsent } from '../../platform/database/insert-if-absent.js';
import { QuestionVersion } from '../catalog/question.entity.js';
import type { CompletionEvidence } from './completion.rules.js';
import { CourseCompletion } from './course-completion.entity.js';
import { LessonCompletion } from './lesson-completion.entity.js';
import { QuizAnswer, QuizAttempt } from './quiz-attempt.entity.js';

/** Notes that a lesson was done. @returns false when it was done before: sending it twice is the same as once. */
export function insertLessonCompletion(tx: Tx, completion: LessonCompletion): Promise<boolean> {
  return insertIfAbsent(tx, LessonCompletion, completion);
}

/** What was done in these enrollments, in the order it was done. */
export async function findEvidence(
  tx: Tx,
  enrollmentIds: readonly string[],
): Promise<Map<string, CompletionEvidence[]>> {
  const rows: (Omit<CompletionEvidence, 'completedAt'> & { enrollmentId: string; completedAt: Date })[] =
    await tx.query(
      `SELECT enrollment_id AS "enrollmentId", lesson_key AS "lessonKey", lesson_id AS "lessonId",
            completed_at AS "completedAt", attempt_id AS "attemptId"
       FROM lesson_completion WHERE enrollment_id = ANY($1) ORDER BY completed_at, lesson_key`,
      [enrollmentIds],
    );
  const evidence = new Map<string, CompletionEvidence[]>(enrollmentIds.map((id) => [id, []]));
  for (const { enrollmentId, completedAt, ...rest } of rows) {
    evidence.get(enrollmentId)!.push({ ...rest, completedAt: completedAt.toISOString() });
  }
  return evidence;
}

/** Adds the completion fact. @returns false when the enrollment has one: there is one for ever. */
export function insertCourseCompletion(tx: Tx, completion: CourseCompletion): Promise<boolean> {
  return insertIfAbsent(tx, CourseCompletion, completion);
}

export async function findCourseCompletions(
  tx: Tx,
  enrollmentIds: readonly string[],
): Promise<Map<string, CourseCompletion>> {
  const rows = await tx
    .createQueryBuilder(CourseCompletion, 'completion')
    .where('completion.enrollment_id = ANY(:ids)', { ids: [...enrollmentIds] })
    .getMany();
  return new Map(rows.map((row) => [row.enrollmentId, row]));
}

/** When a person completed each of these lessons, in whichever enrollment. */
export async function findCompletionTimes(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, Date>> {
  const rows: { lessonId: string; completedAt: Date }[] = await tx.query(
    `SELECT done.lesson_id AS "lessonId", max(done.completed_at) AS "completedAt"
       FROM lesson_completion done JOIN enrollment ON enrollment.id = done.enrollment_id
      WHERE enrollment.person_id = $1 AND done.lesson_id = ANY($2) GROUP BY done.lesson_id`,
    [personId, lessonIds],
  );
  return new Map(rows.map((row) => [row.lessonId, row.completedAt]));
}

/** A question of a quiz, as its bank has it now: what a new attempt freezes. */
export async function findQuizQuestions(tx: Tx, lessonId: string): Promise<QuestionVersion[]> {
  return tx
    .createQueryBuilder(QuestionVersion, 'version')
    .innerJoin('quiz_question', 'quiz', 'quiz.question_version_id = version.id')
    .where('quiz.lesson_id = :lessonId', { lessonId })
    .orderBy('quiz.position')
    .getMany();
}

/** The version that each of these lessons belongs to. */
export async function findVersionIds(tx: Tx, lessonIds: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; version_id: string }[] = await tx.query(
    `SELECT id, version_id FROM lesson WHERE id = ANY($1)`,
    [lessonIds],
  );
  return new Map(rows.map((row) => [row.id, row.version_id]));
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

/** Attempts at a quiz, oldest first. */
export async function findAttempts(tx: Tx, enrollmentId: string, lessonKey: string): Promise<QuizAttempt[]> {
  return tx.find(QuizAttempt, { where: { enrollmentId, lessonKey }, order: { number: 'ASC' } });
}

/** A person's newest attempt at each of these quizzes, in their newest enrollment in its course. */
export async function findLastAttempts(
  tx: Tx,
  personId: string,
  lessonIds: readonly string[],
): Promise<Map<string, QuizAttempt>> {
  const rows = await tx
    .createQueryBuilder(QuizAttempt, 'attempt')
    .innerJoin('enrollment', 'enrollment', 'enrollment.id = attempt.enrollment_id')
    .where('enrollment.person_id = :personId AND attempt.lesson_id = ANY(:lessonIds)', {
      personId,
      lessonIds: [...lessonIds],
    })
    .andWhere(
      `NOT EXISTS (SELECT 1 FROM enrollment newer WHERE newer.person_id = enrollment.person_id
                      AND newer.course_id = enrollment.course_id AND newer.cycle > enrollment.cycle)`,
    )
    .distinctOn(['attempt.lessonId'])
    .orderBy('attempt.lessonId')
    .addOrderBy('attempt.number', 'DESC')
    .getMany();
  return new Map(rows.map((row) => [row.lessonId, row]));
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
  answers: readonly Pick<QuizAnswer, 'questionVersionId' | 'optionKeys'>[],
  savedAt: Date,
): Promise<void> {
  await tx.query(
    `INSERT INTO quiz_answer (attempt_id, question_version_id, option_keys, saved_at)
     SELECT $1, answer.id, ARRAY(SELECT jsonb_array_elements_text(answer.keys)), $3
       FROM jsonb_to_recordset($2::jsonb) AS answer (id uuid, keys jsonb)
     ON CONFLICT (attempt_id, question_version_id)
     DO UPDATE SET option_keys = excluded.option_keys, saved_at = excluded.saved_at`,
    [
      attemptId,
      JSON.stringify(
        answers.map(({ questionVersionId, optionKeys }) => ({ id: questionVersionId, keys: optionKeys })),
      ),
      savedAt,
    ],
  );
}

/** How many people take something, and how many completed it; somebody may be both. */
export interface LearnerCounts {
  inProgress: number;
  completed: number;
}

/**
 * For each of these versions, the people who take an earlier version of its course, and those who completed one; somebody
 * may be both. Test accounts and people with a role are left out, as in reports. A version that nobody took before is not
 * in the map.
 */
export async function countEarlierLearners(
  tx: Tx,
  versionIds: readonly string[],
): Promise<Map<string, LearnerCounts>> {
  const rows: (LearnerCounts & { versionId: string })[] = await tx.query(
    `SELECT version.id AS "versionId",
            count(DISTINCT person.id) FILTER (WHERE enrollment.state = 'ACTIVE')::int AS "inProgress",
            count(DISTINCT person.id) FILTER (WHERE enrollment.state = 'COMPLETED')::int AS completed
       FROM course_version version
       JOIN course_version earlier ON earlier.course_id = version.course_id AND earlier.number < version.number
       JOIN enrollment ON enrollment.version_id = earlier.id
       JOIN person ON person.id = enrollment.person_id AND NOT person.is_test AND person.roles = '{}'
      WHERE version.id = ANY($1) GROUP BY version.id`,
    [versionIds],
  );
  return new Map(rows.map(({ versionId, ...learners }) => [versionId, learners]));
}

/** For each of these courses, its people by where they are; courses that nobody takes are not in the map. */
export async function countCourseLearners(
  tx: Tx,
  courseIds: readonly string[],
): Promise<Map<string, LearnerCounts>> {
  const rows: (LearnerCounts & { courseId: string })[] = await tx.query(
    `SELECT course_id AS "courseId",
            count(DISTINCT person.id) FILTER (WHERE enrollment.state = 'ACTIVE')::int AS "inProgress",
            count(DISTINCT person.id) FILTER (WHERE enrollment.state = 'COMPLETED')::int AS completed
       FROM enrollment
       JOIN person ON person.id = enrollment.person_id AND NOT person.is_test AND person.roles = '{}'
      WHERE course_id = ANY($1) GROUP BY course_id`,
    [courseIds],
  );
  return new Map(rows.map(({ courseId, ...learners }) => [courseId, learners]));
}
