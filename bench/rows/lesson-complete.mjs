import { join } from 'node:path';
import pg from 'pg';
import { courseOf, ID, idOf, LESSONS_EACH, MODULES, sessionOf } from '../data/sizes.mjs';
import { compareServers } from '../lib/compare.mjs';
import { tremplin } from '../lib/tremplin.mjs';

const MUTATION = `mutation Done($enrollmentId: ID!, $lessonId: ID!) {
  lessonComplete(input: { enrollmentId: $enrollmentId, lessonId: $lessonId }) {
    enrollment { id state }
    userErrors { code }
  }
}`;
const asked = { query: MUTATION, contentOf: ({ lessonComplete }) => lessonComplete };
const CONTESTANTS = [
  { name: 'floor', script: join(import.meta.dirname, 'lesson-complete/floor.mjs'), ...asked },
  { ...tremplin, ...asked },
];

const LESSONS = MODULES * LESSONS_EACH;
/** All that `fill.mjs` made is older. */
const SINCE = '2026-09-01';
/** Has no divisor in common with a number of enrollments, so that each comes once, far from the one before. */
const STRIDE = 7_919;

export default {
  name: 'lessonComplete',
  title: 'a lesson done: lock the enrollment, insert, judge the course; signed in, one transaction',

  async run(bench) {
    await forgetEarlierRuns(bench.databaseUrl);
    const enrollments = bench.learners * bench.enrollmentsEach;
    let asked = 0;
    /** The first lesson that a learner has not done yet, never twice of one enrollment and lesson. */
    const lessonDone = () => {
      const enrollment = (asked * STRIDE) % enrollments;
      const round = Math.floor(asked / enrollments);
      asked += 1;
      const learner = Math.floor(enrollment / bench.enrollmentsEach);
      const lesson = notYetDone(learner, bench.completionsEach)[round];
      if (lesson === undefined) throw new Error('There are too few lessons to do each once.');
      const course = courseOf(learner, enrollment % bench.enrollmentsEach);
      return {
        session: sessionOf(learner),
        variables: {
          enrollmentId: idOf(ID.enrollment, enrollment),
          lessonId: idOf(ID.lesson, course * LESSONS + lesson),
        },
      };
    };
    return compareServers(bench, CONTESTANTS, lessonDone, { isWriting: true });
  },
};

/** The lessons of a course that are no quiz and not among those that `fill.mjs` completed. Some required one always stays. */
function notYetDone(learner, completionsEach) {
  const rest = Array.from(
    { length: LESSONS - completionsEach },
    (_, k) => (learner + completionsEach + k) % LESSONS,
  );
  return rest.filter((lesson) => lesson % LESSONS_EACH !== LESSONS_EACH - 1);
}

async function forgetEarlierRuns(databaseUrl) {
  const database = new pg.Client(databaseUrl);
  await database.connect();
  try {
    await database.query(`DELETE FROM lesson_completion WHERE completed_at >= '${SINCE}'`);
    await database.query('VACUUM ANALYZE lesson_completion');
  } finally {
    await database.end();
  }
}
