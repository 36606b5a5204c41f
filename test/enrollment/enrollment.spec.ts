import { ProgramService } from '../../src/features/programs/program.service.js';
import {
  aBusiness,
  aCourse,
  aPerson,
  aProgram,
  completeCourse,
  courseFiles,
  enroll,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

const NOBODY = '018f0000-0000-7000-8000-000000000000';

describe('enrolling', () => {
  let app: TestApp;
  let trainer: Client;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    course = await aCourse(trainer);
  });
  beforeEach(() => app.clock.set(START.toISOString()));
  afterAll(() => app.close());

  const SELECTION = 'enrollment { id state cycle enrolledAt business { id } course { slug } version { id } }';
  const enrollIn = (who: Client, input: object): Promise<any> =>
    who.mutate('enrollmentCreate', 'EnrollmentCreateInput', { courseId: course.id, ...input }, SELECTION);
  const DOCUMENT = `mutation ($input: EnrollmentCreateInput!) { enrollmentCreate(input: $input) { enrollment { id } } }`;
  const refusedAs = (who: Client, input: object): Promise<string | undefined> =>
    who.errorCode(DOCUMENT, { input: { courseId: course.id, ...input } });
  const cohortOf = async (enrollmentId: string): Promise<string | null> =>
    (
      await app.sql<{ cohort_id: string | null }>('SELECT cohort_id FROM enrollment WHERE id = $1', [
        enrollmentId,
      ])
    )[0]!.cohort_id;

  it('pins the learner to the published version', async () => {
    const { enrollment } = await enrollIn(await aPerson(app), {});
    expect(enrollment).toMatchObject({
      state: 'ACTIVE',
      cycle: 1,
      enrolledAt: START.toISOString(),
      business: null,
      course: { slug: course.slug },
      version: { id: course.versionId },
    });
  });

  it('makes one enrollment of fifty requests at once, and tells each the same', async () => {
    const learner = await aPerson(app);
    const answers = await Promise.all(Array.from({ length: 50 }, () => enrollIn(learner, {})));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0].userErrors).toEqual([]);
    expect(await app.sql('SELECT id FROM enrollment WHERE person_id = $1', [learner.personId])).toEqual([
      { id: answers[0].enrollment.id },
    ]);
    const events = await app.sql(
      `SELECT 1 FROM outbox_event WHERE type = 'enrollment.learner-enrolled' AND payload->>'enrollmentId' = $1`,
      [answers[0].enrollment.id],
    );
    expect(events).toHaveLength(1);
  });

  it('refuses a course that is not published, completed, or not there', async () => {
    const learner = await aPerson(app);
    await trainer.mutate(
      'courseImport',
      'CourseImportInput',
      { slug: 'not-yet', files: courseFiles() },
      'version { id }',
    );
    const [draft] = await app.sql<{ id: string }>(`SELECT id FROM course WHERE slug = 'not-yet'`);
    expect((await enrollIn(learner, { courseId: draft!.id })).userErrors[0]).toMatchObject({
      code: 'COURSE_NOT_PUBLISHED',
      field: 'courseId',
    });
    await completeCourse(learner, course);
    const again = await enrollIn(learner, {});
    expect(again.enrollment).toBeNull();
    expect(again.userErrors[0]).toMatchObject({
      code: 'ENROLLMENT_COMPLETED',
      message: 'You have already completed this course.',
    });
    for (const courseId of [NOBODY, 'no-id', ''])
      expect(await refusedAs(learner, { courseId })).toBe('NOT_FOUND');
  });

  it('takes an id in capitals for the same id', async () => {
    const learner = await aPerson(app);
    const id = await enroll(learner, course.id.toUpperCase());
    const lessonId = course.lessons[0]!.id.toUpperCase();
    const { userErrors } = await learner.mutate(
      'lessonComplete',
      'LessonCompleteInput',
      { enrollmentId: id.toUpperCase(), lessonId },
      'lesson { id }',
    );
    expect(userErrors).toEqual([]);
  });

  it('does not enroll a visitor', async () => {
    expect(await refusedAs(app.visitor(), {})).toBe('UNAUTHENTICATED');
  });

  describe('for a business', () => {
    it('takes the only one, none of several unless told which, and none when there is none', async () => {
      const [single, owner, idle] = [await aPerson(app), await aPerson(app), await aPerson(app)];
      const only = await aBusiness(single);
      const [first] = [await aBusiness(owner), await aBusiness(owner)];
      expect((await enrollIn(single, {})).enrollment.business).toEqual({ id: only });
      expect((await enrollIn(owner, {})).enrollment.business).toBeNull();
      expect((await enrollIn(idle, {})).enrollment.business).toBeNull();
      const other = await aCourse(trainer);
      expect((await enrollIn(owner, { courseId: other.id, businessId: first })).enrollment.business).toEqual({
        id: first,
      });
    });

    it('is refused for somebody else’s business as for none at all', async () => {
      const stranger = await aPerson(app);
      const foreign = await aBusiness(await aPerson(app));
      for (const businessId of [foreign, NOBODY, 'no-id'])
        expect(await refusedAs(stranger, { businessId })).toBe('NOT_FOUND');
      expect(await app.sql('SELECT 1 FROM enrollment WHERE person_id = $1', [stranger.personId])).toEqual([]);
    });
  });

  describe('in a cohort', () => {
    /** A program of its own course, with these cohorts. */
    const offered = async (...cohorts: { startsOn: string; endsOn: string }[]) => {
      const own = await aCourse(trainer);
      const { programId, cohortId } = await aProgram(app, { managerIds: [], courseIds: [own.id] });
      await app.sql('DELETE FROM cohort WHERE id = $1', [cohortId]);
      const rows = await Promise.all(
        cohorts.map(({ startsOn, endsOn }) =>
          app.sql<{ id: string }>(
            `INSERT INTO cohort (id, program_id, name, starts_on, ends_on, time_zone) VALUES (gen_random_uuid(), $1, 'c', $2, $3, 'Europe/Paris') RETURNING id`,
            [programId, startsOn, endsOn],
          ),
        ),
      );
      return { courseId: own.id, cohortIds: rows.map(([row]) => row!.id) };
    };
    const open = { startsOn: '2026-09-01', endsOn: '2026-12-31' };

    it('takes the only open one', async () => {
      const past = { startsOn: '2026-01-01', endsOn: '2026-06-30' };
      const { courseId, cohortIds } = await offered(past, open);
      expect(await cohortOf(await enroll(await aPerson(app), courseId))).toBe(cohortIds[1]);
    });

    it('takes none of several unless told which', async () => {
      const { courseId, cohortIds } = await offered(open, open);
      expect(await cohortOf(await enroll(await aPerson(app), courseId))).toBeNull();
      expect(await cohortOf(await enroll(await aPerson(app), courseId, { cohortId: cohortIds[1] }))).toBe(
        cohortIds[1],
      );
    });

    it('takes none when none offers the course, nor one that does not offer it', async () => {
      const { cohortIds } = await offered(open);
      const learner = await aPerson(app);
      expect((await enrollIn(learner, { cohortId: cohortIds[0] })).userErrors[0]).toMatchObject({
        code: 'COHORT_WITHOUT_COURSE',
        field: 'cohortId',
      });
      expect((await enrollIn(learner, { cohortId: NOBODY })).userErrors[0].code).toBe(
        'COHORT_WITHOUT_COURSE',
      );
      expect(await refusedAs(learner, { cohortId: 'no-id' })).toBe('NOT_FOUND');
      expect(await cohortOf((await enrollIn(learner, {})).enrollment.id)).toBeNull();
    });

    // Auckland is 13 hours ahead of UTC then, Honolulu 10 behind.
    it.each([
      ['Pacific/Auckland', '2026-10-09T10:59:59.999Z', false],
      ['Pacific/Auckland', '2026-10-09T11:00:00.000Z', true],
      ['Pacific/Auckland', '2026-10-10T10:59:59.999Z', true],
      ['Pacific/Auckland', '2026-10-10T11:00:00.000Z', false],
      ['Pacific/Honolulu', '2026-10-10T09:59:59.999Z', false],
      ['Pacific/Honolulu', '2026-10-10T10:00:00.000Z', true],
      ['Pacific/Honolulu', '2026-10-11T09:59:59.999Z', true],
      ['Pacific/Honolulu', '2026-10-11T10:00:00.000Z', false],
    ])('opens and closes at midnight in its own zone: %s at %s', async (timeZone, instant, isOpen) => {
      const own = await aCourse(trainer);
      const { cohorts } = await app.get(ProgramService).create({
        slug: `one-day-${own.slug}`,
        names: { en: 'One day' },
        timeZone,
        managerIds: [],
        courseIds: [own.id],
        cohorts: [{ name: 'One day', startsOn: '2026-10-10', endsOn: '2026-10-10' }],
      });
      const [chooser, other] = [await aPerson(app), await aPerson(app)];
      app.clock.set(instant);
      const cohortId = cohorts[0]!.id;
      const { userErrors } = await enrollIn(chooser, { courseId: own.id, cohortId });
      expect(userErrors.map(({ code }: { code: string }) => code)).toEqual(isOpen ? [] : ['COHORT_NOT_OPEN']);
      expect(await cohortOf(await enroll(other, own.id))).toBe(isOpen ? cohortId : null);
    });

    it('stays enrolled when the cohort closes, and is told so', async () => {
      const { courseId, cohortIds } = await offered({ startsOn: '2026-10-01', endsOn: '2026-10-07' });
      const learner = await aPerson(app);
      const input = { courseId, cohortId: cohortIds[0] };
      const { enrollment } = await enrollIn(learner, input);
      app.clock.set('2026-10-08T12:00:00Z');
      expect(await enrollIn(learner, input)).toMatchObject({
        enrollment: { id: enrollment.id },
        userErrors: [],
      });
    });
  });

  it('lists a person’s enrollments, newest first, and nobody else’s', async () => {
    const learner = await aPerson(app);
    const first = await enroll(learner, course.id);
    app.clock.moveForward(1_000);
    const second = await enroll(learner, (await aCourse(trainer)).id);
    await enroll(await aPerson(app), course.id);
    const { viewer } = await learner.ask('{ viewer { enrollments { id } } }');
    expect(viewer.enrollments).toEqual([{ id: second }, { id: first }]);
  });
});
