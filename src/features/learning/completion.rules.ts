import type { CompletionCriteria } from '../catalog/course-version.entity.js';
import type { LessonKind } from '../catalog/course-content.js';

/** Why a course is not completed yet. */
export const MISSING_CODES = ['LESSON_MISSING', 'QUIZ_NOT_PASSED', 'ACTIVITY_NOT_ACCEPTED'] as const;
export type MissingCode = (typeof MISSING_CODES)[number];

/** A lesson as the criteria see it. */
export interface LessonFacts {
  id: string;
  key: string;
  kind: LessonKind;
  required: boolean;
  estimatedMinutes: number;
}

/** What shows that a lesson was done. */
export interface CompletionEvidence {
  lessonKey: string;
  lessonId: string;
  /** RFC 3339, UTC. */
  completedAt: string;
  attemptId: string | null;
}

export interface Missing {
  code: MissingCode;
  lessonId: string;
  minutes: number;
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
}

/**
 * Judges a learner's work against a version's criteria. Optional lessons count neither above nor below the line, so
 * progress never exceeds 100 %; work on lessons that the version does not have is ignored.
 */
export function evaluateCompletion(
  criteria: CompletionCriteria,
  lessons: readonly LessonFacts[],
  done: readonly CompletionEvidence[],
): CompletionVerdict {
  if (criteria.version !== 1)
    throw new Error(`Completion criteria of version ${String(criteria.version)} are unknown.`);
  const byKey = new Map(done.map((each) => [each.lessonKey, each]));
  const required = lessons.filter((lesson) => lesson.required);
  const evidence = required.flatMap((lesson) => byKey.get(lesson.key) ?? []);
  const missing = required
    .filter((lesson) => !byKey.has(lesson.key))
    .map((lesson): Missing => ({
      code: missingCode(lesson.kind),
      lessonId: lesson.id,
      minutes: lesson.estimatedMinutes,
    }));
  return {
    met: required.length > 0 && missing.length === 0,
    requiredLessons: required.length,
    completedLessons: evidence.length,
    missing,
    minutesLeft: missing.reduce((sum, { minutes }) => sum + minutes, 0),
    evidence,
  };
}

function missingCode(kind: LessonKind): MissingCode {
  if (kind === 'QUIZ') return 'QUIZ_NOT_PASSED';
  return kind === 'ACTIVITY' ? 'ACTIVITY_NOT_ACCEPTED' : 'LESSON_MISSING';
}
