/** How much there is to search. A page reads the same few rows of each; what differs is how many it must not read. */
export const SIZES = {
  small: { learners: 1_000, enrollmentsEach: 3, completionsEach: 8 },
  usual: { learners: 100_000, enrollmentsEach: 3, completionsEach: 8 },
  nightly: { learners: 1_000_000, enrollmentsEach: 3, completionsEach: 8 },
};

export const COURSES = 20;
export const MODULES = 8;
export const LESSONS_EACH = 6;

/** @param {number} course 0 to COURSES - 1. */
export const slugOf = (course) => `course-${course}`;

/** What the browser of a learner holds, for the session that `fill.mjs` made. @param {number} learner from 0. */
export const sessionOf = (learner) => `bench-session-${learner}`;

/** The courses that a learner takes. @param {number} learner from 0. @param {number} nth 0 to 2. */
export const courseOf = (learner, nth) => (learner + nth * 7) % COURSES;

/** Kinds of ids, as digits. */
export const ID = { person: 1, course: 2, version: 3, module: 4, lesson: 5, enrollment: 6 };

/** The id that `fill.mjs` gave. @param {number} kind of {@link ID}. @param {number} number from 0. */
export const idOf = (kind, number) =>
  `018f0000-000${kind}-7000-8000-${number.toString(16).padStart(12, '0')}`;
