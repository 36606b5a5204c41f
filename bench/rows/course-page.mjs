import { join } from 'node:path';
import { courseOf, sessionOf, slugOf } from '../data/sizes.mjs';
import { compareServers } from '../lib/compare.mjs';
import { tremplin } from '../lib/tremplin.mjs';
import { afterTables, plain } from './course-page/question.mjs';

const own = (name, asked) => ({
  name,
  script: join(import.meta.dirname, `course-page/${name}.mjs`),
  ...asked,
});

/** In the order in which they take turns. The first is the floor; the last is what is measured. */
const CONTESTANTS = [
  own('floor', plain),
  own('postgraphile', afterTables),
  own('mercurius', plain),
  { ...tremplin, ...plain },
];

export default {
  name: 'coursePage',
  title:
    "a learner's course page: 8 modules x 6 lessons, what is done, the enrollment; signed in, GraphQL over HTTP",

  run(bench) {
    /** The page of some learner, of one of the courses they take. */
    const page = (random) => {
      const learner = Math.floor(random() * bench.learners);
      return {
        session: sessionOf(learner),
        variables: { slug: slugOf(courseOf(learner, Math.floor(random() * 3))) },
      };
    };
    return compareServers(bench, CONTESTANTS, page);
  },
};
