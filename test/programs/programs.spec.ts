import { aCourse, aPerson, aProgram, type BuiltCourse } from '../support/builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PROGRAM = `query ($slug: String!) { program(slug: $slug) { id slug name timeZone cohorts { name } courses { id slug } } }`;

describe('a program', () => {
  let app: TestApp;
  let courses: BuiltCourse[];
  beforeAll(async () => {
    app = await startTestApp();
    const trainer = await aPerson(app, { roles: ['TRAINER'] });
    courses = [await aCourse(trainer, { slug: 'b-course' }), await aCourse(trainer, { slug: 'a-course' })];
  });
  afterAll(() => app.close());

  it('is found by its address by those who run it, with the courses it offers, and by nobody else', async () => {
    const manager = await aPerson(app, { roles: ['MANAGER'] });
    const { programId } = await aProgram(app, {
      managerIds: [manager.personId],
      courseIds: courses.map(({ id }) => id),
    });
    const [{ slug } = { slug: '' }] = await app.sql<{ slug: string }>(
      'SELECT slug FROM program WHERE id = $1',
      [programId],
    );
    expect((await manager.ask(PROGRAM, { slug })).program).toEqual({
      id: programId,
      slug,
      name: 'Program',
      timeZone: 'Europe/Paris',
      cohorts: [{ name: 'Autumn' }],
      courses: [
        { id: courses[1]!.id, slug: 'a-course' },
        { id: courses[0]!.id, slug: 'b-course' },
      ],
    });
    expect((await manager.ask(PROGRAM, { slug: 'no-such' })).program).toBeNull();
    const elsewhere = await aPerson(app, { roles: ['MANAGER'] });
    await aProgram(app, { managerIds: [elsewhere.personId], courseIds: [courses[0]!.id] });
    for (const other of [elsewhere, await aPerson(app), await aPerson(app, { roles: ['ADMIN'] })])
      expect((await other.ask(PROGRAM, { slug })).program).toBeNull();
    expect(await app.visitor().errorCode(PROGRAM, { slug })).toBe('UNAUTHENTICATED');
    const { viewer } = await manager.ask('{ viewer { managedPrograms { slug courses { slug } } } }');
    expect(viewer.managedPrograms).toEqual([{ slug, courses: [{ slug: 'a-course' }, { slug: 'b-course' }] }]);
  });
});
