import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { ActivityFileService } from '../../src/features/learning/activity-file.service.js';
import { MOST_FILE_BYTES } from '../../src/features/learning/activity.rules.js';
import type { Viewer } from '../../src/platform/access/viewer.js';
import { aPerson, enroll, readCourse, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aPdf, aPhotograph, aZip, anMp4 } from '../support/sample-files.js';
import { studio } from '../support/studio.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const SUBMISSIONS =
  'lesson { completedAt submissions { id number state text comment submittedAt files { id name mediaType url } } }';

describe('activities', () => {
  let app: TestApp;
  let trainer: Client & { email: string; personId: string };
  let course: BuiltCourse;
  let serial = 0;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'Ada', roles: ['TRAINER'] });
    course = await anActivityCourse('TEXT_OR_FILE');
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  /** A course of one activity. */
  async function anActivityCourse(submission: string): Promise<BuiltCourse> {
    const work = studio(trainer);
    const slug = `activity-${(serial += 1)}`;
    const { version } = await work.createCourse({ title: 'Doing it', slug, defaultLocale: 'en' });
    await work.update({ versionId: version.id, locale: 'en', summary: 'A course.', outcomes: ['You can.'] });
    const { module } = await work.module('moduleCreate', {
      versionId: version.id,
      locale: 'en',
      title: 'First',
    });
    const { lesson } = await work.lesson('lessonCreate', {
      moduleId: module.id,
      title: 'Write to a customer',
      kind: 'ACTIVITY',
      submission,
    });
    const text = { lessonId: lesson.id, locale: 'en', markdown: 'Write it.' };
    await trainer.mutate('lessonUpdate', 'LessonUpdateInput', text, 'lesson { id }');
    expect((await work.publish(version.id)).userErrors).toEqual([]);
    return readCourse(trainer, slug);
  }

  const aLearner = async (of = course, locale = 'en') => {
    const who = await aPerson(app, { name: 'Léa', locale });
    const activity = { enrollmentId: await enroll(who, of.id), lessonId: of.lessons[0]!.id };
    const call = (name: string, input: object = {}): Promise<any> =>
      who.mutate(
        name,
        `${name[0]!.toUpperCase()}${name.slice(1)}Input`,
        { ...activity, ...input },
        SUBMISSIONS,
      );
    return {
      who,
      activity,
      asViewer: { personId: who.personId, roles: new Set() } as unknown as Viewer,
      save: (text: string) => call('activitySave', { text }),
      add: (name: string, content: Buffer) =>
        call('activityFileAdd', { name, contentBase64: content.toString('base64') }),
      remove: (fileId: string) => call('activityFileRemove', { fileId }),
      submit: (text?: string) => call('activitySubmit', text === undefined ? {} : { text }),
      progress: async (): Promise<any> =>
        (
          await who.ask(
            '{ viewer { enrollments { state progress { missing { code } } completion { occurredAt evaluatedAt } } } }',
          )
        ).viewer.enrollments[0],
    };
  };
  const decide = (who: Client, submissionId: string, decision: string, comment?: string): Promise<any> =>
    who.mutate(
      'activityDecide',
      'ActivityDecideInput',
      { submissionId, decision, comment },
      'submission { state comment decidedAt }',
    );
  const QUEUE = `query ($first: Int!, $after: String) { activityQueue(first: $first, after: $after) {
    totalCount nodes { id text learnerName course { slug } lesson { title } } pageInfo { hasNextPage endCursor } } }`;
  /** What is kept of learners' files, and of nothing that was refused. */
  const keptFiles = async (): Promise<string[]> => {
    const entries = await readdir(join(app.config.dataDir, 'files', 'private'), {
      recursive: true,
      withFileTypes: true,
    }).catch(() => []);
    return entries
      .filter((entry) => entry.isFile())
      .map(({ name }) => name)
      .sort();
  };
  const code = ({ userErrors }: any): string | undefined => userErrors[0]?.code;
  const handedIn = async (text = 'Dear customer', of = course) => {
    const learner = await aLearner(of);
    const { lesson } = await learner.submit(text);
    return { learner, id: lesson.submissions[0].id as string };
  };

  it('keeps a draft, hands it in, and is done when a trainer accepts it, as of when it was handed in', async () => {
    const learner = await aLearner();
    expect((await learner.progress()).progress.missing).toEqual([{ code: 'ACTIVITY_NOT_ACCEPTED' }]);
    expect((await learner.save('  Dear… ')).lesson.submissions).toMatchObject([
      { state: 'DRAFT', text: 'Dear…' },
    ]);
    const { lesson } = await learner.submit('Dear customer');
    expect(lesson).toMatchObject({
      completedAt: null,
      submissions: [{ number: 1, state: 'SUBMITTED', text: 'Dear customer' }],
    });
    app.clock.moveForward(86_400_000);
    expect(await decide(trainer, lesson.submissions[0].id, 'ACCEPTED')).toMatchObject({
      submission: { state: 'ACCEPTED' },
      userErrors: [],
    });
    expect(await learner.progress()).toMatchObject({
      state: 'COMPLETED',
      completion: { occurredAt: START.toISOString(), evaluatedAt: app.clock.now().toISOString() },
    });
    expect(await app.drainOutbox()).toEqual([]);
    expect(app.mailbox.list(learner.who.email).map(({ subject }) => subject)).toContain(
      'Accepted: “Write to a customer”',
    );
    expect(code(await learner.save('more'))).toBe('ACTIVITY_ACCEPTED');
  });

  it('is returned with a comment, told in the learner’s language, and handed in again with its files', async () => {
    const learner = await aLearner(course, 'fr');
    await learner.add('photo.jpg', await aPhotograph());
    const first = (await learner.submit('Too short')).lesson.submissions[0];
    expect(code(await decide(trainer, first.id, 'RETURNED', '  '))).toBe('ACTIVITY_COMMENT_MISSING');
    await decide(trainer, first.id, 'RETURNED', 'Say more.');
    expect(await app.drainOutbox()).toEqual([]);
    const [mail] = app.mailbox.list(learner.who.email);
    expect(mail!.subject).toBe('Un commentaire sur votre travail : « Write to a customer »');
    expect(mail!.text).toContain('Say more.');
    const { lesson } = await learner.submit('Long enough now');
    expect(lesson.submissions).toMatchObject([
      { number: 2, state: 'SUBMITTED', text: 'Long enough now', files: [{ name: 'photo.jpg' }] },
      { number: 1, state: 'RETURNED', text: 'Too short', comment: 'Say more.' },
    ]);
  });

  it('does not change while it waits, and a second tap is the same', async () => {
    const { learner, id } = await handedIn();
    expect((await learner.submit('Dear customer')).lesson.submissions).toMatchObject([{ id, number: 1 }]);
    expect(code(await learner.submit('Something else'))).toBe('ACTIVITY_SUBMITTED');
    expect(code(await learner.save('x'))).toBe('ACTIVITY_SUBMITTED');
    expect(code(await learner.add('a.pdf', aPdf()))).toBe('ACTIVITY_SUBMITTED');
  });

  it('is handed in once by twenty taps at once', async () => {
    const learner = await aLearner();
    const answers = await Promise.all(Array.from({ length: 20 }, () => learner.submit('Once')));
    expect(answers.map(code)).toEqual(answers.map(() => undefined));
    expect(answers.at(-1)!.lesson.submissions).toHaveLength(1);
  });

  it('is not done by saying so', async () => {
    const { who, activity } = await aLearner();
    const answer = await who.mutate('lessonComplete', 'LessonCompleteInput', activity, 'lesson { id }');
    expect(code(answer)).toBe('LESSON_IS_ACTIVITY');
  });

  describe('what it takes', () => {
    it('is what its trainer asked for', async () => {
      const text = await aLearner(await anActivityCourse('TEXT'));
      expect(code(await text.add('a.pdf', aPdf()))).toBe('ACTIVITY_TAKES_NO_FILES');
      expect(code(await text.submit(' '))).toBe('ACTIVITY_TEXT_MISSING');
      const file = await aLearner(await anActivityCourse('FILE'));
      expect(code(await file.save('text'))).toBe('ACTIVITY_TAKES_NO_TEXT');
      expect(code(await file.submit())).toBe('ACTIVITY_FILE_MISSING');
      expect(code(await (await aLearner()).submit(''))).toBe('ACTIVITY_EMPTY');
    });

    it('is pictures and documents, each once, that can be taken out again', async () => {
      const learner = await aLearner();
      const kept = await keptFiles();
      await learner.add('C:\\plan.pdf', aPdf());
      const { lesson } = await learner.add('again.pdf', aPdf());
      expect(lesson.submissions[0].files).toMatchObject([{ name: 'plan.pdf', mediaType: 'application/pdf' }]);
      expect((await learner.remove(lesson.submissions[0].files[0].id)).lesson.submissions[0].files).toEqual(
        [],
      );
      expect(await app.drainOutbox()).toEqual([]);
      expect(await keptFiles()).toEqual(kept);
    });

    it('says what it is when it takes something else', async () => {
      const learner = await aLearner();
      const kept = await keptFiles();
      // Over HTTP a request is refused before: it is the pages, in the process, that may send as much.
      const large = { ...learner.activity, name: 'big.pdf', content: Buffer.alloc(MOST_FILE_BYTES + 1) };
      await expect(app.get(ActivityFileService).add(learner.asViewer, large)).rejects.toMatchObject({
        refusal: { code: 'ACTIVITY_FILE_TOO_LARGE' },
        values: { name: 'big.pdf', max: 10 },
      });
      for (const [name, content] of [
        ['film.mp4', anMp4(2000)],
        ['page.html', Buffer.from('<!doctype html><script>alert(1)</script>')],
        ['drawing.svg', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>')],
        ['all.zip', await aZip({ 'a.txt': 'a' })],
      ] as const) {
        const answer = await learner.add(name, content);
        expect([name, code(answer), answer.userErrors[0].field]).toEqual([
          name,
          'ACTIVITY_FILE_REFUSED',
          'file',
        ]);
        expect(answer.userErrors[0].message).toContain(`“${name}”`);
      }
      expect(code(await learner.add('empty.pdf', Buffer.alloc(0)))).toBe('FILE_EMPTY');
      expect(await keptFiles()).toEqual(kept);
    });

    it('is five files at most, though they come at once', async () => {
      const learner = await aLearner();
      const file = (index: number) => Buffer.concat([aPdf(), Buffer.from(`%${index}\n`)]);
      const answers = await Promise.all(
        Array.from({ length: 7 }, (_, index) => learner.add(`${index}.pdf`, file(index))),
      );
      expect(answers.filter((answer) => code(answer) === 'ACTIVITY_TOO_MANY_FILES')).toHaveLength(2);
      expect((await learner.save('')).lesson.submissions[0].files).toHaveLength(5);
    });
  });

  describe('a file', () => {
    /** Handed in by a learner: its address. */
    const aFile = async (
      learner: Awaited<ReturnType<typeof aLearner>>,
      name = 'plan.pdf',
      content = aPdf(),
    ) => (await learner.add(name, content)).lesson.submissions[0].files[0].url as string;

    it('is downloaded by its learner, and only saved', async () => {
      const learner = await aLearner();
      const answer = await learner.who.download(await aFile(learner, 'Mon plan été.pdf'));
      expect(answer.body).toEqual(aPdf());
      expect(answer.headers).toMatchObject({
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="Mon plan ete.pdf"; filename*=UTF-8''Mon%20plan%20%C3%A9t%C3%A9.pdf`,
        'content-security-policy': "sandbox; default-src 'none'",
        'x-content-type-options': 'nosniff',
        'cache-control': 'private, no-store',
      });
    });

    it('is nobody else’s while it is a draft, and after that theirs who decide', async () => {
      const learner = await aLearner();
      const url = await aFile(learner);
      const editor = await aPerson(app, { roles: ['TRAINER'] });
      const reviewer = await aPerson(app, { roles: ['TRAINER'] });
      for (const [who, role] of [
        [editor, 'EDITOR'],
        [reviewer, 'REVIEWER'],
      ] as const)
        await trainer.mutate(
          'courseTeamAdd',
          'CourseTeamAddInput',
          { courseId: course.id, email: who.email, role },
          'course { id }',
        );
      const admin = await aPerson(app, { roles: ['ADMIN'] });
      const others = [
        (await aLearner()).who,
        await aPerson(app, { roles: ['TRAINER'] }),
        await aPerson(app, { roles: ['MANAGER'] }),
        reviewer,
      ];
      const statuses = (of: Client[]) => Promise.all(of.map(async (who) => (await who.get(url)).status));
      const judges = [trainer, editor, admin];
      expect(await statuses([...judges, ...others])).toEqual([404, 404, 404, 404, 404, 404, 404]);
      await learner.submit();
      expect(await statuses([learner.who, ...judges])).toEqual([200, 200, 200, 200]);
      expect(await statuses(others)).toEqual([404, 404, 404, 404]);
      expect((await app.visitor().get(url)).status).toBe(401);
      const [refused] = await app.sql(`SELECT count(*)::int FROM audit_entry WHERE subject = $1`, [
        `activity_file:${url.split('/').at(-1)}`,
      ]);
      expect(refused).toEqual({ count: 11 });
    });

    it('is not among the files of courses, however its address is guessed', async () => {
      const learner = await aLearner();
      const url = await aFile(learner);
      const id = url.split('/').at(-1)!;
      const hash = createHash('sha256').update(aPdf()).digest('hex');
      for (const path of [
        `/files/${hash}`,
        `/files/${id}`,
        `/activity-files/${hash}`,
        `/activity-files/..%2f${hash}`,
        '/activity-files/019a0000-0000-7000-8000-000000000000',
      ])
        expect([path, (await learner.who.get(path)).status]).toEqual([path, 404]);
      expect(
        (await learner.who.get(url.toUpperCase().replace('ACTIVITY-FILES', 'activity-files'))).status,
      ).toBe(200);
    });

    it('stays with the turn that was returned when it is taken out of the next one', async () => {
      const learner = await aLearner();
      const photo = await aFile(learner, 'photo.jpg', await aPhotograph(300, 200));
      const first = (await learner.submit()).lesson.submissions[0];
      await decide(trainer, first.id, 'RETURNED', 'Another one, please.');
      const { lesson } = await learner.remove(first.files[0].id);
      expect(lesson.submissions.map(({ files }: any) => files.length)).toEqual([0, 1]);
      expect(await app.drainOutbox()).toEqual([]);
      const answer = await trainer.download(photo);
      expect(answer.headers['content-disposition']).toBe('attachment; filename="photo.webp"');
      expect(answer.body.includes('SecretPhone')).toBe(false);
      expect(
        (await learner.add('photo.jpg', await aPhotograph(300, 200))).lesson.submissions[0].files,
      ).toEqual(first.files);
    });

    it('cannot be put to the work of somebody else, nor taken out of it', async () => {
      const [learner, other] = [await aLearner(), await aLearner()];
      const { lesson } = await learner.add('a.pdf', aPdf());
      const kept = await keptFiles();
      const calls = {
        activityFileAdd: { name: 'b.pdf', contentBase64: aPdf().toString('base64') },
        activityFileRemove: { fileId: lesson.submissions[0].files[0].id },
      };
      for (const [name, input] of Object.entries(calls)) {
        const type = `${name[0]!.toUpperCase()}${name.slice(1)}Input`;
        const document = `mutation ($input: ${type}!) { ${name}(input: $input) { lesson { id } } }`;
        expect(await other.who.errorCode(document, { input: { ...learner.activity, ...input } })).toBe(
          'NOT_FOUND',
        );
        // In their own work they name a file of another's.
        if (name === 'activityFileRemove')
          expect(
            await other.who.errorCode(document, { input: { ...other.activity, ...input } }),
          ).toBeUndefined();
      }
      expect(await keptFiles()).toEqual(kept);
      expect((await learner.save('')).lesson.submissions[0].files).toHaveLength(1);
    });

    it('that was sent twice in one tap is there once, handed in', async () => {
      const learner = await aLearner();
      const tap = async () => [
        code(await learner.save('Here')),
        code(await learner.add('a.pdf', aPdf())),
        code(await learner.submit('Here')),
      ];
      const nothing = [undefined, undefined, undefined];
      expect(await Promise.all([tap(), tap(), tap()])).toEqual([nothing, nothing, nothing]);
      const { submissions } = (await learner.submit('Here')).lesson;
      expect(submissions).toMatchObject([{ state: 'SUBMITTED', text: 'Here', files: [{ name: 'a.pdf' }] }]);
    });
  });

  describe('the queue', () => {
    it('is of the viewer’s own courses, what was handed in first coming first', async () => {
      const own = await aPerson(app, { roles: ['TRAINER'] });
      const member = { courseId: course.id, email: own.email, role: 'EDITOR' };
      await trainer.mutate('courseTeamAdd', 'CourseTeamAddInput', member, 'course { id }');
      const other = await anActivityCourse('TEXT');
      await app.sql(
        `UPDATE activity_submission SET state = 'DRAFT', submitted_at = NULL WHERE state = 'SUBMITTED'`,
      );
      const late = await aLearner();
      await late.save('draft begun early');
      const early = await handedIn('early');
      app.clock.moveForward(60_000);
      const { lesson } = await late.submit('late');
      await handedIn('elsewhere', other);
      const first = (await own.ask(QUEUE, { first: 1 })).activityQueue;
      expect(first).toMatchObject({
        totalCount: 2,
        nodes: [{ id: early.id, learnerName: 'Léa', course: { slug: course.slug } }],
        pageInfo: { hasNextPage: true },
      });
      const second = (await own.ask(QUEUE, { first: 1, after: first.pageInfo.endCursor })).activityQueue;
      expect(second.nodes).toMatchObject([{ id: lesson.submissions[0].id, text: 'late' }]);
      expect((await trainer.ask(QUEUE, { first: 10 })).activityQueue.totalCount).toBe(3);
      const stranger = await aPerson(app, { roles: ['TRAINER'] });
      expect((await stranger.ask(QUEUE, { first: 10 })).activityQueue.nodes).toEqual([]);
    });

    it('no longer asks about who left, and takes no decision of their work', async () => {
      const { learner, id } = await handedIn();
      const waiting = async () =>
        (await trainer.ask(QUEUE, { first: 100 })).activityQueue.nodes.map((node: { id: string }) => node.id);
      expect(await waiting()).toContain(id);
      await app.sql(
        `UPDATE enrollment SET state = 'WITHDRAWN', ended_at = $2, withdrawal_reason = 'NO_TIME' WHERE id = $1`,
        [learner.activity.enrollmentId, app.clock.now()],
      );
      expect(await waiting()).not.toContain(id);
      expect(code(await decide(trainer, id, 'ACCEPTED'))).toBe('ACTIVITY_LEARNER_LEFT');
      expect(code(await learner.save('More'))).toBe('ENROLLMENT_ENDED');
      expect(code(await learner.add('a.pdf', aPdf()))).toBe('ENROLLMENT_ENDED');
    });

    it('lets only who edits the course decide', async () => {
      const { learner, id } = await handedIn();
      const document = `mutation ($input: ActivityDecideInput!) { activityDecide(input: $input) { submission { id } } }`;
      const input = { submissionId: id, decision: 'ACCEPTED' };
      const stranger = await aPerson(app, { roles: ['TRAINER'] });
      for (const who of [learner.who, stranger])
        expect(await who.errorCode(document, { input })).toBe('FORBIDDEN');
    });

    it('takes one decision of two trainers at once, and tells the other', async () => {
      const second = await aPerson(app, { name: 'Bea', roles: ['ADMIN'] });
      const { learner, id } = await handedIn();
      const answers = await Promise.all([
        decide(trainer, id, 'RETURNED', 'Say more.'),
        decide(second, id, 'ACCEPTED'),
        decide(second, id, 'ACCEPTED'),
        decide(trainer, id, 'RETURNED', 'Say more.'),
      ]);
      const refused = answers.filter((answer) => code(answer) === 'ACTIVITY_ALREADY_DECIDED');
      expect(refused).toHaveLength(2);
      const isAccepted = answers[1].userErrors.length === 0;
      expect(refused[0].userErrors[0].message).toContain(isAccepted ? 'Bea' : 'Ada');
      expect((await learner.progress()).state).toBe(isAccepted ? 'COMPLETED' : 'ACTIVE');
      await expect(
        app.sql(`UPDATE activity_submission SET state = 'SUBMITTED', decided_at = NULL WHERE id = $1`, [id]),
      ).rejects.toThrow('never changes');
    });
  });
});
