import type { Client } from './client.js';
import { answerQuiz, aCourse, aPerson, aProgram, completeCourse, submitQuiz } from './builders.js';
import { startTestApp } from './test-app.js';

export const RECORD = `query ($id: ID!) { learnerRecord(enrollmentId: $id) { email person { name }
  enrollment { id state progress { completedLessons requiredLessons missing { code lesson { key } } } }
  completions { versionNumber completion { id occurredAt evaluatedAt criteriaVersion }
    lessons { completedAt lesson { id key title } } reversedBy { name }
    reversal { reason reversedAt askedLessons { key } } certificate { id status revocationReason revokedAt issuedAt } } } }`;
const STANDING = `{ viewer { certificates { id status revocationReason badge verification { valid checks { code passed sentence } } }
  enrollments { id state completedLessonIds completion { id occurredAt evaluatedAt }
    progress { completedLessons missing { code lesson { key } } }
    reversal { reason reversedAt askedLessons { key title } } } } }`;
export const REASON = 'The answers were shared in a message of 3 October.';

/** An app with a program of one course, and what is done there to complete it and to reverse that. */
export async function startReversals() {
  const app = await startTestApp();
  const trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
  const manager = await aPerson(app, { name: 'manager', roles: ['MANAGER'] });
  const admin = await aPerson(app, { name: 'admin', roles: ['ADMIN'] });
  const course = await aCourse(trainer);
  const { programId, cohortId } = await aProgram(app, {
    managerIds: [manager.personId],
    courseIds: [course.id],
  });

  const idOf = (key: string): string => course.lessons.find((lesson) => lesson.key === key)!.id;
  const aGraduate = async (options: Parameters<typeof aPerson>[1] = {}, more: object = { cohortId }) => {
    const learner = await aPerson(app, options);
    const enrollmentId = await completeCourse(learner, course, more);
    return { learner, enrollmentId, completionId: await completionOf(enrollmentId) };
  };
  const completionOf = async (enrollmentId: string): Promise<string> => {
    const rows = await app.sql<{ id: string }>(
      'SELECT id FROM course_completion WHERE enrollment_id = $1 ORDER BY number DESC LIMIT 1',
      [enrollmentId],
    );
    return rows[0]!.id;
  };
  const REVERSED = 'enrollment { id state reversal { reason } }';
  const reverse = (who: Client, completionId: string, more: object = {}): Promise<any> =>
    who.mutate(
      'completionReverse',
      'CompletionReverseInput',
      { completionId, reason: REASON, askedLessonIds: [idOf('check')], ...more },
      REVERSED,
    );
  const reinstate = (
    who: Client,
    completionId: string,
    reason = 'The wrong person was meant.',
  ): Promise<any> =>
    who.mutate(
      'completionReinstate',
      'CompletionReinstateInput',
      { completionId, reason },
      'enrollment { id state completion { id } }',
    );
  const passAgain = async (learner: Client, enrollmentId: string): Promise<any> =>
    submitQuiz(learner, await answerQuiz(learner, { enrollmentId, lessonId: idOf('check') }));
  const standing = async (learner: Client): Promise<any> => {
    const { viewer } = await learner.ask(STANDING);
    return { ...viewer.enrollments[0], certificates: viewer.certificates };
  };
  /** Facts that hold, and badges that are valid, of an enrollment. */
  const holding = async (enrollmentId: string): Promise<{ completions: number; badges: number }> => {
    const [row] = await app.sql<{ completions: number; badges: number }>(
      `SELECT (SELECT count(*)::int FROM course_completion completion WHERE enrollment_id = $1 AND NOT EXISTS
                (SELECT FROM completion_reversal WHERE completion_id = completion.id)) AS completions,
              (SELECT count(*)::int FROM certificate WHERE enrollment_id = $1 AND status = 'VALID') AS badges`,
      [enrollmentId],
    );
    return row!;
  };
  const codeOf = async (answer: Promise<any>): Promise<string | undefined> =>
    (await answer).userErrors[0]?.code;

  return {
    app,
    trainer,
    manager,
    admin,
    course,
    programId,
    cohortId,
    idOf,
    aGraduate,
    completionOf,
    reverse,
    reinstate,
    passAgain,
    standing,
    holding,
    codeOf,
  };
}

export type Reversals = Awaited<ReturnType<typeof startReversals>>;
