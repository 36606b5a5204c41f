import type { LessonKind, QuizSettings } from '../catalog/course-content.js';
import {
  averageOf,
  decidingGrades,
  percentOf,
  reaches,
  type Grade,
  type Share,
} from './quiz-result.rules.js';
import { settingsOf } from './quiz-settings.rules.js';

/** A lesson as far as its quiz is graded. */
export interface GradedLesson {
  id: string;
  key: string;
  kind: LessonKind;
  required: boolean;
  quizSettings: Partial<QuizSettings> | null;
}

/** The grade of an attempt that counts. */
export interface AttemptGrade extends Grade {
  attemptId: string;
  lessonKey: string;
  /** RFC 3339, UTC. */
  submittedAt: string;
}

/** Where a learner stands in one graded quiz. */
export interface QuizGrade {
  lessonId: string;
  lessonKey: string;
  /** By the quiz's grade policy, 0 to 100, rounded down to two decimals. Null before the first grade. */
  percent: number | null;
  /** Whether one more attempt may raise it. Not for what has all points, nor where the first attempt alone counts. */
  mayRise: boolean;
  /** The attempts that make the grade: one, or all for an average. */
  attemptIds: string[];
  /** When the last of those was handed in, RFC 3339; null before the first grade. */
  gradedAt: string | null;
}

/** What is reached over all graded quizzes of a course. */
export interface OverallGrade {
  /** 0 to 100, rounded down to two decimals. Null before the first grade. */
  percent: number | null;
  /** In the order of the course. */
  quizzes: QuizGrade[];
  /** Exact, whatever the rounding says. Before the first grade nothing is below. */
  isBelow: (minimumPercent: number) => boolean;
}

/**
 * The overall grade: the average of the quizzes' grades, each quiz weighing the same however many questions it asks. Counted are the
 * quizzes that are required in the learner's version; each grade is by the quiz's own policy in that version (highest, last, first,
 * average), over the attempts that count, as regrades left them. A quiz without a grade is left out: while one is missing the figure
 * is that of the others, and as each must be passed, at the end each is in it. A course without a graded quiz has no overall grade,
 * and no minimum is missed in it.
 * @param grades of the attempts that count, oldest first
 */
export function overallGrade(
  lessons: readonly GradedLesson[],
  grades: readonly AttemptGrade[],
): OverallGrade {
  const graded = lessons
    .filter(({ kind, required }) => kind === 'QUIZ' && required)
    .map((lesson) => gradeOf(lesson, grades));
  const shares = graded.flatMap(({ share }) => share ?? []);
  const overall = shares.length > 0 ? averageOf(shares) : null;
  return {
    percent: overall && percentOf(overall),
    quizzes: graded.map(({ quiz }) => quiz),
    isBelow: (minimumPercent) => overall !== null && !reaches(overall, minimumPercent),
  };
}

function gradeOf(
  { id, key, quizSettings }: GradedLesson,
  grades: readonly AttemptGrade[],
): { quiz: QuizGrade; share: Share | null } {
  const { gradePolicy } = settingsOf({ quizSettings });
  const own = grades.filter(({ lessonKey }) => lessonKey === key);
  const result = decidingGrades(gradePolicy, own);
  const isFull = result !== null && result.share.got === result.share.of;
  const quiz = {
    lessonId: id,
    lessonKey: key,
    percent: result && percentOf(result.share),
    mayRise: result === null || (gradePolicy !== 'FIRST' && !isFull),
    attemptIds: result ? result.grades.map(({ attemptId }) => attemptId) : [],
    gradedAt:
      result &&
      result.grades
        .map(({ submittedAt }) => submittedAt)
        .sort()
        .at(-1)!,
  };
  return { quiz, share: result?.share ?? null };
}
