import type { ImportFile } from '../../src/features/formats/import/import-problems.js';
import { GrantCallService, type NewCall } from '../../src/features/grants/grant-call.service.js';
import { ProgramService } from '../../src/features/programs/program.service.js';
import type { Client } from './client.js';
import type { TestApp } from './test-app.js';

/** A published course: its lessons in order, by key. */
export interface BuiltCourse {
  id: string;
  slug: string;
  versionId: string;
  lessons: { id: string; key: string; kind: string; required: boolean }[];
}

let serial = 0;
/** A new address each time, so that tests of one suite do not meet. */
export const anEmail = (name = 'person'): string => `${name}-${(serial += 1)}@example.org`;

/** Somebody signed in, with roles. */
export async function aPerson(
  app: TestApp,
  { name = 'person', roles = [] as string[], locale = 'en', timeZone = 'Europe/Paris' } = {},
): Promise<Client & { email: string; personId: string }> {
  const email = anEmail(/^[a-z-]+$/.test(name) ? name : undefined);
  const client = await app.signIn(email, { locale, timeZone });
  await app.sql(`UPDATE person SET roles = $2, name = $3 WHERE email = $1`, [email, roles, name]);
  const { viewer } = await client.ask('{ viewer { id } }');
  return Object.assign(client, { email, personId: viewer.id as string });
}

/** The files of a small bilingual course: readings, an optional reading, and a quiz of three kinds of question. */
export function courseFiles({
  title = 'Small course',
  readings = 2,
  minutes = 5,
  passPercent = 80,
} = {}): ImportFile[] {
  const both = (path: string, front: string, frDefault: string, en: string, fr: string): ImportFile[] => [
    { path: `${path}.en.md`, text: `---\n${front}---\n${en}` },
    { path: `${path}.fr.md`, text: `---\n${frDefault}---\n${fr}` },
  ];
  return [
    ...both(
      'course',
      `title: ${title}\nsummary: A course.\noutcomes:\n  - You will know.\ndefaultLocale: en\ntopics:\n  - visibility\n`,
      `title: ${title} (fr)\nsummary: Une formation.\noutcomes:\n  - Vous saurez.\n`,
      'Hello.\n',
      'Bonjour.\n',
    ),
    ...both(
      '01-first/module',
      'title: First\nsummary: The first.\n',
      'title: Premier\nsummary: Le premier.\n',
      '',
      '',
    ),
    ...Array.from({ length: readings }, (_, index) =>
      both(
        `01-first/0${index + 1}-reading-${index + 1}`,
        `title: Reading ${index + 1}\nminutes: ${minutes}\n`,
        `title: Lecture ${index + 1}\n`,
        `Some **text** ${index + 1}.\n`,
        `Du **texte** ${index + 1}.\n`,
      ),
    ).flat(),
    ...both(
      '01-first/80-extra',
      `title: Extra\nminutes: ${minutes}\nrequired: false\n`,
      'title: En plus\n',
      'More.\n',
      'Plus.\n',
    ),
    ...both(
      '01-first/90-check',
      `title: Check\nkind: quiz\nminutes: ${minutes}\npassPercent: ${passPercent}\n`,
      'title: Vérification\n',
      `
## One? {#one}

- ( ) wrong
  > No.
- (x) right
  > Yes.
- ( ) also wrong

## Many? {#many}

- [x] first
- [x] second
- [ ] third

## True? {#truth}

Answer: true

> Because.
`,
      `
## Un ? {#one}

- ( ) faux
  > Non.
- (x) juste
  > Oui.
- ( ) faux aussi

## Plusieurs ? {#many}

- [x] premier
- [x] deuxième
- [ ] troisième

## Vrai ? {#truth}

Answer: true

> Parce que.
`,
    ),
  ];
}

/** A course that a trainer imported and published through the API. */
export async function aCourse(
  trainer: Client,
  options: Parameters<typeof courseFiles>[0] & { slug?: string } = {},
): Promise<BuiltCourse> {
  const slug = options.slug ?? `course-${(serial += 1)}`;
  const { version } = await trainer.mutate(
    'courseImport',
    'CourseImportInput',
    { slug, files: courseFiles(options) },
    'version { id }',
  );
  await trainer.mutate(
    'courseVersionPublish',
    'CourseVersionPublishInput',
    { versionId: version.id },
    'version { id }',
  );
  return readCourse(trainer, slug);
}

export async function readCourse(client: Client, slug: string): Promise<BuiltCourse> {
  const { course } = await client.ask(
    `query ($slug: String!) { course(slug: $slug) { id slug version { id } modules { lessons { id key kind required } } } }`,
    { slug },
  );
  const modules = course.modules as { lessons: BuiltCourse['lessons'] }[];
  return {
    id: course.id,
    slug,
    versionId: course.version.id,
    lessons: modules.flatMap((module) => module.lessons),
  };
}

/** A business of the person, in Île-de-France unless said otherwise; null leaves a fact out. */
export async function aBusiness(owner: Client, facts: Record<string, string | null> = {}): Promise<string> {
  const all: Record<string, string | null> = {
    COUNTRY: 'FR',
    REGION: 'FR-IDF',
    HEADCOUNT: '3',
    FOR_PROFIT: 'true',
    TRADING_SINCE: '2019-03-01',
    ...facts,
  };
  const { business } = await owner.mutate(
    'businessCreate',
    'BusinessCreateInput',
    {
      name: 'The bakery',
      facts: Object.entries(all).flatMap(([kind, value]) =>
        value === null ? [] : [{ kind, value, asOf: '2020-01-01' }],
      ),
    },
    'business { id }',
  );
  return business.id as string;
}

/** A program that offers courses, with one open cohort. */
export async function aProgram(
  app: TestApp,
  { managerIds, courseIds }: { managerIds: string[]; courseIds: string[] },
): Promise<{ programId: string; cohortId: string }> {
  const { program, cohorts } = await app.get(ProgramService).create({
    slug: `program-${(serial += 1)}`,
    names: { en: 'Program', fr: 'Programme' },
    timeZone: 'Europe/Paris',
    managerIds,
    courseIds,
    cohorts: [{ name: 'Autumn', startsOn: '2026-09-01', endsOn: '2027-06-30' }],
  });
  return { programId: program.id, cohortId: cohorts[0]!.id };
}

/** A call of a program with these rules, open from September to the end of the year. */
export async function aCall(
  app: TestApp,
  {
    programId,
    rules,
    createdBy,
    ...window
  }: Pick<NewCall, 'programId' | 'rules' | 'createdBy'> & Partial<NewCall>,
): Promise<string> {
  const call = await app.get(GrantCallService).create({
    programId,
    names: { en: 'Call', fr: 'Appel' },
    opensLocal: '2026-09-01T09:00',
    closesLocal: '2026-12-31T23:59',
    timeZone: 'Europe/Paris',
    rules,
    createdBy,
    ...window,
  });
  return call.id;
}

/** Adds a dated fact to a business. @returns the payload, userErrors included. */
export function recordFact(
  member: Client,
  businessId: string,
  fact: { kind: string; value: string; asOf: string },
): Promise<any> {
  return member.mutate(
    'businessFactRecord',
    'BusinessFactRecordInput',
    { businessId, fact },
    'fact { kind value asOf recordedAt }',
  );
}

/** Lets a second person act for a business. */
export async function aMember(app: TestApp, businessId: string, personId: string): Promise<void> {
  const now = app.clock.now();
  await app.sql(`INSERT INTO business_member (business_id, person_id, created_at) VALUES ($1, $2, $3)`, [
    businessId,
    personId,
    now,
  ]);
}

/** Has the author of a course ask for another one first. @returns the payload, userErrors included. */
export function needsFirst(author: Client, courseId: string, prerequisiteId: string): Promise<any> {
  const input = { courseId, prerequisiteId };
  return author.mutate(
    'coursePrerequisiteAdd',
    'CoursePrerequisiteAddInput',
    input,
    'course { prerequisites { id } }',
  );
}

export async function enroll(learner: Client, courseId: string, more: object = {}): Promise<string> {
  const { enrollment } = await learner.mutate(
    'enrollmentCreate',
    'EnrollmentCreateInput',
    { courseId, ...more },
    'enrollment { id }',
  );
  return enrollment.id as string;
}

/** Reads every lesson, optional ones included. */
export async function completeReadings(
  learner: Client,
  enrollmentId: string,
  course: BuiltCourse,
): Promise<void> {
  for (const lesson of course.lessons.filter(({ kind }) => kind === 'READING')) {
    await learner.mutate(
      'lessonComplete',
      'LessonCompleteInput',
      { enrollmentId, lessonId: lesson.id },
      'lesson { id }',
    );
  }
}

/** Option keys that are right, by the question's position in {@link courseFiles}. */
const RIGHT_ANSWERS = [['b'], ['a', 'b'], ['true']];

/** A text of paragraphs, as a tree of blocks. */
export const aText = (...words: string[]): object => ({
  type: 'doc',
  content: words.map((text) => ({ type: 'paragraph', content: [{ type: 'text', text }] })),
});

/** Publishes a version in which the first lesson says this in English. */
export async function publishText(
  trainer: Client,
  course: BuiltCourse,
  body: object,
  policy?: string,
): Promise<void> {
  const { version } = await trainer.mutate(
    'courseDraftCreate',
    'CourseDraftCreateInput',
    { courseId: course.id },
    'version { id modules { lessons { id } } }',
  );
  const input = { lessonId: version.modules[0].lessons[0].id, locale: 'en', body };
  await trainer.mutate('lessonUpdate', 'LessonUpdateInput', input, 'lesson { id }');
  await trainer.mutate(
    'courseVersionPublish',
    'CourseVersionPublishInput',
    { versionId: version.id, ...(policy && { policy }) },
    'version { id }',
  );
}

/** Starts an attempt and answers it, all right or all wrong, without handing it in. */
export async function answerQuiz(
  learner: Client,
  { enrollmentId, lessonId, right = true }: { enrollmentId: string; lessonId: string; right?: boolean },
): Promise<string> {
  const { attempt } = await learner.mutate(
    'quizAttemptStart',
    'QuizAttemptStartInput',
    { enrollmentId, lessonId },
    'attempt { id questions { id options { id } } }',
  );
  for (const [index, question] of (
    attempt.questions as { id: string; options: { id: string }[] }[]
  ).entries()) {
    const wrong = question.options.map(({ id }) => id).find((id) => !RIGHT_ANSWERS[index]!.includes(id))!;
    const optionIds = right ? RIGHT_ANSWERS[index]! : [wrong];
    const input = { attemptId: attempt.id, questionId: question.id, optionIds };
    await learner.mutate('quizAnswerSave', 'QuizAnswerSaveInput', input, 'attempt { id }');
  }
  return attempt.id as string;
}

export function submitQuiz(learner: Client, attemptId: string): Promise<any> {
  return learner.mutate(
    'quizAttemptSubmit',
    'QuizAttemptSubmitInput',
    { attemptId },
    'attempt { state scorePercent passed } enrollment { state completion { id } }',
  );
}

/** Publishes a version of a course whose first reading has another title. @returns its id. */
export async function publishNewVersion(trainer: Client, course: BuiltCourse): Promise<string> {
  const { version } = await trainer.mutate(
    'courseDraftCreate',
    'CourseDraftCreateInput',
    { courseId: course.id },
    'version { id modules { lessons { id } } }',
  );
  const input = { lessonId: version.modules[0].lessons[0].id, locale: 'en', title: 'Rewritten' };
  await trainer.mutate('lessonUpdate', 'LessonUpdateInput', input, 'lesson { id }');
  await trainer.mutate(
    'courseVersionPublish',
    'CourseVersionPublishInput',
    { versionId: version.id },
    'version { id }',
  );
  return version.id as string;
}

/** From enrolling to the last right answer. */
export async function completeCourse(
  learner: Client,
  course: BuiltCourse,
  more: object = {},
): Promise<string> {
  const enrollmentId = await enroll(learner, course.id, more);
  await completeReadings(learner, enrollmentId, course);
  for (const lesson of course.lessons.filter(({ kind }) => kind === 'QUIZ')) {
    await submitQuiz(learner, await answerQuiz(learner, { enrollmentId, lessonId: lesson.id }));
  }
  return enrollmentId;
}
