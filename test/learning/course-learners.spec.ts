import { aCourse, aPerson, completeCourse, enroll, publishNewVersion } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const STUDIO = `{ viewer { authoredCourses { slug draft { number publishedAt } learners { inProgress completed } } } }`;
const COURSE = `query ($slug: String!) { course(slug: $slug) { learners { inProgress } } }`;

describe('a trainer’s courses', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  it('say who takes them, in whatever version, and whether a draft is being written', async () => {
    const course = await aCourse(trainer);
    const other = await aCourse(trainer);
    const studio = async (): Promise<Record<string, any>> => {
      const { viewer } = await trainer.ask(STUDIO);
      return Object.fromEntries(viewer.authoredCourses.map(({ slug, ...rest }: any) => [slug, rest]));
    };
    expect(await studio()).toEqual({
      [course.slug]: { draft: null, learners: { inProgress: 0, completed: 0 } },
      [other.slug]: { draft: null, learners: { inProgress: 0, completed: 0 } },
    });

    await enroll(await aPerson(app), course.id);
    await enroll(await aPerson(app, { roles: ['MANAGER'] }), course.id);
    const graduate = await aPerson(app);
    await completeCourse(graduate, course);
    await publishNewVersion(trainer, course);
    await enroll(await aPerson(app), course.id);
    await trainer.mutate(
      'courseDraftCreate',
      'CourseDraftCreateInput',
      { courseId: course.id },
      'version { id }',
    );

    expect(await studio()).toEqual({
      [course.slug]: { draft: { number: 3, publishedAt: null }, learners: { inProgress: 2, completed: 1 } },
      [other.slug]: { draft: null, learners: { inProgress: 0, completed: 0 } },
    });
  });

  it('say so to nobody else', async () => {
    const { slug } = await aCourse(trainer);
    const rival = await aPerson(app, { roles: ['TRAINER'] });
    expect(await rival.errorCode(COURSE, { slug })).toBe('FORBIDDEN');
    expect(await app.visitor().errorCode(COURSE, { slug })).toBe('UNAUTHENTICATED');
    expect(
      await rival.errorCode('query ($slug: String!) { course(slug: $slug) { draft { id } } }', { slug }),
    ).toBe('FORBIDDEN');
  });
});
