import { aPerson, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { aPackage, packageLessons, Played, playFirst, publishPackage } from '../support/package.builders.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

describe('what packages report', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let course: BuiltCourse;
  let newer: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { name: 'trainer', roles: ['TRAINER'] });
    course = await publishPackage(
      app,
      trainer,
      await aPackage({ demands: '<adlcp:masteryscore>70</adlcp:masteryscore>' }),
    );
    newer = await publishPackage(app, trainer, await aPackage({ version: '2004 4th Edition' }));
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const records = (enrollmentId: string): Promise<any[]> =>
    app.sql('SELECT * FROM package_record WHERE enrollment_id = $1', [enrollmentId]);
  const standing = async (who: Client, of = course): Promise<any> => {
    const [{ completedAt, packageStanding }] = await packageLessons(who, of);
    const { status, scorePercent } = packageStanding;
    return { isDone: completedAt !== null, status, scorePercent };
  };
  const completions = (enrollmentId: string): Promise<any[]> =>
    app.sql(
      `SELECT done.lesson_key FROM lesson_completion done WHERE done.enrollment_id = $1
        UNION ALL SELECT 'course' FROM course_completion WHERE enrollment_id = $1`,
      [enrollmentId],
    );

  it('begins with nothing but who learns and what is asked of them', async () => {
    const learner = await aPerson(app, { name: 'ana' });
    const { played, enrollmentId } = await playFirst(learner, course);
    expect(await standing(learner)).toEqual({ isDone: false, status: null, scorePercent: null });
    expect(await played.begin()).toEqual({
      session: 1,
      standard: 'SCORM_1_2',
      launch: 'index.html?item=1',
      values: {
        'cmi.core.student_id': enrollmentId,
        'cmi.core.student_name': 'ana',
        'cmi.core.credit': 'credit',
        'cmi.core.lesson_mode': 'normal',
        'cmi.core.entry': 'ab-initio',
        'cmi.core.total_time': '0000:00:00',
        'cmi.student_data.mastery_score': '70',
      },
    });
    expect(await standing(learner)).toEqual({ isDone: false, status: 'INCOMPLETE', scorePercent: null });
  });

  it('is kept, and there when it is opened again', async () => {
    const { played } = await playFirst(await aPerson(app), course);
    await played.begin();
    await played.save({ 'cmi.core.lesson_location': '3' });
    await played.save({ 'cmi.suspend_data': 'half', 'cmi.core.session_time': '00:10:00' });
    await played.save({ 'cmi.core.exit': 'suspend' }, { isFinished: true });
    const { session, values } = await played.begin();
    expect(session).toBe(2);
    expect(values).toMatchObject({
      'cmi.core.entry': 'resume',
      'cmi.core.lesson_location': '3',
      'cmi.suspend_data': 'half',
      'cmi.core.total_time': '0000:10:00',
    });
    expect(values).not.toHaveProperty(['cmi.core.session_time']);
    // Broken off without a word: nothing is counted twice.
    expect((await played.begin()).values['cmi.core.total_time']).toBe('0000:10:00');
  });

  it('completes the lesson and the course once it is passed, and never takes that back', async () => {
    const learner = await aPerson(app);
    const { played, enrollmentId } = await playFirst(learner, course);
    await played.begin();
    const failed = await played.save({ 'cmi.core.lesson_status': 'completed', 'cmi.core.score.raw': '40' });
    expect(failed.body).toEqual({ status: 'FAILED', scorePercent: 40, isDone: false, refused: [] });
    expect(await completions(enrollmentId)).toEqual([]);
    const passed = await played.save({ 'cmi.core.score.raw': '85' });
    expect(passed.body).toMatchObject({ status: 'PASSED', isDone: true });
    expect(await completions(enrollmentId)).toEqual([{ lesson_key: 'item-1' }, { lesson_key: 'course' }]);
    await played.save({ 'cmi.core.lesson_status': 'incomplete', 'cmi.core.score.raw': '10' });
    await played.begin();
    await played.save({ 'cmi.core.lesson_status': 'failed' });
    expect(await standing(learner)).toEqual({ isDone: true, status: 'PASSED', scorePercent: 85 });
    expect(await completions(enrollmentId)).toHaveLength(2);
  });

  it('of SCORM 2004 counts by both of its statuses', async () => {
    const learner = await aPerson(app);
    const { played } = await playFirst(learner, newer);
    expect((await played.begin()).standard).toBe('SCORM_2004');
    await played.save({ 'cmi.completion_status': 'incomplete', 'cmi.success_status': 'passed' });
    expect(await standing(learner, newer)).toMatchObject({ isDone: false, status: 'INCOMPLETE' });
    await played.save({ 'cmi.completion_status': 'completed', 'cmi.score.scaled': '0.914' });
    expect(await standing(learner, newer)).toEqual({ isDone: true, status: 'PASSED', scorePercent: 91 });
  });

  it('is judged by the server: what the package may not say is not kept, and named', async () => {
    const { played, enrollmentId } = await playFirst(await aPerson(app), course);
    await played.begin();
    const { body } = await played.save({
      'cmi.core.lesson_status': 'PASSED',
      'cmi.core.student_id': 'somebody',
      'cmi.core.total_time': '9999:00:00',
      'cmi.core.lesson_location': '1',
    });
    expect(body.refused).toEqual(['cmi.core.lesson_status', 'cmi.core.student_id', 'cmi.core.total_time']);
    expect((await records(enrollmentId))[0].runtime_data).toEqual({ 'cmi.core.lesson_location': '1' });
  });

  it('may not be larger than what is kept of one package', async () => {
    const { played, enrollmentId } = await playFirst(await aPerson(app), course);
    await played.begin();
    const answers = Object.fromEntries(
      Array.from({ length: 70 }, (_, index) => [
        `cmi.interactions.${index}.student_response`,
        'a'.repeat(4_000),
      ]),
    );
    const { status, body } = await played.save(answers);
    expect(status).toBe(422);
    expect(body.error).toMatchObject({ code: 'PACKAGE_DATA_TOO_LARGE' });
    expect((await records(enrollmentId))[0].runtime_data).toEqual({});
  });

  it.each([
    ['nothing', {}],
    [
      'a number for a text',
      { session: 1, sequence: 1, values: { 'cmi.suspend_data': 1 }, isFinished: false },
    ],
    ['a sequence of none', { session: 1, sequence: 0, values: {}, isFinished: false }],
    ['more than is asked', { session: 1, sequence: 1, values: {}, isFinished: false, score: 100 }],
  ])('is not taken from %s', async (_, body) => {
    const { played } = await playFirst(await aPerson(app), course);
    await played.begin();
    const answer = await played.post('saves', body);
    expect(answer.status).toBe(400);
    expect(answer.body.error.message).toContain('{ session, sequence, values');
  });

  it('is not taken from a session that never began', async () => {
    const { played } = await playFirst(await aPerson(app), course);
    expect((await played.save({}, { session: 1 })).status).toBe(404);
    await played.begin();
    expect((await played.save({}, { session: 2 })).status).toBe(404);
  });

  it('sent twice, late or at once, is as if it came once and in order', async () => {
    const learner = await aPerson(app);
    const { played, enrollmentId } = await playFirst(learner, course);
    await played.begin();
    const saves = Array.from({ length: 8 }, (_, index) => ({
      session: played.session,
      sequence: index + 1,
      // Each carries all that was set before, as the player sends it while no answer has come.
      values: Object.fromEntries(
        Array.from({ length: index + 1 }, (_, step) => [`cmi.objectives.${step}.id`, `o${step}`]).concat([
          ['cmi.core.lesson_location', String(index)],
          ['cmi.core.lesson_status', index === 7 ? 'completed' : 'incomplete'],
        ]),
      ),
      isFinished: index === 7,
    }));
    const twice = [...saves, ...saves].sort((a, b) => ((a.sequence * 5) % 8) - ((b.sequence * 5) % 8));
    const answers = await Promise.all(twice.map((save) => played.post('saves', save)));
    expect(answers.map(({ status }) => status)).toEqual(twice.map(() => 200));
    const [record] = await records(enrollmentId);
    expect(record).toMatchObject({ sequence: 8, is_finished: true, status: 'COMPLETED' });
    expect(record.runtime_data).toEqual(saves[7]!.values);
    expect(await completions(enrollmentId)).toHaveLength(2);
  });

  it('opened in two windows at once, is written by the one that was opened last; what the other reached counts', async () => {
    const learner = await aPerson(app);
    const { played, enrollmentId } = await playFirst(learner, course);
    const [lesson] = await packageLessons(learner, course);
    const other = new Played(learner.origin, lesson.packageStanding.address);
    await Promise.all([played.begin(), other.begin()]);
    expect([played.session, other.session].sort()).toEqual([1, 2]);
    const [older, newest] = played.session === 1 ? [played, other] : [other, played];
    await newest.save({ 'cmi.suspend_data': 'newest' });
    const late = await older.save({ 'cmi.suspend_data': 'older' });
    expect(late.status).toBe(422);
    expect(late.body.error.code).toBe('PACKAGE_OPENED_ELSEWHERE');
    expect((await records(enrollmentId))[0].runtime_data).toEqual({ 'cmi.suspend_data': 'newest' });
    await older.save({ 'cmi.core.lesson_status': 'passed' });
    expect(await standing(learner)).toMatchObject({ isDone: true, status: 'PASSED' });
  });

  it('counts for nothing once the learner has left the course', async () => {
    const learner = await aPerson(app);
    const { played, enrollmentId } = await playFirst(learner, course);
    await played.begin();
    const left = { enrollmentId, reason: 'NO_TIME' };
    await learner.mutate('enrollmentWithdraw', 'EnrollmentWithdrawInput', left, 'enrollment { id }');
    const late = await played.save({ 'cmi.core.lesson_status': 'passed' });
    expect(late.status).toBe(422);
    expect(late.body.error.code).toBe('ENROLLMENT_ENDED');
    expect(await completions(enrollmentId)).toEqual([]);
  });

  it('cannot be said to be done without the package', async () => {
    const learner = await aPerson(app);
    const { enrollmentId } = await playFirst(learner, course);
    const { userErrors } = await learner.mutate(
      'lessonComplete',
      'LessonCompleteInput',
      { enrollmentId, lessonId: course.lessons[0]!.id },
      'lesson { id }',
    );
    expect(userErrors).toMatchObject([{ code: 'LESSON_IS_PACKAGE', field: 'lessonId' }]);
    expect(await completions(enrollmentId)).toEqual([]);
  });

  it('of a page that reports nothing is that it was opened', async () => {
    const leaflet = await publishPackage(app, trainer, await aPackage({ scormType: 'asset' }));
    const learner = await aPerson(app);
    const { played } = await playFirst(learner, leaflet);
    await played.begin();
    expect(await standing(learner, leaflet)).toEqual({
      isDone: true,
      status: 'COMPLETED',
      scorePercent: null,
    });
  });

  it('of several items makes a course that is done with the last of them, each with its own data', async () => {
    const several = await publishPackage(app, trainer, await aPackage({ items: 3 }));
    const learner = await aPerson(app);
    const { played, enrollmentId } = await playFirst(learner, several);
    const lessons = await packageLessons(learner, several);
    const all = lessons.map(({ packageStanding }) => new Played(learner.origin, packageStanding.address));
    expect(all[0]!.path).toBe(played.path);
    for (const [index, each] of all.entries()) {
      const { launch, values } = await each.begin();
      expect(launch).toBe(`index.html?item=${index + 1}`);
      expect(values).not.toHaveProperty(['cmi.suspend_data']);
      await each.save({ 'cmi.suspend_data': `of ${index}`, 'cmi.core.lesson_status': 'completed' });
      expect(await completions(enrollmentId)).toHaveLength(index === 2 ? 4 : index + 1);
    }
  });

  it('is carried into a new version, and begins anew where that has another package', async () => {
    const changing = await publishPackage(app, trainer, await aPackage());
    const learner = await aPerson(app);
    const { played, enrollmentId } = await playFirst(learner, changing);
    await played.begin();
    await played.save({ 'cmi.suspend_data': 'old', 'cmi.core.score.raw': '55' });
    const files = [{ path: 'new.txt', content: 'new' }];
    await publishPackage(app, trainer, await aPackage({ files }), {
      into: changing,
      policy: 'MOVE_IN_PROGRESS',
    });
    const stale = await played.save({ 'cmi.suspend_data': 'old still' });
    expect({ status: stale.status, code: stale.body.error.code }).toEqual({
      status: 422,
      code: 'PACKAGE_CHANGED',
    });
    expect((await played.post('sessions', {})).body.error.code).toBe('PACKAGE_CHANGED');
    const [lesson] = await packageLessons(learner, changing);
    const again = new Played(learner.origin, lesson.packageStanding.address);
    const { session, values } = await again.begin();
    expect({ session, entry: values['cmi.core.entry'] }).toEqual({ session: 2, entry: 'ab-initio' });
    expect(values).not.toHaveProperty(['cmi.suspend_data']);
    expect((await records(enrollmentId))[0]).toMatchObject({ score_percent: 55, runtime_data: {} });
  });

  it('of a trainer who looks at it is recorded nowhere', async () => {
    const { lesson } = await trainer.ask(`query ($id: ID!) { lesson(id: $id) { packagePreviewAddress } }`, {
      id: course.lessons[0]!.id,
    });
    const played = new Played(trainer.origin, lesson.packagePreviewAddress);
    const before = await app.sql('SELECT count(*) FROM package_record');
    expect(await played.begin()).toMatchObject({ session: 0, values: { 'cmi.core.credit': 'no-credit' } });
    const { body } = await played.save({ 'cmi.core.lesson_status': 'passed', 'cmi.nonsense': 'x' });
    expect(body).toEqual({ status: 'PASSED', scorePercent: null, isDone: true, refused: ['cmi.nonsense'] });
    expect(await app.sql('SELECT count(*) FROM package_record')).toEqual(before);
  });
});
