import { aCourse, aPerson, aProgram, enroll, type BuiltCourse } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { START, startTestApp, type TestApp } from '../support/test-app.js';

type Person = Awaited<ReturnType<typeof aPerson>>;
const NOBODY = '018f0000-0000-7000-8000-000000000000';
const COHORT = `cohort { id name startsOn endsOn timeZone learningEndsOn seats seatsLeft phase programName
  chosenCourses { id } }`;

describe('the cohorts of a program', () => {
  let app: TestApp;
  let trainer: Client;
  let manager: Person;
  let course: BuiltCourse;
  let other: BuiltCourse;
  let programId: string;
  /** The same people in each test, whose courses are its own: half of them read English, half French. */
  let learners: Person[];
  let french: Person;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    manager = await aPerson(app, { roles: ['MANAGER'] });
    const locales = Array.from({ length: 50 }, (_, index) => (index < 25 ? 'en' : 'fr'));
    learners = await Promise.all(locales.map((locale) => aPerson(app, { locale })));
    french = learners.at(-1)!;
  });
  beforeEach(async () => {
    app.clock.set(START.toISOString());
    [course, other] = [await aCourse(trainer), await aCourse(trainer)];
    const made = await aProgram(app, {
      managerIds: [manager.personId],
      courseIds: [course.id, other.id],
    });
    ({ programId } = made);
    await app.sql('DELETE FROM cohort WHERE id = $1', [made.cohortId]);
  });
  afterAll(() => app.close());

  const plan = { name: 'Autumn', startsOn: '2026-09-01', endsOn: '2026-12-31' };
  const create = (input: object, who: Client = manager): Promise<any> =>
    who.mutate('cohortCreate', 'CohortCreateInput', { programId, ...plan, ...input }, COHORT);
  const revisionOf = async (cohortId: string): Promise<number> =>
    (await app.sql<{ revision: number }>('SELECT revision FROM cohort WHERE id = $1', [cohortId]))[0]!
      .revision;
  /** As it stands, unless said otherwise. */
  const update = async (cohortId: string, changes: object, who: Client = manager): Promise<any> => {
    const input = { cohortId, expectedRevision: await revisionOf(cohortId), ...changes };
    return who.mutate('cohortUpdate', 'CohortUpdateInput', input, COHORT);
  };
  const aCohort = async (input: object = {}): Promise<string> => (await create(input)).cohort.id;
  const join = (who: Client, input: object = {}): Promise<any> =>
    who.mutate(
      'enrollmentCreate',
      'EnrollmentCreateInput',
      { courseId: course.id, ...input },
      'enrollment { id cohort { id } }',
    );
  const leave = (who: Client, enrollmentId: string): Promise<any> =>
    who.mutate(
      'enrollmentWithdraw',
      'EnrollmentWithdrawInput',
      { enrollmentId, reason: 'OTHER' },
      'enrollment { state }',
    );
  const error = (payload: any): any => payload.userErrors[0];
  const offersOf = async (who: Client, slug: string, fields = 'id seatsLeft phase'): Promise<any[]> =>
    (await who.ask(`query ($slug: String!) { course(slug: $slug) { cohorts { ${fields} } } }`, { slug }))
      .course.cohorts;

  describe('are set up by its managers', () => {
    it('with the days, a zone, seats and courses, or with the name and the days alone', async () => {
      expect((await create({})).cohort).toEqual({
        ...plan,
        id: expect.any(String),
        timeZone: 'Europe/Paris',
        learningEndsOn: null,
        seats: null,
        seatsLeft: null,
        phase: 'OPEN',
        programName: 'Program',
        chosenCourses: null,
      });
      const full = { timeZone: 'Pacific/Noumea', learningEndsOn: '2027-02-28', seats: 12 };
      expect((await create({ ...full, courseIds: [other.id] })).cohort).toMatchObject({
        ...full,
        seatsLeft: 12,
        chosenCourses: [{ id: other.id }],
      });
      const [{ id } = { id: '' }] = (
        await manager.ask('{ viewer { managedPrograms { id cohorts { id } } } }')
      ).viewer.managedPrograms.find((program: any) => program.id === programId).cohorts;
      const audited = await app.sql(
        `SELECT detail FROM audit_entry WHERE action = 'cohortCreate' AND subject = $1`,
        [`cohort:${id}`],
      );
      expect(audited).toHaveLength(1);
    });

    it('and changed: what is left out stays, null takes a limit away', async () => {
      const id = await aCohort({ seats: 12, learningEndsOn: '2027-02-28', courseIds: [course.id] });
      expect((await update(id, { name: ' Winter ' })).cohort).toMatchObject({
        name: 'Winter',
        startsOn: plan.startsOn,
        seats: 12,
        learningEndsOn: '2027-02-28',
        chosenCourses: [{ id: course.id }],
      });
      expect((await update(id, { seats: null, learningEndsOn: null, courseIds: null })).cohort).toMatchObject(
        {
          name: 'Winter',
          seats: null,
          learningEndsOn: null,
          chosenCourses: null,
        },
      );
    });

    it.each([
      [{ name: '  ' }, 'REQUIRED', 'name', 'This is needed.'],
      [{ name: 'x'.repeat(121) }, 'TOO_LONG', 'name', 'This is too long: 120 characters at most.'],
      [
        { endsOn: '2026-08-31' },
        'COHORT_ENDS_BEFORE_START',
        'endsOn',
        'The last day to enroll cannot be before the first one, 1 September 2026.',
      ],
      [
        { learningEndsOn: '2026-12-30' },
        'LEARNING_ENDS_TOO_EARLY',
        'learningEndsOn',
        'Learning cannot end before the last day to enroll, 31 December 2026. Choose that day or a later one, or leave it empty.',
      ],
      [
        { timeZone: 'Mars/Olympus' },
        'TIME_ZONE_UNKNOWN',
        'timeZone',
        'This time zone is not known. Use a name such as Europe/Paris.',
      ],
      [
        { seats: 0 },
        'SEATS_OUT_OF_RANGE',
        'seats',
        'Give a whole number from 1 to 100000, or leave it empty: no limit.',
      ],
      [
        { seats: 100_001 },
        'SEATS_OUT_OF_RANGE',
        'seats',
        'Give a whole number from 1 to 100000, or leave it empty: no limit.',
      ],
      [
        { courseIds: [] },
        'COHORT_WITHOUT_COURSES',
        'courseIds',
        'Choose at least one course, or all of them.',
      ],
      [
        { courseIds: [NOBODY] },
        'COHORT_COURSE_UNKNOWN',
        'courseIds',
        'The program does not offer one of these courses. Choose among those of the program.',
      ],
    ])('not with %j: %s', async (input, code, field, message) => {
      expect(error(await create(input))).toEqual({ code, field, message });
      const id = await aCohort();
      expect(error(await update(id, input))).toEqual({ code, field, message });
      expect(await app.sql('SELECT name FROM cohort WHERE program_id = $1', [programId])).toEqual([
        { name: 'Autumn' },
      ]);
    });

    it('not with an end of learning that is over, which would end what people are doing; one that passed may stay', async () => {
      const past = { startsOn: '2026-01-01', endsOn: '2026-06-30' };
      expect(error(await create({ ...past, learningEndsOn: '2026-07-01' })).code).toBe(
        'LEARNING_ENDS_IN_PAST',
      );
      const today = START.toISOString().slice(0, 10);
      const id = await aCohort({ ...past, learningEndsOn: today });
      app.clock.moveForward(3 * 86_400_000);
      expect((await update(id, { name: 'Spring', learningEndsOn: today })).userErrors).toEqual([]);
      expect(error(await update(id, { learningEndsOn: '2026-07-02' })).code).toBe('LEARNING_ENDS_IN_PAST');
    });

    it('and by nobody else', async () => {
      const id = await aCohort();
      const elsewhere = await aPerson(app, { roles: ['MANAGER'] });
      await aProgram(app, { managerIds: [elsewhere.personId], courseIds: [course.id] });
      const creating = `mutation ($input: CohortCreateInput!) { cohortCreate(input: $input) { cohort { id } } }`;
      const updating = `mutation ($input: CohortUpdateInput!) { cohortUpdate(input: $input) { cohort { id } } }`;
      for (const stranger of [
        elsewhere,
        await aPerson(app),
        await aPerson(app, { roles: ['ADMIN'] }),
        trainer,
      ]) {
        expect(await stranger.errorCode(creating, { input: { programId, ...plan } })).toBe('NOT_FOUND');
        expect(
          await stranger.errorCode(updating, { input: { cohortId: id, expectedRevision: 1, name: 'Mine' } }),
        ).toBe('NOT_FOUND');
      }
      expect(await app.visitor().errorCode(creating, { input: { programId, ...plan } })).toBe(
        'UNAUTHENTICATED',
      );
      for (const cohortId of [NOBODY, 'no-id'])
        expect(
          await manager.errorCode(updating, { input: { cohortId, expectedRevision: 1, name: 'None' } }),
        ).toBe('NOT_FOUND');
      expect(
        await manager.errorCode(creating, { input: { programId, ...plan, startsOn: '2026-02-30' } }),
      ).toBe('BAD_USER_INPUT');
    });

    it('once, though the form is sent twice', async () => {
      const input = { idempotencyKey: 'cohort-once' };
      const answers = await Promise.all([create(input), create(input), create(input)]);
      expect(new Set(answers.map(({ cohort }) => cohort.id)).size).toBe(1);
    });
  });

  describe('that two managers change', () => {
    const CHANGES = `query ($slug: String!, $revision: Int!) { program(slug: $slug) { cohorts { id revision changesSince(revision: $revision) {
      changedAt changedBy { id } fields { field before after } } } } }`;
    let second: Person;
    let slug: string;
    beforeEach(async () => {
      second = await aPerson(app, { roles: ['MANAGER'] });
      await app.sql(
        'INSERT INTO program_manager (program_id, person_id, created_at) VALUES ($1, $2, now())',
        [programId, second.personId],
      );
      slug = (await app.sql<{ slug: string }>('SELECT slug FROM program WHERE id = $1', [programId]))[0]!
        .slug;
    });
    const changesOf = async (id: string, revision: number, who: Client = manager): Promise<any> =>
      (await who.ask(CHANGES, { slug, revision })).program.cohorts.find((each: any) => each.id === id);

    it('stay as the first left them: the second is told, and who changed what', async () => {
      const id = await aCohort({ seats: 10 });
      await update(id, { seats: 20, courseIds: [course.id] }, second);
      app.clock.moveForward(60_000);
      await update(id, { name: 'Winter', learningEndsOn: '2027-01-31' }, second);
      const answer = await update(id, { expectedRevision: 1, seats: 30 });
      expect(error(answer)).toMatchObject({ code: 'COHORT_CHANGED', field: 'expectedRevision' });
      expect(answer.cohort).toBeNull();
      expect(await changesOf(id, 1)).toEqual({
        id,
        revision: 3,
        changesSince: [
          {
            changedAt: START.toISOString(),
            changedBy: { id: second.personId },
            fields: [
              { field: 'seats', before: ['10'], after: ['20'] },
              { field: 'courseIds', before: [], after: [course.id] },
            ],
          },
          {
            changedAt: new Date(START.getTime() + 60_000).toISOString(),
            changedBy: { id: second.personId },
            fields: [
              { field: 'name', before: ['Autumn'], after: ['Winter'] },
              { field: 'learningEndsOn', before: [], after: ['2027-01-31'] },
            ],
          },
        ],
      });
      expect((await changesOf(id, 2)).changesSince).toHaveLength(1);
      expect((await update(id, { expectedRevision: 3, seats: 30 })).cohort).toMatchObject({
        name: 'Winter',
        seats: 30,
      });
    });

    it('are one’s own again when nothing was changed in between: saving what stands there is no change', async () => {
      const id = await aCohort({ seats: 10, courseIds: [other.id, course.id] });
      await update(id, { ...plan, seats: 10, courseIds: [course.id, other.id] }, second);
      expect((await update(id, { expectedRevision: 1, seats: 12 })).userErrors).toEqual([]);
      expect(await revisionOf(id)).toBe(2);
    });

    it('at the same moment are changed by one of them', async () => {
      const id = await aCohort();
      const seats = Array.from({ length: 10 }, (_, index) => index + 1);
      const answers = await Promise.all(
        seats.map((each) => update(id, { expectedRevision: 1, seats: each }, each % 2 ? manager : second)),
      );
      const done = answers.filter(({ userErrors }) => userErrors.length === 0);
      expect(done).toHaveLength(1);
      expect(answers.filter((each) => each.cohort === null).map((each) => error(each).code)).toEqual(
        Array.from({ length: 9 }, () => 'COHORT_CHANGED'),
      );
      expect((await changesOf(id, 1)).changesSince[0].fields).toEqual([
        { field: 'seats', before: [], after: [String(done[0].cohort.seats)] },
      ]);
    });

    it('tell nobody else what was changed', async () => {
      const id = await aCohort();
      await update(id, { seats: 5 });
      const fields = 'id changesSince(revision: 1) { changedAt }';
      for (const who of [learners[0]!, trainer, await aPerson(app, { roles: ['MANAGER'] })])
        expect(await offersOf(who, course.slug, fields)).toEqual([{ id, changesSince: null }]);
    });
  });

  describe('have as many seats as they say', () => {
    it('ten for fifty people at once; the forty read why, each in their language, and may learn without it', async () => {
      const cohortId = await aCohort({ seats: 10 });
      const answers = await Promise.all(learners.map((learner) => join(learner)));
      expect(answers.filter(({ enrollment }) => enrollment?.cohort.id === cohortId)).toHaveLength(10);
      expect(await app.sql('SELECT 1 FROM enrollment WHERE cohort_id = $1', [cohortId])).toHaveLength(10);
      const sentences = new Set(
        answers.filter(({ enrollment }) => !enrollment).map((each) => error(each).message),
      );
      expect(sentences).toEqual(
        new Set([
          'The cohort “Autumn” is full (seats: 10). You can take the course without a cohort: the badge is the same.',
          'La promotion « Autumn » est complète (places : 10). Vous pouvez suivre la formation sans promotion : le badge est le même.',
        ]),
      );
      expect(
        answers.filter(({ userErrors }) => userErrors.length > 0).map((each) => error(each).code),
      ).toEqual(Array.from({ length: 40 }, () => 'COHORT_FULL'));
      const left = learners.find((_, index) => !answers[index].enrollment)!;
      expect(error(await join(left, { cohortId })).code).toBe('COHORT_FULL');
      expect((await join(left, { withoutCohort: true })).enrollment.cohort).toBeNull();
      expect(await offersOf(left, course.slug)).toEqual([{ id: cohortId, seatsLeft: 0, phase: 'OPEN' }]);
      expect(await offersOf(left, course.slug, 'seatsTaken')).toEqual([{ seatsTaken: null }]);
      expect(await offersOf(manager, course.slug, 'seatsTaken seatsLeft')).toEqual([
        { seatsTaken: 10, seatsLeft: 0 },
      ]);
    });

    it('for people, not for courses: who takes two has one', async () => {
      const cohortId = await aCohort({ seats: 1 });
      const [one, two] = learners;
      expect((await join(one!)).enrollment.cohort.id).toBe(cohortId);
      expect((await join(one!, { courseId: other.id })).enrollment.cohort.id).toBe(cohortId);
      expect(error(await join(two!)).code).toBe('COHORT_FULL');
    });

    it('one of which is free again when somebody leaves', async () => {
      await aCohort({ seats: 1 });
      const [one, two] = learners;
      const { enrollment } = await join(one!);
      await leave(one!, enrollment.id);
      expect((await join(two!)).userErrors).toEqual([]);
      expect(error(await join(one!)).code).toBe('COHORT_FULL');
    });

    it('never fewer than are taken, however the last one and the change meet', async () => {
      const cohortId = await aCohort({ seats: 3 });
      for (const learner of learners.slice(0, 2)) await join(learner);
      expect(error(await update(cohortId, { seats: 1 }))).toEqual({
        code: 'SEATS_BELOW_TAKEN',
        field: 'seats',
        message:
          'There cannot be fewer seats than are taken now: 2. Give at least as many, or leave it empty: no limit.',
      });
      const [joined, changed] = await Promise.all([join(learners[2]!), update(cohortId, { seats: 2 })]);
      expect([joined.userErrors.length, changed.userErrors.length].sort()).toEqual([0, 1]);
    });

    it('also when a limit is set while people come', async () => {
      for (let round = 0; round < 3; round += 1) {
        const cohortId = await aCohort();
        const [changed] = await Promise.all([
          update(cohortId, { seats: 4 }),
          ...learners.slice(round * 8, round * 8 + 8).map((learner) => join(learner, { cohortId })),
        ]);
        const rows = await app.sql('SELECT 1 FROM enrollment WHERE cohort_id = $1', [cohortId]);
        if (changed.userErrors.length === 0) expect(rows.length).toBeLessThanOrEqual(4);
        else {
          expect(error(changed).code).toBe('SEATS_BELOW_TAKEN');
          expect(rows).toHaveLength(8);
        }
      }
    });

    it('in the database too, whoever writes to it', async () => {
      const cohortId = await aCohort({ seats: 1 });
      const [one, two] = learners;
      await join(one!);
      const insert = `INSERT INTO enrollment (id, person_id, course_id, version_id, cohort_id, cycle, state, enrolled_at, last_activity_at)
        SELECT gen_random_uuid(), person_id, course_id, version_id, $2, 7, 'ACTIVE', enrolled_at, last_activity_at
          FROM enrollment WHERE id = $1`;
      const { enrollment } = await join(two!, { withoutCohort: true });
      await expect(app.sql(insert, [enrollment.id, cohortId])).rejects.toThrow('All seats');
      await expect(
        app.sql('UPDATE enrollment SET cohort_id = $2 WHERE id = $1', [enrollment.id, cohortId]),
      ).rejects.toThrow('All seats');
      await update(cohortId, { seats: null });
      await join(learners[2]!);
      await expect(app.sql('UPDATE cohort SET seats = 1 WHERE id = $1', [cohortId])).rejects.toThrow(
        'More seats',
      );
    });
  });

  describe('are joined on their days', () => {
    // Apia is 13 hours ahead of UTC, Pago Pago 11 behind.
    it.each([
      ['Pacific/Apia', '2026-10-08T10:59:59.999Z', false, 'UPCOMING'],
      ['Pacific/Apia', '2026-10-08T11:00:00.000Z', true, 'OPEN'],
      ['Pacific/Apia', '2026-10-10T10:59:59.999Z', true, 'OPEN'],
      ['Pacific/Apia', '2026-10-10T11:00:00.000Z', false, null],
      ['Pacific/Pago_Pago', '2026-10-09T10:59:59.999Z', false, 'UPCOMING'],
      ['Pacific/Pago_Pago', '2026-10-09T11:00:00.000Z', true, 'OPEN'],
      ['Pacific/Pago_Pago', '2026-10-11T10:59:59.999Z', true, 'OPEN'],
      ['Pacific/Pago_Pago', '2026-10-11T11:00:00.000Z', false, null],
    ])('in %s at %s: %s', async (timeZone, now, isOpen, phase) => {
      const cohortId = await aCohort({ timeZone, startsOn: '2026-10-09', endsOn: '2026-10-10' });
      const learner = learners[0]!;
      app.clock.set(now);
      expect((await offersOf(learner, course.slug)).map((offer) => offer.phase)).toEqual(
        phase ? [phase] : [],
      );
      const answer = await join(learner, { cohortId });
      if (isOpen) {
        expect(answer.enrollment.cohort.id).toBe(cohortId);
        return;
      }
      expect(error(answer)).toEqual({
        code: 'COHORT_NOT_OPEN',
        field: 'cohortId',
        message: `One can enroll in the cohort “Autumn” from 9 October 2026 to 10 October 2026, by the date in ${timeZone}.`,
      });
      expect(error(await join(french, { cohortId })).message).toBe(
        `On peut s’inscrire dans la promotion « Autumn » du 9 octobre 2026 au 10 octobre 2026, à la date de ${timeZone}.`,
      );
      // Without asking for it, one learns in none.
      expect((await join(learner)).enrollment.cohort).toBeNull();
    });
  });

  describe('offer the courses that were chosen', () => {
    it('and no others; with none chosen, all', async () => {
      const cohortId = await aCohort({ courseIds: [other.id] });
      const learner = learners[0]!;
      expect(error(await join(learner, { cohortId }))).toMatchObject({
        code: 'COHORT_WITHOUT_COURSE',
        field: 'cohortId',
      });
      expect((await join(learner)).enrollment.cohort).toBeNull();
      expect((await join(learner, { courseId: other.id })).enrollment.cohort.id).toBe(cohortId);
      expect(await offersOf(learner, course.slug)).toEqual([]);
      await update(cohortId, { courseIds: null });
      expect(await offersOf(app.visitor(), course.slug, 'name programName seats startsOn')).toEqual([
        { name: 'Autumn', programName: 'Program', seats: null, startsOn: '2026-09-01' },
      ]);
    });

    it('to who chooses among several', async () => {
      await aCohort({ name: 'One' });
      const two = await aCohort({ name: 'Two' });
      const learner = learners[0]!;
      expect((await join(learner, { cohortId: two })).enrollment.cohort.id).toBe(two);
      const document = `mutation ($input: EnrollmentCreateInput!) { enrollmentCreate(input: $input) { enrollment { id } } }`;
      const both = { courseId: other.id, cohortId: two, withoutCohort: true };
      expect(await learner.errorCode(document, { input: both })).toBe('BAD_USER_INPUT');
      expect(await enroll(learner, other.id)).toBeTruthy();
    });
  });
});
