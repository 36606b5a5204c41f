/** What the learner's course page asks. */
const QUESTION = `query CoursePage($slug: String!) {
  course(slug: $slug) {
    title
    modules { title lessons { id key title kind estimatedMinutes required completedAt } }
    enrollment { id state enrolledAt }
  }
}`;

/** The same of PostGraphile, after its tables; the browser lays the completions over the lessons. */
const QUESTION_TO_POSTGRAPHILE = `query CoursePage($slug: String!) {
  course: courseBySlug(slug: $slug) {
    enrollment: myEnrollment {
      id: rowId state enrolledAt
      completions { lessonKey completedAt }
      version: courseVersionByVersionId {
        title
        modules { title lessons { id: rowId key title kind estimatedMinutes required } }
      }
    }
  }
}`;

const instant = (value) => (value ? Date.parse(value) : null);

/** The content of an answer, however its instants are written. */
const contentOf = ({ course: { title, modules, enrollment } }) => ({
  title,
  modules: modules.map((module) => ({
    title: module.title,
    lessons: module.lessons.map(({ id, key, title, kind, estimatedMinutes, required, completedAt }) => ({
      ...{ id, key, title, kind, estimatedMinutes, required },
      completedAt: instant(completedAt),
    })),
  })),
  enrollment: { id: enrollment.id, state: enrollment.state, enrolledAt: instant(enrollment.enrolledAt) },
});

const contentOfPostgraphile = ({ course: { enrollment } }) => {
  const done = new Map(enrollment.completions.map((each) => [each.lessonKey, each.completedAt]));
  const modules = enrollment.version.modules.map(({ title, lessons }) => ({
    title,
    lessons: lessons.map((lesson) => ({ ...lesson, completedAt: done.get(lesson.key) })),
  }));
  return contentOf({ course: { title: enrollment.version.title, modules, enrollment } });
};

/** How each is asked, and what its answer says, so that they can be compared. */
export const plain = { query: QUESTION, contentOf };
export const afterTables = { query: QUESTION_TO_POSTGRAPHILE, contentOf: contentOfPostgraphile };
