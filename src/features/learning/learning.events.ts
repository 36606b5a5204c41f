import { z } from 'zod';
import { defineSchedule } from '../../platform/jobs/schedules.js';
import { defineEvent } from '../../platform/outbox/events.js';

/** A learner met the criteria of their course. Comes once for an enrollment, and once more after each reversal. */
export const CourseCompleted = defineEvent(
  'learning.course-completed',
  z.object({ completionId: z.uuid(), enrollmentId: z.uuid() }),
);

/** A completion was reversed, with a reason. */
export const CompletionReversed = defineEvent(
  'learning.completion-reversed',
  z.object({ completionId: z.uuid() }),
);

/** It is time to look for quiz attempts whose time is over. */
export const QuizClosingDue = defineEvent('learning.quiz-closing-due', z.object({}).strict());

defineSchedule({ name: 'learning-quiz-closing', everyMs: 30_000, eventType: QuizClosingDue });

/**
 * The grace of an attempt went by while it was in progress. Its id follows from the attempt and its end: it comes once, and once
 * more when an allowance moved the end meanwhile.
 */
export const QuizAttemptExpired = defineEvent(
  'learning.quiz-attempt-expired',
  z.object({ attemptId: z.uuid(), expiresAt: z.iso.datetime() }),
);

/** Learners of earlier versions are to be moved to a version, those whose enrollment comes after one, some at a time. */
export const VersionMoveDue = defineEvent(
  'learning.version-move-due',
  z.object({ versionId: z.uuid(), after: z.uuid().nullable() }),
);

/** A trainer accepted what a learner handed in, or gave it back. */
export const ActivityDecided = defineEvent('learning.activity-decided', z.object({ submissionId: z.uuid() }));

/** Nothing has a file of an activity any more: what is in it goes. */
export const ActivityFileDropped = defineEvent(
  'learning.activity-file-dropped',
  z.object({ fileId: z.uuid() }),
);

/** Attempts that ask the question of a regrade are to be graded by its key, those whose id comes after one, some at a time. */
export const QuizRegradeDue = defineEvent(
  'learning.quiz-regrade-due',
  z.object({ regradeId: z.uuid(), after: z.uuid().nullable() }),
);

/** Those who take a course are to be judged by criteria that came into force, those whose enrollment comes after one, some at a time. */
export const ReevaluationDue = defineEvent(
  'learning.reevaluation-due',
  z.object({ criteriaId: z.uuid(), after: z.uuid().nullable() }),
);
