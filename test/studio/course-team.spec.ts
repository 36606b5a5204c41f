import { aCourse, aPerson, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aPdf } from '../support/sample-files.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

type Person = Client & { email: string; personId: string };

describe('the team of a course', () => {
  let app: TestApp;
  let author: Person;
  beforeAll(async () => {
    app = await startTestApp();
    author = await aTrainer('author');
  });
  afterAll(() => app.close());

  const aTrainer = (name = 'trainer'): Promise<Person> => aPerson(app, { name, roles: ['TRAINER'] });
  const TEAM = 'course { team { role email person { id name } } }';
  const add = (who: Client, courseId: string, email: string, role: string): Promise<any> =>
    who.mutate('courseTeamAdd', 'CourseTeamAddInput', { courseId, email, role }, TEAM);
  const update = (who: Client, courseId: string, personId: string, role: string): Promise<any> =>
    who.mutate('courseTeamUpdate', 'CourseTeamUpdateInput', { courseId, personId, role }, TEAM);
  const remove = (who: Client, courseId: string, personId: string): Promise<any> =>
    who.mutate('courseTeamRemove', 'CourseTeamRemoveInput', { courseId, personId }, 'course { id }');
  const handOver = (who: Client, courseId: string, email: string, stayAs: string | null): Promise<any> =>
    who.mutate('courseHandOver', 'CourseHandOverInput', { courseId, email, stayAs }, 'course { id }');
  const rolesIn = async (courseId: string): Promise<Record<string, string>> =>
    Object.fromEntries(
      (
        await app.sql<{ email: string; role: string }>(
          'SELECT email, role FROM course_trainer JOIN person ON person.id = person_id WHERE course_id = $1',
          [courseId],
        )
      ).map(({ email, role }) => [email, role]),
    );
  const codes = ({ userErrors }: any): string[] => userErrors.map(({ code }: { code: string }) => code);

  describe('may do what its roles say, and no more', () => {
    let course: BuiltCourse;
    const people: Record<string, Client> = {};
    beforeAll(async () => {
      course = await aCourse(author);
      const [editor, reviewer, stranger] = await Promise.all([aTrainer(), aTrainer(), aTrainer()]);
      await add(author, course.id, editor.email, 'EDITOR');
      await add(author, course.id, reviewer.email, 'REVIEWER');
      const admin = await aPerson(app, { roles: ['ADMIN'] });
      Object.assign(people, { author, editor, reviewer, stranger, admin, visitor: app.visitor() });
    });

    const EVERYBODY = ['admin', 'author', 'editor', 'reviewer', 'stranger', 'visitor'];
    const CASES: [what: string, who: string[], attempt: (who: Client) => Promise<boolean>][] = [
      [
        'read drafts',
        ['admin', 'author', 'editor', 'reviewer'],
        (who) => allowed(who, '{ course(slug: $slug) { draft { id } } }'),
      ],
      [
        'see the team',
        ['admin', 'author', 'editor', 'reviewer'],
        (who) => allowed(who, '{ course(slug: $slug) { team { email } } }'),
      ],
      [
        'comment',
        ['admin', 'author', 'editor', 'reviewer'],
        (who) =>
          allowed(
            who,
            'mutation { lessonCommentAdd(input: { lessonId: $lesson, locale: "en", text: "x" }) { comment { id } } }',
          ),
      ],
      [
        'start a draft',
        ['admin', 'author', 'editor'],
        (who) => allowed(who, 'mutation { courseDraftCreate(input: { courseId: $id }) { version { id } } }'),
      ],
      [
        'send files',
        ['admin', 'author', 'editor'],
        async (who) => (await who.uploadFile(course.id, aPdf())).status === 201,
      ],
      [
        'publish',
        ['admin', 'author'],
        (who) =>
          allowed(
            who,
            'mutation { courseVersionPublish(input: { versionId: $version }) { userErrors { code } } }',
          ),
      ],
      [
        'add to the team',
        ['admin', 'author'],
        (who) =>
          allowed(
            who,
            'mutation { courseTeamAdd(input: { courseId: $id, email: "nobody@example.org", role: AUTHOR }) { userErrors { code } } }',
          ),
      ],
      [
        'hand it over',
        ['admin', 'author'],
        (who) =>
          allowed(
            who,
            'mutation { courseHandOver(input: { courseId: $id, email: "nobody@example.org" }) { userErrors { code } } }',
          ),
      ],
    ];

    /** Whether an operation, in which `$id` and the like stand for the course's, was not refused for want of a role. */
    async function allowed(who: Client, operation: string): Promise<boolean> {
      const values = {
        slug: course.slug,
        id: course.id,
        lesson: course.lessons[0]!.id,
        version: course.versionId,
      };
      const document = operation.replace(/\$(\w+)/g, (_, name: keyof typeof values) =>
        JSON.stringify(values[name]),
      );
      const code = await who.errorCode(document);
      expect([undefined, 'FORBIDDEN', 'UNAUTHENTICATED']).toContain(code);
      return code === undefined;
    }

    it.each(CASES)('to %s', async (_what, who, attempt) => {
      const able: string[] = [];
      for (const name of EVERYBODY) if (await attempt(people[name]!)) able.push(name);
      expect(able).toEqual(who);
    });

    it('says to each what they may do', async () => {
      const seen = await Promise.all(
        EVERYBODY.map(async (name) => {
          const query = 'query ($slug: String!) { course(slug: $slug) { viewerRole } }';
          return (await people[name]!.ask(query, { slug: course.slug })).course.viewerRole;
        }),
      );
      expect(seen).toEqual(['AUTHOR', 'AUTHOR', 'EDITOR', 'REVIEWER', null, null]);
    });
  });

  it('takes trainers by their address, and says why somebody cannot be taken', async () => {
    const course = await aCourse(author);
    const [colleague, learner] = [await aTrainer('Ana'), await aPerson(app)];
    const { course: changed } = await add(
      author,
      course.id,
      ` ${colleague.email.toUpperCase()} `,
      'REVIEWER',
    );
    expect(changed.team).toEqual([
      { role: 'AUTHOR', email: author.email, person: { id: author.personId, name: 'author' } },
      { role: 'REVIEWER', email: colleague.email, person: { id: colleague.personId, name: 'Ana' } },
    ]);
    expect(codes(await add(author, course.id, 'nobody@example.org', 'EDITOR'))).toEqual([
      'TEAM_PERSON_UNKNOWN',
    ]);
    expect(codes(await add(author, course.id, learner.email, 'EDITOR'))).toEqual(['TEAM_PERSON_NOT_TRAINER']);
    expect(codes(await add(author, course.id, colleague.email, 'EDITOR'))).toEqual(['TEAM_MEMBER_ALREADY']);
    expect(codes(await add(author, course.id, 'x', 'EDITOR'))).toEqual(['EMAIL_INVALID']);
    expect(codes(await update(author, course.id, learner.personId, 'EDITOR'))).toEqual([
      'TEAM_MEMBER_UNKNOWN',
    ]);
    const facts = await app.sql('SELECT action, detail FROM audit_entry WHERE subject = $1 AND action = $2', [
      `course:${course.id}`,
      'courseTeamAdd',
    ]);
    expect(facts).toEqual([
      { action: 'courseTeamAdd', detail: { personId: colleague.personId, role: 'REVIEWER' } },
    ]);
  });

  it('lets anyone leave but the last author', async () => {
    const course = await aCourse(author);
    const reviewer = await aTrainer();
    await add(author, course.id, reviewer.email, 'REVIEWER');
    expect(codes(await remove(author, course.id, author.personId))).toEqual(['TEAM_LAST_AUTHOR']);
    expect(codes(await update(author, course.id, author.personId, 'EDITOR'))).toEqual(['TEAM_LAST_AUTHOR']);
    expect(codes(await remove(reviewer, course.id, reviewer.personId))).toEqual([]);
    expect(await rolesIn(course.id)).toEqual({ [author.email]: 'AUTHOR' });
  });

  it('keeps an author when all of them leave at once', async () => {
    const course = await aCourse(author);
    const others = await Promise.all(Array.from({ length: 4 }, () => aTrainer()));
    for (const { email } of others) await add(author, course.id, email, 'AUTHOR');
    const answers = await Promise.all(
      [author, ...others].map((each) => remove(each, course.id, each.personId)),
    );
    expect(answers.flatMap(codes)).toEqual(['TEAM_LAST_AUTHOR']);
    expect(Object.values(await rolesIn(course.id))).toEqual(['AUTHOR']);
  });

  it('is handed over as a whole', async () => {
    const course = await aCourse(author);
    const [heir, next] = [await aTrainer(), await aTrainer()];
    expect(codes(await handOver(author, course.id, author.email, null))).toEqual(['TEAM_HAND_OVER_TO_SELF']);
    expect(codes(await handOver(author, course.id, heir.email, 'REVIEWER'))).toEqual([]);
    expect(await rolesIn(course.id)).toEqual({ [author.email]: 'REVIEWER', [heir.email]: 'AUTHOR' });
    expect(codes(await handOver(heir, course.id, next.email, null))).toEqual([]);
    expect(await rolesIn(course.id)).toEqual({ [author.email]: 'REVIEWER', [next.email]: 'AUTHOR' });
    const admin = await aPerson(app, { roles: ['ADMIN'] });
    await handOver(admin, course.id, heir.email, null);
    expect(await rolesIn(course.id)).toMatchObject({ [next.email]: 'AUTHOR', [heir.email]: 'AUTHOR' });
  });
});
