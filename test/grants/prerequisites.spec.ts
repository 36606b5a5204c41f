import {
  aBusiness,
  aCourse,
  aPerson,
  completeCourse,
  enroll,
  needsFirst,
  type BuiltCourse,
} from '../support/builders.js';
import { ask, startGrants, type Asked, type Grants } from '../support/grants.js';

/** A grant asks for a course, which asks for a second one, which asks for a third. */
describe('what is missing for a grant, where a course has prerequisites', () => {
  let app: Grants['app'];
  let trainer: Grants['trainer'];
  let goTo: Grants['goTo'];
  let startOver: Grants['startOver'];
  let advanced: BuiltCourse;
  let photos: BuiltCourse;
  let basics: BuiltCourse;
  let callId: string;
  beforeAll(async () => {
    const grants = await startGrants();
    ({ app, trainer, goTo, startOver } = grants);
    advanced = await aCourse(trainer, { title: 'Advanced' });
    photos = await aCourse(trainer, { title: 'Photos' });
    basics = await aCourse(trainer, { title: 'Basics' });
    await needsFirst(trainer, advanced.id, photos.id);
    await needsFirst(trainer, photos.id, basics.id);
    callId = await grants.aCallFor({ kind: 'HOLDS_BADGE', key: 'badge', courseId: advanced.id });
  });
  beforeEach(() => startOver());
  afterAll(() => app.close());

  const coursesIn = ({ actions }: Asked): (string | null)[] => actions.map(({ courseId }) => courseId);

  it('lists every course that is left, each once and in the order in which they can be taken', async () => {
    const owner = await aPerson(app);
    const businessId = await aBusiness(owner);
    const at = await ask(owner, callId, businessId);
    expect(at).toMatchObject({ answer: 'NOT_YET', minutesToEligible: 45 });
    expect(at.actions.map(({ sentence }) => sentence.replace(/, before .*/, ''))).toEqual([
      'First finish the course “Basics”, to be able to start “Photos”, about 15 minutes',
      'First finish the course “Photos”, to be able to start “Advanced”, about 15 minutes',
      'Finish the course “Advanced”, about 15 minutes',
    ]);
    expect(at.actions.map(({ steps }) => steps.length)).toEqual([3, 3, 3]);
    expect(at.conditions[0]!.sentence).toBe(
      'Course “Advanced”: not finished yet, about 45 minutes left with what comes before it. Its badge is needed.',
    );
    expect(at.conditions[0]!.evidence[0]).toMatchObject({
      kind: 'MINUTES_REMAINING',
      value: '45',
      sentence: 'Course “Advanced”: about 45 minutes left with what comes before it',
    });

    const french = await aPerson(app, { locale: 'fr' });
    const [first] = (await ask(french, callId, await aBusiness(french))).actions;
    expect(first!.sentence).toContain(
      'Terminez d’abord la formation «\u00a0Basics (fr)\u00a0», pour pouvoir commencer «\u00a0Photos (fr)\u00a0»',
    );
  });

  it('leaves out what is completed, and what stands before a course that one is in already', async () => {
    const owner = await aPerson(app);
    const businessId = await aBusiness(owner);
    await completeCourse(owner, basics);
    expect(coursesIn(await ask(owner, callId, businessId))).toEqual([photos.id, advanced.id]);
    await completeCourse(owner, photos);
    expect(coursesIn(await ask(owner, callId, businessId))).toEqual([advanced.id]);
    await enroll(owner, advanced.id);
    // What is asked for from now on holds nobody up who is in.
    const later = await aCourse(trainer, { title: 'Later' });
    await needsFirst(trainer, advanced.id, later.id);
    expect(await ask(owner, callId, businessId)).toMatchObject({ minutesToEligible: 15 });
    const other = await aPerson(app);
    expect(coursesIn(await ask(other, callId, await aBusiness(other)))).toEqual([
      basics.id,
      photos.id,
      later.id,
      advanced.id,
    ]);
    await trainer.mutate(
      'coursePrerequisiteRemove',
      'CoursePrerequisiteRemoveInput',
      { courseId: advanced.id, prerequisiteId: later.id },
      'course { id }',
    );
    await completeCourse(owner, advanced);
    await app.drainOutbox();
    expect((await ask(owner, callId, businessId)).answer).toBe('YES');
  });

  it('counts the time that they take: the course alone could still be finished', async () => {
    const owner = await aPerson(app);
    const businessId = await aBusiness(owner);
    await goTo('2026-12-31T22:14:00Z'); // forty-five minutes before the close, to the second
    expect((await ask(owner, callId, businessId)).answer).toBe('NOT_YET');
    await goTo('2026-12-31T22:14:01Z');
    const { answer, conditions } = await ask(owner, callId, businessId);
    expect(answer).toBe('NO');
    expect(conditions[0]).toMatchObject({ result: 'FALSE', reason: 'TRAINING_TOO_LATE' });
  });
});
