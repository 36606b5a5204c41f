import type { QuestionContent, QuizContent } from '../../src/features/catalog/course-content.js';
import { aPerson, enroll, readCourse, type BuiltCourse } from './builders.js';
import type { Client } from './client.js';
import {
  draftContent,
  everyKind,
  publish,
  quizCourseContent,
  startAttempt,
  submitAttempt,
} from './quiz.builders.js';
import type { TestApp } from './test-app.js';

type Trainer = Client & { personId: string };
let serial = 0;

/** A reading and two quizzes of two questions each, passed by half of the points. */
export async function aTwoQuizCourse(
  app: TestApp,
  trainer: Trainer,
  quiz: Partial<QuizContent> = {},
): Promise<BuiltCourse> {
  const slug = `criteria-course-${(serial += 1)}`;
  const questions = ['single', 'truth'].map((key): QuestionContent =>
    everyKind().find((each) => each.key === key)!,
  );
  const content = quizCourseContent({ passPercent: 50, questions, ...quiz });
  const [module] = content.modules;
  const [reading, check] = module!.lessons;
  module!.lessons = [
    reading!,
    { ...check!, key: 'one', title: { en: 'Quiz one', fr: 'Quiz un' } },
    { ...check!, key: 'two', title: { en: 'Quiz two', fr: 'Quiz deux' } },
  ];
  const versionId = await draftContent(app, trainer, slug, content);
  const { userErrors } = await publish(trainer, versionId);
  if (userErrors.length > 0) throw new Error(JSON.stringify(userErrors));
  return readCourse(trainer, slug);
}

export const lessonIdOf = (course: BuiltCourse, key: string): string =>
  course.lessons.find((lesson) => lesson.key === key)!.id;

/** All that a learner may read of where they stand. */
export const STANDING = `query ($slug: String!) { course(slug: $slug) { enrollment { id state nextLesson { key }
  continueAt { lesson { key } } progress { requiredLessons completedLessons minutesLeft
    missing { code lesson { key } minutes have need }
    overall { minimumPercent percent quizzes { lesson { key quizStanding { attemptsLeft refusal } } percent mayRise } } }
  completion { id criteriaVersion occurredAt evaluatedAt } } } }`;

/** Somebody who takes the course. */
export async function aLearnerOf(app: TestApp, course: BuiltCourse) {
  const learner = await aPerson(app);
  const enrollmentId = await enroll(learner, course.id);
  const take = async (key: string, points: 1 | 2): Promise<any> => {
    const { attempt } = await startAttempt(learner, enrollmentId, lessonIdOf(course, key));
    return submitAttempt(learner, attempt.id, answersFor(attempt, points));
  };
  const read = (): Promise<any> =>
    learner.mutate(
      'lessonComplete',
      'LessonCompleteInput',
      { enrollmentId, lessonId: lessonIdOf(course, 'reading') },
      'enrollment { state }',
    );
  const standing = async (): Promise<any> =>
    (await learner.ask(STANDING, { slug: course.slug })).course.enrollment;
  /** The reading, and both quizzes with so many points of two. */
  const doAll = async (one: 1 | 2, two: 1 | 2): Promise<void> => {
    await read();
    await take('one', one);
    await take('two', two);
  };
  return { learner, enrollmentId, take, read, standing, doAll };
}

/** Answers that are worth so many points of two. */
export const answersFor = (attempt: any, points: 1 | 2): object[] =>
  attempt.questions.map(({ id, kind }: any) => ({
    questionId: id,
    optionIds: [kind === 'TRUE_FALSE' ? 'true' : points === 2 ? 'b' : 'a'],
  }));

export const CRITERIA = `completionCriteria { version overallMinimumPercent reason decidedAt decidedBy { name }
  reevaluation { learnersFound learnersDone learnersCompleted finishedAt } }`;

export const readCriteria = async (who: Client, { slug }: BuiltCourse): Promise<any[]> =>
  (await who.ask(`query ($slug: String!) { course(slug: $slug) { ${CRITERIA} } }`, { slug })).course
    .completionCriteria;

/** Asks for an overall minimum; null for none. */
export const changeCriteria = (
  who: Client,
  { id }: BuiltCourse,
  overallMinimumPercent: number | null,
  { expectedVersion = 1, reason = 'The badge should say more.' } = {},
): Promise<any> =>
  who.mutate(
    'completionCriteriaChange',
    'CompletionCriteriaChangeInput',
    { courseId: id, overallMinimumPercent, expectedVersion, reason },
    `course { ${CRITERIA} }`,
  );

/** So many others who did what a learner did. */
export async function copyLearner(app: TestApp, enrollmentId: string, count: number): Promise<void> {
  await app.sql(
    `WITH people AS (
       INSERT INTO person SELECT (jsonb_populate_record(person, jsonb_build_object('id', gen_random_uuid(),
           'email', gen_random_uuid() || '@example.org'))).*
         FROM enrollment JOIN person ON person.id = person_id, generate_series(1, $2::int) WHERE enrollment.id = $1 RETURNING id),
     copies AS (
       INSERT INTO enrollment SELECT (jsonb_populate_record(enrollment, jsonb_build_object('id', gen_random_uuid(),
           'person_id', people.id))).*
         FROM enrollment, people WHERE enrollment.id = $1 RETURNING id),
     done AS (
       INSERT INTO lesson_completion SELECT (jsonb_populate_record(done, jsonb_build_object('enrollment_id', copies.id))).*
         FROM lesson_completion done, copies WHERE done.enrollment_id = $1)
     INSERT INTO quiz_attempt SELECT (jsonb_populate_record(attempt, jsonb_build_object('id', gen_random_uuid(),
         'enrollment_id', copies.id))).*
       FROM quiz_attempt attempt, copies WHERE attempt.enrollment_id = $1`,
    [enrollmentId, count],
  );
}
