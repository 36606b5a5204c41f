/** Mercurius, Fastify's GraphQL: compiled queries, its own batching loaders, prepared statements; the tables as they are. */
import DataLoader from 'dataloader';
import Fastify from 'fastify';
import mercurius from 'mercurius';
import { pool, serve, viewerOf } from '../../lib/contestant.mjs';

const schema = `
  type Lesson { id: ID! key: String! title: String! kind: String! estimatedMinutes: Int! required: Boolean! completedAt: String }
  type Module { id: ID! title: String! lessons: [Lesson!]! }
  type Enrollment { id: ID! state: String! enrolledAt: String! }
  type Course { title: String! modules: [Module!]! enrollment: Enrollment }
  type Query { course(slug: String!): Course }
`;

const all = async (name, text, values) => (await pool.query({ name, text, values })).rows;

const grouped = (ids, rows, key) => {
  const groups = new Map(ids.map((id) => [id, []]));
  for (const row of rows) groups.get(row[key]).push(row);
  return ids.map((id) => groups.get(id));
};

/** One statement of each for a page, however many rows ask. */
const loadersFor = (viewer) => ({
  enrollment: new DataLoader(async (courseIds) => {
    const rows = await all(
      'enrollments',
      `SELECT id, course_id, version_id, state, enrolled_at AS "enrolledAt" FROM enrollment
        WHERE person_id = $1 AND course_id = ANY($2) ORDER BY cycle`,
      [viewer.id, courseIds],
    );
    const byCourse = new Map(rows.map((row) => [row.course_id, row]));
    return courseIds.map((id) => byCourse.get(id) ?? null);
  }),
  version: new DataLoader(async (ids) => {
    const rows = await all('versions', 'SELECT id, titles FROM course_version WHERE id = ANY($1)', [ids]);
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ids.map((id) => byId.get(id));
  }),
  modules: new DataLoader(async (versionIds) => {
    const text =
      'SELECT id, version_id, titles FROM course_module WHERE version_id = ANY($1) ORDER BY position';
    return grouped(versionIds, await all('modules', text, [versionIds]), 'version_id');
  }),
  lessons: new DataLoader(async (moduleIds) => {
    const text = `SELECT id, module_id, key, titles, kind, estimated_minutes AS "estimatedMinutes", required
                    FROM lesson WHERE module_id = ANY($1) ORDER BY position`;
    return grouped(moduleIds, await all('lessons', text, [moduleIds]), 'module_id');
  }),
  completedAt: new DataLoader(async (lessonIds) => {
    const rows = await all(
      'completions',
      `SELECT done.lesson_id, max(done.completed_at) AS at
         FROM lesson_completion done JOIN enrollment ON enrollment.id = done.enrollment_id
        WHERE enrollment.person_id = $1 AND done.lesson_id = ANY($2) GROUP BY done.lesson_id`,
      [viewer.id, lessonIds],
    );
    const byLesson = new Map(rows.map((row) => [row.lesson_id, row.at.toISOString()]));
    return lessonIds.map((id) => byLesson.get(id) ?? null);
  }),
});

const title = ({ titles }, _, { viewer }) => titles[viewer.locale];

const resolvers = {
  Query: {
    course: async (_, { slug }) =>
      (await all('course', 'SELECT id, published_version_id FROM course WHERE slug = $1', [slug]))[0],
  },
  Course: {
    title: async (course, args, context) =>
      title(await context.load.version.load(course.published_version_id), args, context),
    enrollment: (course, _, { load }) => load.enrollment.load(course.id),
    modules: async (course, _, { load }) => {
      const enrollment = await load.enrollment.load(course.id);
      return load.modules.load(enrollment?.version_id ?? course.published_version_id);
    },
  },
  Module: { title, lessons: (module, _, { load }) => load.lessons.load(module.id) },
  Lesson: { title, completedAt: (lesson, _, { load }) => load.completedAt.load(lesson.id) },
  Enrollment: { enrolledAt: (enrollment) => enrollment.enrolledAt.toISOString() },
};

const app = Fastify();
await app.register(mercurius, {
  schema,
  resolvers,
  jit: 1,
  context: async (request) => {
    const viewer = await viewerOf(request.headers.cookie);
    return { viewer, load: loadersFor(viewer) };
  },
});
await serve((port, host, ready) => app.listen({ port, host }, ready));
