import { aCourse, aPerson, completeCourse, enroll } from '../support/builders.js';
import type { Client } from '../support/client.js';
import { brief, studio } from '../support/studio.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

describe('publishing while others work', () => {
  let app: TestApp;
  let trainer: Client & { personId: string };
  let atelier: ReturnType<typeof studio>;
  beforeAll(async () => {
    app = await startTestApp();
    trainer = await aPerson(app, { roles: ['TRAINER'] });
    atelier = studio(trainer);
  });
  afterAll(() => app.close());

  const aChangedDraft = async () => {
    const course = await aCourse(trainer);
    const draft = await atelier.draftOf(course.id);
    const lessons = draft.modules[0]!.lessons;
    await atelier.lesson('lessonSettingsUpdate', { lessonId: lessons[0]!.id, estimatedMinutes: 9 });
    return { course, draft, lessons };
  };

  it('a move at the same instant is in the version, or told that it came too late', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { course, draft, lessons } = await aChangedDraft();
      const move = (lessonId: string, position: number) =>
        atelier.lesson('lessonMove', { lessonId, moduleId: draft.modules[0]!.id, position });
      const [published, ...moves] = await Promise.all([
        atelier.publish(draft.id),
        move(lessons[0]!.id, 3),
        move(lessons[3]!.id, 0),
        atelier.lesson('lessonDelete', { lessonId: lessons[2]!.id }),
      ]);
      expect(published.userErrors).toEqual([]);
      for (const { userErrors } of moves)
        expect([undefined, 'VERSION_PUBLISHED']).toContain(userErrors[0]?.code);
      // What was hashed is what is there: a copy of it changes nothing.
      const copy = await atelier.draftOf(course.id);
      expect(brief(copy)).toBe(brief(await atelier.draft(draft.id)));
      expect((await atelier.publish(copy.id)).userErrors[0].code).toBe('VERSION_UNCHANGED');
    }
  });

  it('is done once, whoever asks twice, and tells others of the policy and the version before', async () => {
    const { course, draft } = await aChangedDraft();
    const answers = await Promise.all([
      atelier.publish(draft.id, 'MOVE_IN_PROGRESS'),
      atelier.publish(draft.id, 'NEW_LEARNERS_ONLY'),
    ]);
    expect(answers.map(({ userErrors }) => userErrors[0]?.code ?? 'DONE').sort()).toEqual([
      'DONE',
      'VERSION_PUBLISHED',
    ]);
    const { version } = answers.find(({ userErrors }) => userErrors.length === 0);
    const events = await app.sql(
      `SELECT payload FROM outbox_event WHERE type = 'catalog.course-published' AND payload->>'versionId' = $1`,
      [draft.id],
    );
    expect(events).toEqual([
      {
        payload: {
          courseId: course.id,
          versionId: draft.id,
          previousVersionId: course.versionId,
          policy: version.publishPolicy,
        },
      },
    ]);
  });

  it('leaves 200 learners who are in the middle of it where they are', async () => {
    const { course, draft } = await aChangedDraft();
    const people = await Promise.all([1, 2, 3, 4].map(() => aPerson(app)));
    const enrollments = await Promise.all(people.map((person) => enroll(person, course.id)));
    // The other 196, and what each did, straight into the tables.
    await app.sql(
      `INSERT INTO person (id, email, locale, time_zone, created_at)
       SELECT gen_random_uuid(), 'crowd-' || n || '@example.org', 'en', 'Europe/Paris', now() FROM generate_series(1, 196) AS n`,
    );
    await app.sql(
      `INSERT INTO enrollment SELECT (jsonb_populate_record(model, jsonb_build_object('id', gen_random_uuid(), 'person_id', person.id))).*
         FROM enrollment model, person WHERE model.id = $1 AND person.email LIKE 'crowd-%'`,
      [enrollments[0]],
    );
    const crowd = await app.sql<{ id: string }>(`SELECT id FROM enrollment WHERE course_id = $1`, [
      course.id,
    ]);
    expect(crowd).toHaveLength(200);
    await app.sql(
      `INSERT INTO lesson_completion (enrollment_id, lesson_key, lesson_id, completed_at)
       SELECT id, 'reading-1', $2, now() FROM enrollment WHERE course_id = $1 AND id <> ALL ($3)`,
      [course.id, course.lessons[0]!.id, enrollments],
    );
    const state = () =>
      app.sql(
        `SELECT enrollment.id, version_id, state, array_agg(lesson_key ORDER BY lesson_key) AS done
           FROM enrollment LEFT JOIN lesson_completion done ON done.enrollment_id = enrollment.id
          WHERE course_id = $1 AND enrollment.id <> ALL ($2) GROUP BY enrollment.id ORDER BY enrollment.id`,
        [course.id, enrollments],
      );
    const before = await state();

    const complete = (person: Client, index: number, lessonId: string) =>
      person.mutate(
        'lessonComplete',
        'LessonCompleteInput',
        { enrollmentId: enrollments[index], lessonId },
        'lesson { id } enrollment { version { id } progress { completedLessons } }',
      );
    const [published, ...steps] = await Promise.all([
      atelier.publish(draft.id),
      ...people.flatMap((person, index) =>
        course.lessons.slice(0, 2).map((lesson) => complete(person, index, lesson.id)),
      ),
    ]);
    await app.drainOutbox();
    expect(published.userErrors).toEqual([]);
    for (const { userErrors, enrollment } of steps) {
      expect(userErrors).toEqual([]);
      expect(enrollment.version.id).toBe(course.versionId);
    }
    expect(await state()).toEqual(before);
    // And they reach the end of the version that they began; who comes now gets the new one.
    const [late] = [await aPerson(app)];
    await completeCourse(late, { ...course, lessons: (await atelier.draft(draft.id)).modules[0]!.lessons });
    const [row] = await app.sql(`SELECT version_id, state FROM enrollment WHERE person_id = $1`, [
      late.personId,
    ]);
    expect(row).toEqual({ version_id: draft.id, state: 'COMPLETED' });
  });
});
