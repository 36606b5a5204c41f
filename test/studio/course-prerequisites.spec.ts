import { aCourse, aPerson, courseFiles, needsFirst, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const NOBODY = '018f0000-0000-7000-8000-000000000000';

describe('what an author asks for before their course', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let serial = 0;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
  });
  afterAll(() => app.close());

  const published = (who: Client = trainer): Promise<BuiltCourse> =>
    aCourse(who, { title: `Course ${(serial += 1)}` });
  const remove = (who: Client, courseId: string, prerequisiteId: string): Promise<any> =>
    who.mutate(
      'coursePrerequisiteRemove',
      'CoursePrerequisiteRemoveInput',
      { courseId, prerequisiteId },
      'course { prerequisites { id } }',
    );
  const read = async (who: Client, slug: string): Promise<any[]> =>
    (
      await who.ask(
        `query ($slug: String!) { course(slug: $slug) { prerequisites { slug title completed } } }`,
        { slug },
      )
    ).course.prerequisites;
  const audited = (courseId: string): Promise<object[]> =>
    app.sql(
      `SELECT action, detail FROM audit_entry WHERE subject = $1 AND action LIKE 'coursePrerequisite%' ORDER BY id`,
      [`course:${courseId}`],
    );

  it('is read by everybody, in the order in which it was added, and holds without publishing', async () => {
    const [course, first, second] = [await published(), await published(), await published()];
    await needsFirst(trainer, course.id, second.id);
    app.clock.moveForward(1_000);
    const { userErrors, course: changed } = await needsFirst(trainer, course.id, first.id);
    expect(userErrors).toEqual([]);
    expect(changed.prerequisites).toEqual([{ id: second.id }, { id: first.id }]);
    const [one, other] = await read(app.visitor(), course.slug);
    expect(one).toMatchObject({ slug: second.slug, completed: false });
    expect(other.title).toMatch(/^Course \d+$/);
    const { courses } = await app
      .visitor()
      .ask(`{ courses(first: 100) { nodes { slug prerequisites { slug } } } }`);
    expect(courses.nodes.find(({ slug }: { slug: string }) => slug === course.slug).prerequisites).toEqual([
      { slug: second.slug },
      { slug: first.slug },
    ]);
  });

  it('may be changed twice with the same effect, and is on record once for each change', async () => {
    const [course, first] = [await published(), await published()];
    await needsFirst(trainer, course.id, first.id);
    expect((await needsFirst(trainer, course.id, first.id)).course.prerequisites).toEqual([{ id: first.id }]);
    expect((await remove(trainer, course.id, first.id)).course.prerequisites).toEqual([]);
    expect((await remove(trainer, course.id, first.id)).userErrors).toEqual([]);
    const detail = { prerequisiteId: first.id };
    expect(await audited(course.id)).toEqual([
      { action: 'coursePrerequisiteAdd', detail },
      { action: 'coursePrerequisiteRemove', detail },
    ]);
  });

  it('is kept of both, when two authors add at the same moment', async () => {
    const [course, first, second] = [await published(), await published(), await published()];
    await Promise.all([needsFirst(trainer, course.id, first.id), needsFirst(trainer, course.id, second.id)]);
    expect(await read(trainer, course.slug)).toHaveLength(2);
  });

  it('is for authors: an editor is refused, and a stranger learns nothing of a draft', async () => {
    const [course, first] = [await published(), await published()];
    const editor = await aPerson(app, { roles: ['TRAINER'] });
    await trainer.mutate(
      'courseTeamAdd',
      'CourseTeamAddInput',
      { courseId: course.id, email: editor.email, role: 'EDITOR' },
      'course { id }',
    );
    const stranger = await aPerson(app, { roles: ['TRAINER'] });
    const { version } = await trainer.mutate(
      'courseCreate',
      'CourseCreateInput',
      { title: 'Hidden', defaultLocale: 'en' },
      'version { course { id } }',
    );
    const hidden: string = version.course.id;
    const code = (who: Client, name: 'Add' | 'Remove', courseId: string) =>
      who.errorCode(
        `mutation ($input: CoursePrerequisite${name}Input!) { coursePrerequisite${name}(input: $input) { userErrors { code } } }`,
        { input: { courseId, prerequisiteId: first.id } },
      );
    for (const name of ['Add', 'Remove'] as const) {
      expect(await code(editor, name, course.id)).toBe('FORBIDDEN');
      expect(await code(stranger, name, course.id)).toBe('FORBIDDEN');
      expect(await code(stranger, name, hidden)).toBe('NOT_FOUND');
      expect(await code(trainer, name, NOBODY)).toBe('NOT_FOUND');
      expect(await code(app.visitor(), name, course.id)).toBe('UNAUTHENTICATED');
    }
    expect(await read(trainer, course.slug)).toEqual([]);
    // A draft may ask for others, but nothing can ask for a draft, and it looks like one that is not there.
    expect((await needsFirst(trainer, hidden, first.id)).userErrors).toEqual([]);
    for (const id of [hidden, NOBODY])
      expect((await needsFirst(stranger, (await published(stranger)).id, id)).userErrors[0]).toMatchObject({
        code: 'PREREQUISITE_NOT_PUBLISHED',
        field: 'prerequisiteId',
      });
  });

  it('is another course, and ten of them at most', async () => {
    const course = await published();
    expect((await needsFirst(trainer, course.id, course.id)).userErrors[0].code).toBe(
      'PREREQUISITE_IS_ITSELF',
    );
    const others = [];
    for (let made = 0; made < 11; made += 1) others.push(await published());
    const answers = await Promise.all(others.map(({ id }) => needsFirst(trainer, course.id, id)));
    const refused = answers.filter(({ userErrors }) => userErrors.length > 0);
    expect(refused.map(({ userErrors }) => userErrors[0].message)).toEqual([
      'A course asks for 10 others at most. Remove one first.',
    ]);
    expect(await read(trainer, course.slug)).toHaveLength(10);
  });

  it('never goes round in a circle, and names the courses that it would go through', async () => {
    const [a, b, c, d] = [await published(), await published(), await published(), await published()];
    for (const [course, first] of [
      [a, b],
      [b, c],
      [b, d],
      [d, c],
    ] as const)
      expect((await needsFirst(trainer, course.id, first.id)).userErrors).toEqual([]);
    const title = async ({ slug }: BuiltCourse): Promise<string> =>
      (await trainer.ask('query ($slug: String!) { course(slug: $slug) { title } }', { slug })).course.title;
    const [A, B, C] = [await title(a), await title(b), await title(c)];
    expect((await needsFirst(trainer, c.id, a.id)).userErrors).toEqual([
      {
        code: 'PREREQUISITE_CIRCULAR',
        field: 'prerequisiteId',
        message: `Nobody could begin: “${C}” needs “${A}”, “${A}” needs “${B}” and “${B}” needs “${C}”. Remove one of these first.`,
      },
    ]);
    expect(await read(trainer, c.slug)).toEqual([]);
    // In the database too, whoever writes.
    await expect(
      app.sql('INSERT INTO course_prerequisite (course_id, required_id, created_at) VALUES ($1, $2, now())', [
        c.id,
        b.id,
      ]),
    ).rejects.toThrow('A course would be needed before itself.');
  });

  it('goes round in no circle either when several trainers close one at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const trainers = [];
      const courses: BuiltCourse[] = [];
      for (let made = 0; made < 3; made += 1) {
        trainers.push(await aPerson(app, { roles: ['TRAINER'] }));
        courses.push(await published(trainers[made]));
      }
      const answers = await Promise.all(
        trainers.map((who, index) => needsFirst(who, courses[index]!.id, courses[(index + 1) % 3]!.id)),
      );
      const codes = answers.map(({ userErrors }) => userErrors[0]?.code ?? 'DONE').sort();
      expect(codes).toEqual(['DONE', 'DONE', 'PREREQUISITE_CIRCULAR']);
    }
  });

  it('is not part of a version: a new draft and an import leave it as it is', async () => {
    const [course, first] = [await published(), await published()];
    await needsFirst(trainer, course.id, first.id);
    const { version } = await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug: course.slug, files: courseFiles({ readings: 3 }) },
      'version { id }',
    );
    await trainer.mutate(
      'courseVersionPublish',
      'CourseVersionPublishInput',
      { versionId: version.id },
      'version { id }',
    );
    expect(await read(trainer, course.slug)).toMatchObject([{ slug: first.slug }]);
  });
});
