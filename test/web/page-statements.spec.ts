import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  aBusiness,
  aCourse,
  answerQuiz,
  aPerson,
  completeCourse,
  enroll,
  submitQuiz,
  type BuiltCourse,
} from '../support/builders.js';
import type { Client } from '../support/client.js';
import { recordStatements } from '../support/statements.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PAGES = 'web/src/routes';
const FRAGMENTS = ['web/src/lib/learning/question.server.ts'];

/** The GraphQL documents that a file of the pages has, by the name of their operation or fragment. */
function documentsOf(file: string): Map<string, string> {
  const documents = readFileSync(join(process.cwd(), file), 'utf8').matchAll(/graphql\(\s*`([^`]+)`/g);
  return new Map(
    [...documents].map(([, text]) => [/(?:query|mutation|fragment) (\w+)/.exec(text!)![1]!, text!]),
  );
}

/** What a page asks for when it is opened, with the fragments that it spreads. */
function queryOf(page: string, name: string): string {
  const query = documentsOf(join(PAGES, page, '+page.server.ts')).get(name)!;
  const spread = FRAGMENTS.flatMap((file) => [...documentsOf(file)])
    .filter(([fragment]) => query.includes(`...${fragment}`))
    .map(([, text]) => text);
  // For the types of the pages alone.
  return [query, ...spread].join('\n').replaceAll('@_unmask', '');
}

/**
 * What the pages of a learner ask of PostgreSQL when they are opened, by the very documents that they send: it does not grow with
 * what the learner has behind them, nor with the length of the course. The session is one statement of each.
 */
describe('statements of a learner’s pages', () => {
  let app: TestApp;
  let short: BuiltCourse;
  let long: BuiltCourse;
  let others: BuiltCourse[];
  beforeAll(async () => {
    app = await startTestApp();
    const trainer = await aPerson(app, { roles: ['TRAINER'] });
    short = await aCourse(trainer, { readings: 1 });
    long = await aCourse(trainer, { readings: 9 });
    others = [];
    for (let made = 0; made < 4; made += 1) others.push(await aCourse(trainer));
  });
  afterAll(() => app.close());

  /** Somebody in the middle of a course, with notes and bookmarks, who handed in its quiz so often and completed these others. */
  async function someoneIn(course: BuiltCourse, tries: number, completed: BuiltCourse[]) {
    const learner = await aPerson(app);
    await aBusiness(learner);
    const enrollmentId = await enroll(learner, course.id);
    for (const each of completed) await completeCourse(learner, each);
    for (const { id: lessonId } of course.lessons) {
      await learner.mutate('bookmarkCreate', 'BookmarkCreateInput', { lessonId }, 'bookmark { id }');
      await learner.mutate(
        'lessonNoteSave',
        'LessonNoteSaveInput',
        { lessonId, text: 'Mine' },
        'note { id }',
      );
    }
    const quiz = course.lessons.find(({ kind }) => kind === 'QUIZ')!;
    let attemptId = '';
    for (let tried = 0; tried < tries; tried += 1) {
      attemptId = await answerQuiz(learner, { enrollmentId, lessonId: quiz.id, right: false });
      await submitQuiz(learner, attemptId);
    }
    await app.drainOutbox();
    return { learner, course, attemptId, quiz };
  }

  const count = async (
    who: Client,
    document: string,
    variables: Record<string, unknown>,
  ): Promise<number> => {
    await who.ask(document, variables);
    return (await recordStatements(app, () => who.ask(document, variables))).statements.length;
  };

  it.each([
    ['home', '.', 'Home', 11],
    ['what one learns', 'learning', 'Learning', 16],
    ['a course', 'courses/[slug]', 'CoursePage', 13],
    ['a lesson', 'courses/[slug]/[lesson]', 'LessonPage', 12],
    ['a quiz that was handed in', 'courses/[slug]/[lesson]/attempts/[id]', 'AttemptPage', 12],
    ['notes', 'notes', 'Notes', 4],
    ['bookmarks', 'bookmarks', 'Bookmarks', 4],
    ['practice', 'learning/practice', 'PracticePage', 7],
  ])('%s', async (_page, path, name, most) => {
    const document = queryOf(path, name);
    const counts: number[] = [];
    for (const { learner, course, attemptId, quiz } of [
      await someoneIn(short, 1, []),
      await someoneIn(long, 3, others),
    ])
      counts.push(
        await count(learner, document, {
          slug: course.slug,
          key: name === 'AttemptPage' ? quiz.key : 'reading-1',
          id: attemptId,
          after: null,
          course: null,
        }),
      );
    // Of lists that ask for the same kind of thing, a later one asks once more where an earlier one was answered first.
    for (const each of counts) expect([most - 1, most]).toContain(each);
  });
});
