import {
  overallGrade,
  type AttemptGrade,
  type GradedLesson,
  type OverallGrade,
} from './overall-grade.rules.js';

/** Why a course is not completed yet. */
export const MISSING_CODES = [
  'LESSON_MISSING',
  'QUIZ_NOT_PASSED',
  'ACTIVITY_NOT_ACCEPTED',
  'OVERALL_BELOW_MINIMUM',
] as const;
export type MissingCode = (typeof MISSING_CODES)[number];

/**
 * When a course counts as completed: every required lesson is done, every graded quiz among them by passing it; and where a minimum
 * is set, the {@link overallGrade} reaches it.
 */
export interface Criteria {
  /** From 1, in the course. A completion keeps it. */
  version: number;
  /** 1 to 100; null: none. */
  overallMinimumPercent: number | null;
  /** From when on they are in force; null: from the beginning. */
  since: Date | null;
}

/** What every course begins with, and what courses without an edited version have. */
export const FIRST_CRITERIA: Criteria = { version: 1, overallMinimumPercent: null, since: null };

/** A lesson as the criteria see it. */
export interface LessonFacts extends GradedLesson {
  estimatedMinutes: number;
}

/** What shows that a lesson was done. */
export interface CompletionEvidence {
  lessonKey: string;
  lessonId: string;
  /** RFC 3339, UTC. */
  completedAt: string;
  attemptId: string | null;
  /** Of a graded quiz, where a minimum was to be reached: what counted for it. 0 to 100, rounded down to two decimals. */
  grade?: { percent: number; attemptIds: string[] };
}

/** A learner's work, as far as criteria look at it. */
export interface LearnerWork {
  /** In the order it was done. */
  done: readonly CompletionEvidence[];
  /** Of the attempts that count, oldest first. Read only where a minimum is set. */
  grades: readonly AttemptGrade[];
}

/** Of somebody who is yet to begin. */
export const NO_WORK: LearnerWork = { done: [], grades: [] };

export interface Missing {
  code: MissingCode;
  /** For an overall grade the quiz that may raise it most. */
  lessonId: string;
  /** 0 where what is missing elsewhere may make up for it. */
  minutes: number;
  /** Of an overall grade: what it is and what it must be, in percent. */
  have?: number;
  need?: number;
}

/** Met, with the evidence that met it; or not, with each missing thing. */
export interface CompletionVerdict {
  met: boolean;
  /** Required lessons of the version; the denominator of progress. */
  requiredLessons: number;
  completedLessons: number;
  missing: Missing[];
  minutesLeft: number;
  evidence: CompletionEvidence[];
  /** Null where no minimum is set. */
  overall: (OverallGrade & { minimumPercent: number }) | null;
}

/**
 * Judges a learner's work against criteria: the one place where that is done, for what a learner reads, for the fact, for a preview
 * and for whoever is judged anew. Optional lessons count neither above nor below the line, so progress never exceeds 100 %; work on
 * lessons that the version does not have is ignored. An overall grade below the minimum is told as soon as there is one; its minutes
 * count once all graded quizzes are passed, because until then the others may make up for it.
 */
export function evaluateCompletion(
  { overallMinimumPercent }: Criteria,
  lessons: readonly LessonFacts[],
  { done, grades }: LearnerWork,
): CompletionVerdict {
  const byKey = new Map(done.map((each) => [each.lessonKey, each]));
  const required = lessons.filter((lesson) => lesson.required);
  const undone = required.filter((lesson) => !byKey.has(lesson.key));
  const missing = undone.map((lesson): Missing => ({
    code: missingCode(lesson),
    lessonId: lesson.id,
    minutes: lesson.estimatedMinutes,
  }));
  const overall =
    overallMinimumPercent === null
      ? null
      : { ...overallGrade(required, grades), minimumPercent: overallMinimumPercent };
  if (overall?.isBelow(overall.minimumPercent)) {
    const isOpen = undone.some(({ kind }) => kind === 'QUIZ');
    missing.push(belowMinimum(overall, isOpen ? [] : required));
  }
  const gradeOf = new Map(overall?.quizzes.map((quiz) => [quiz.lessonKey, quiz]));
  return {
    met: required.length > 0 && missing.length === 0,
    requiredLessons: required.length,
    completedLessons: required.length - undone.length,
    missing,
    minutesLeft: missing.reduce((sum, { minutes }) => sum + minutes, 0),
    evidence: required.flatMap(({ key }) => {
      const each = byKey.get(key);
      if (!each) return [];
      const { percent = null, attemptIds = [] } = gradeOf.get(key) ?? {};
      return percent === null ? each : { ...each, grade: { percent, attemptIds } };
    }),
    overall,
  };
}

/** When the last thing that counted was done; null where nothing was. */
export function lastDoneAt({ evidence, overall }: CompletionVerdict): Date | null {
  const instants = [
    ...evidence.map(({ completedAt }) => completedAt),
    ...(overall?.quizzes.flatMap(({ gradedAt }) => gradedAt ?? []) ?? []),
  ].map((instant) => Date.parse(instant));
  return instants.length === 0 ? null : new Date(Math.max(...instants));
}

function belowMinimum(
  { quizzes, percent, minimumPercent }: NonNullable<CompletionVerdict['overall']>,
  timed: readonly LessonFacts[],
): Missing {
  const graded = quizzes.filter((quiz) => quiz.percent !== null);
  const raisable = graded.filter(({ mayRise }) => mayRise);
  const { lessonId } = (raisable.length > 0 ? raisable : graded).reduce((lowest, quiz) =>
    quiz.percent! < lowest.percent! ? quiz : lowest,
  );
  return {
    code: 'OVERALL_BELOW_MINIMUM',
    lessonId,
    minutes: timed.find(({ id }) => id === lessonId)?.estimatedMinutes ?? 0,
    have: percent!,
    need: minimumPercent,
  };
}

function missingCode({ kind }: LessonFacts): MissingCode {
  if (kind === 'QUIZ') return 'QUIZ_NOT_PASSED';
  return kind === 'ACTIVITY' ? 'ACTIVITY_NOT_ACCEPTED' : 'LESSON_MISSING';
}
