import { GRADE_POLICIES, type GradePolicy } from '../catalog/course-content.js';
import type { QuizAttempt } from './quiz-attempt.entity.js';
import { passingAttempt } from './quiz-regrade.rules.js';
import { POINT } from './quiz-scoring.rules.js';

/** Attempts at a quiz of one question with these percentages, oldest first; so many of them before the course was left once. */
const attempts = (
  gradePolicy: GradePolicy,
  percents: (number | null)[],
  before = 0,
): { enrollmentId: string; attempts: QuizAttempt[] } => ({
  enrollmentId: 'current',
  attempts: percents.map((percent, index) => ({
    id: `attempt-${index + 1}`,
    enrollmentId: index < before ? 'left' : 'current',
    state: percent === null ? 'ABANDONED' : 'GRADED',
    score: percent === null ? null : (percent * POINT) / 100,
    paper: [{ questionId: 'q', questionVersionId: 'v', optionKeys: [] }],
    passPercent: 80,
    passed: percent === null ? null : percent >= 80,
    settings: { gradePolicy } as QuizAttempt['settings'],
  })) as unknown as QuizAttempt[],
});

describe('the attempt by which a quiz was passed', () => {
  it.each<[GradePolicy, (number | null)[], string | undefined]>([
    ['HIGHEST', [50, 90, 100], 'attempt-2'],
    ['HIGHEST', [50, 60], undefined],
    ['LAST', [90, 50], 'attempt-1'],
    ['FIRST', [90, 50], 'attempt-1'],
    ['FIRST', [50, 90], undefined],
    ['FIRST', [null, 90], 'attempt-2'],
    ['AVERAGE', [60, 100], 'attempt-2'],
    ['AVERAGE', [60, 90, 80], undefined],
    ['AVERAGE', [100, 0], 'attempt-1'],
  ])('%s of %j: %s', (policy, percents, id) => {
    expect(passingAttempt(attempts(policy, percents))?.id).toBe(id);
  });

  it.each(GRADE_POLICIES)('is none where nothing is graded: %s', (policy) => {
    expect(passingAttempt(attempts(policy, [null]))).toBeUndefined();
  });

  it('counts those of earlier cycles, and is none of them', () => {
    expect(passingAttempt(attempts('HIGHEST', [90, 50], 1))).toBeUndefined();
    expect(passingAttempt(attempts('AVERAGE', [60, 100], 1))?.id).toBe('attempt-2');
    expect(passingAttempt(attempts('AVERAGE', [40, 100], 1))).toBeUndefined();
  });
});
