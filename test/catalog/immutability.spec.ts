import { aCourse, aPerson, type BuiltCourse } from '../support/builders.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

/** Statements that would change a published version ($1), as the role that the product uses. */
const ATTEMPTS = [
  `UPDATE course_version SET titles = '{}' WHERE id = $1`,
  `UPDATE course_version SET published_at = NULL, content_hash = NULL WHERE id = $1`,
  `DELETE FROM course_version WHERE id = $1`,
  `UPDATE course_module SET titles = '{}' WHERE version_id = $1`,
  `DELETE FROM course_module WHERE version_id = $1`,
  `INSERT INTO course_module (id, version_id, key, position, titles, summaries) VALUES (gen_random_uuid(), $1, 'x', 9, '{}', '{}')`,
  `UPDATE lesson SET bodies = '{}' WHERE version_id = $1`,
  `UPDATE lesson SET position = position + 100 WHERE version_id = $1`,
  `DELETE FROM lesson WHERE version_id = $1`,
  `INSERT INTO lesson SELECT (jsonb_populate_record(lesson, jsonb_build_object('id', gen_random_uuid(), 'key', 'x', 'position', 99))).*
     FROM lesson WHERE version_id = $1 LIMIT 1`,
  `UPDATE quiz_question SET position = position + 100 WHERE lesson_id IN (SELECT id FROM lesson WHERE version_id = $1)`,
  `DELETE FROM quiz_question WHERE lesson_id IN (SELECT id FROM lesson WHERE version_id = $1)`,
  `UPDATE question_version SET options = '[]' WHERE id IN (SELECT question_version_id FROM quiz_question
     JOIN lesson ON lesson.id = lesson_id WHERE version_id = $1)`,
  `DELETE FROM question_version WHERE id IN (SELECT question_version_id FROM quiz_question
     JOIN lesson ON lesson.id = lesson_id WHERE version_id = $1)`,
];
const TABLES = ['course_version', 'course_module', 'lesson', 'quiz_question', 'question_version'];

describe('a published version', () => {
  let app: TestApp;
  let course: BuiltCourse;
  beforeAll(async () => {
    app = await startTestApp();
    course = await aCourse(await aPerson(app, { roles: ['TRAINER'] }));
  });
  afterAll(() => app.close());

  /** Everything of it, as it is stored. */
  const all = async () =>
    Promise.all(
      [
        'SELECT * FROM course_version WHERE id = $1',
        'SELECT * FROM course_module WHERE version_id = $1 ORDER BY id',
        'SELECT * FROM lesson WHERE version_id = $1 ORDER BY id',
        `SELECT quiz.*, asked.* FROM quiz_question quiz JOIN question_version asked ON asked.id = question_version_id
           JOIN lesson ON lesson.id = lesson_id WHERE version_id = $1 ORDER BY quiz.lesson_id, quiz.position`,
      ].map((statement) => app.sql(statement, [course.versionId])),
    );

  it.each(ATTEMPTS)('refuses %s', async (statement) => {
    const before = await all();
    await expect(app.sql(statement, [course.versionId])).rejects.toThrow(
      /published|cannot be changed|append-only/,
    );
    expect(await all()).toEqual(before);
  });

  it.each(TABLES)('refuses to empty %s', async (table) => {
    const before = await all();
    await expect(app.sql(`TRUNCATE ${table} CASCADE`)).rejects.toThrow();
    expect(await all()).toEqual(before);
  });
});
