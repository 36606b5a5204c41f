import { aPerson, enroll, readCourse, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aPdf, aPhotograph, anMp4 } from '../support/sample-files.js';
import { studio } from '../support/studio.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const SUBMISSIONS =
  'lesson { completedAt submissions { id number state text comment submittedAt files { id name mediaType } } }';

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
    const { module } = await work.module('moduleCreate', { versionId: version.id, locale: 'en', title: 'First' });
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
      await learner.add('C:\\plan.pdf', aPdf());
      const { lesson } = await learner.add('again.pdf', aPdf());
      expect(lesson.submissions[0].files).toMatchObject([{ name: 'plan.pdf', mediaType: 'application/pdf' }]);
      expect(code(await learner.add('film.mp4', anMp4(2000)))).toBe('FILE_TYPE_REFUSED');
      expect((await learner.remove(lesson.submissions[0].files[0].id)).lesson.submissions[0].files).toEqual(
        [],
      );
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

  describe('the queue', () => {
    it('is of the viewer’s own courses, what was handed in first coming first', async () => {
      const own = await aPerson(app, { roles: ['TRAINER'] });
      const member = { courseId: course.id, email: own.email, role: 'EDITOR' };
      await trainer.mutate('courseTeamAdd', 'CourseTeamAddInput', member, 'course { id }');
      const other = await anActivityCourse('TEXT');
      await app.sql(`DELETE FROM activity_submission WHERE decided_at IS NULL`);
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
