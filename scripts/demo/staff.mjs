/** What the trainer and the program manager do. */
import { DemoClient } from './client.mjs';
import { chapter, check, COURSE, origin, SLUG, tell } from './story.mjs';

export async function newVersion(owner, { course }) {
  chapter('Meanwhile the trainer improves a lesson');
  const trainer = await DemoClient.signIn(origin, 'trainer@tremplin.example');
  const before = await trainer.ask(COURSE, { slug: SLUG });
  const draft = await trainer.mutate(
    'courseDraftCreate',
    'CourseDraftCreateInput',
    { courseId: course.id },
    'version { id number modules { lessons { id key title body } } }',
  );
  const lesson = draft.version.modules[0].lessons[0];
  const note = {
    type: 'paragraph',
    content: [{ type: 'text', text: `A new paragraph, written at ${new Date().toISOString()}.` }],
  };
  const body = { ...lesson.body, content: [...lesson.body.content, note] };
  await trainer.mutate(
    'lessonUpdate',
    'LessonUpdateInput',
    { lessonId: lesson.id, locale: 'en', body },
    'lesson { id }',
  );
  const { version } = await trainer.mutate(
    'courseVersionPublish',
    'CourseVersionPublishInput',
    { versionId: draft.version.id, policy: 'NEW_LEARNERS_ONLY' },
    'version { number contentHash }',
  );
  check(
    version.number > before.course.version.number,
    `version ${version.number} is published, sealed by ${version.contentHash.slice(0, 12)}…`,
  );
  const refused = await trainer.mutate(
    'lessonUpdate',
    'LessonUpdateInput',
    { lessonId: lesson.id, locale: 'en', title: 'Too late' },
    'lesson { id }',
    true,
  );
  check(refused.userErrors[0]?.code === 'VERSION_PUBLISHED', 'and can no longer be changed');
  const mine = await owner.ask(COURSE, { slug: SLUG });
  check(
    mine.course.enrollment.version.number === before.course.version.number,
    `the owner in progress stays on version ${before.course.version.number}`,
  );
  const others = await owner.sendRaw(
    'mutation ($input: LessonCompleteInput!) { lessonComplete(input: $input) { userErrors { code } } }',
    {
      input: { enrollmentId: mine.course.enrollment.id, lessonId: lesson.id },
    },
  );
  check(
    others.data.lessonComplete.userErrors[0]?.code === 'LESSON_NOT_IN_VERSION',
    "a lesson of the other version is not the owner's to complete",
  );
}

export async function report() {
  chapter('The program manager asks how it goes');
  const manager = await DemoClient.signIn(origin, 'manager@tremplin.example');
  const { viewer } = await manager.ask('{ viewer { managedPrograms { id name } } }');
  const program = viewer.managedPrograms[0];
  const RATE = '{ value numerator denominator definitionId asOf }';
  const { completionReport } = await manager.ask(
    `query ($programId: ID!) { completionReport(programId: $programId) { horizonDays notYetMatured
       rateEnrolled ${RATE} rateStarted ${RATE} rateMatured ${RATE} funnel { stage count }
       rows { regionCode regionName course { title } rateEnrolled ${RATE} } } }`,
    { programId: program.id },
  );
  tell(`“${program.name}”, completed within ${completionReport.horizonDays} days:`);
  for (const name of ['rateEnrolled', 'rateStarted', 'rateMatured']) {
    const { value, numerator, denominator, definitionId, asOf } = completionReport[name];
    tell(
      `  ${name.padEnd(13)}${value === null ? 'no one yet' : `${Math.round(value * 100)} %`} (${numerator} of ${denominator}; ${definitionId}, as of ${asOf})`,
    );
  }
  for (const { regionName, course, rateEnrolled } of completionReport.rows) {
    tell(
      `  ${course.title}, ${regionName ?? 'region not stated'}: ${rateEnrolled.numerator} of ${rateEnrolled.denominator}`,
    );
  }
  tell(`  funnel: ${completionReport.funnel.map(({ stage, count }) => `${stage} ${count}`).join(' > ')}`);
  const { rateEnrolled, funnel } = completionReport;
  check(
    rateEnrolled.numerator >= 1 && rateEnrolled.numerator <= rateEnrolled.denominator,
    'the completion is in the rate',
  );
  check(
    funnel.every(({ count }, index) => index === 0 || count <= funnel[index - 1].count),
    'no stage of the funnel is larger than the one before',
  );
  const stranger = await DemoClient.signIn(origin, 'trainer@tremplin.example');
  const peek = await stranger.sendRaw('query ($id: ID!) { completionReport(programId: $id) { asOf } }', {
    id: program.id,
  });
  check(peek.errors?.[0]?.extensions.code === 'NOT_FOUND', 'nobody else may read it');
}
