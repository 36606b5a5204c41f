/**
 * PostGraphile 5 as its documentation advises for speed: plans instead of resolvers, so that a page becomes a few batched
 * statements; no settings per transaction (the person comes in the context); prepared statements; nothing explained or watched.
 */
import { createServer } from 'node:http';
import { postgraphile } from 'postgraphile';
import { TYPES } from 'postgraphile/@dataplan/pg';
import { makePgService } from 'postgraphile/adaptors/pg';
import { context } from 'postgraphile/grafast';
import { grafserv } from 'postgraphile/grafserv/node';
import { PostGraphileAmberPreset } from 'postgraphile/presets/amber';
import { extendSchema, gql } from 'postgraphile/utils';
import { pool, serve, viewerOf } from '../../lib/contestant.mjs';

const CoursePage = extendSchema(({ pgResources, sql }) => {
  const viewer = (field) => context().get('viewer').get(field);
  /** In English only: it is spared the choice of a language that the others make. */
  const title = ($row) => $row.select(sql`${$row.getClassStep().alias}.titles ->> 'en'`, TYPES.text);
  const ordered = ($rows, attribute, direction = 'ASC') => {
    $rows.orderBy({ attribute, direction });
    $rows.setOrderIsUnique();
    return $rows;
  };
  return {
    typeDefs: gql`
      extend type Course {
        myEnrollment: Enrollment
      }
      extend type Enrollment {
        completions: [LessonCompletion!]!
      }
      extend type CourseVersion {
        title: String!
        modules: [CourseModule!]!
      }
      extend type CourseModule {
        title: String!
        lessons: [Lesson!]!
      }
      extend type Lesson {
        title: String!
      }
    `,
    objects: {
      Course: {
        plans: {
          myEnrollment($course) {
            const $enrollments = pgResources.enrollment.find({
              person_id: viewer('id'),
              course_id: $course.get('id'),
            });
            return ordered($enrollments, 'cycle', 'DESC').single();
          },
        },
      },
      Enrollment: {
        plans: {
          completions: ($enrollment) =>
            pgResources.lesson_completion.find({ enrollment_id: $enrollment.get('id') }),
        },
      },
      CourseVersion: {
        plans: {
          title,
          modules: ($version) =>
            ordered(pgResources.course_module.find({ version_id: $version.get('id') }), 'position'),
        },
      },
      CourseModule: {
        plans: {
          title,
          lessons: ($module) =>
            ordered(pgResources.lesson.find({ module_id: $module.get('id') }), 'position'),
        },
      },
      Lesson: { plans: { title } },
    },
  };
});

const preset = {
  extends: [PostGraphileAmberPreset],
  plugins: [CoursePage],
  pgServices: [makePgService({ pool, schemas: ['public'] })],
  grafserv: { graphqlPath: '/graphql', graphiql: false, websockets: false, watch: false },
  grafast: {
    explain: false,
    context: async ({ node }) => ({ viewer: await viewerOf(node.req.headers.cookie) }),
  },
};

const server = createServer();
await postgraphile(preset).createServ(grafserv).addTo(server);
await serve((port, host, ready) => server.listen(port, host, ready));
