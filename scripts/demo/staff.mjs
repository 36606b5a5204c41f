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

const RATE = '{ value numerator denominator definitionId asOf }';
const LEARNER = '{ person { name } email cohort { name } regionName }';

/** The program of the demonstration as its manager sees it. */
async function askReport() {
  const manager = await DemoClient.signIn(origin, 'manager@tremplin.example');
  const { viewer } = await manager.ask('{ viewer { managedPrograms { id name } } }');
  const program = viewer.managedPrograms[0];
  const { completionReport } = await manager.ask(
    `query ($programId: ID!) { completionReport(programId: $programId) { horizonDays notYetMatured
       rateEnrolled ${RATE} rateStarted ${RATE} rateMatured ${RATE} funnel { stage count }
       rows { regionCode regionName course { title } rateEnrolled ${RATE} } } }`,
    { programId: program.id },
  );
  const counts = Object.fromEntries(completionReport.funnel.map(({ stage, count }) => [stage, count]));
  return { manager, program, completionReport, counts };
}

/** How many learners reached each stage of the program's funnel, before the story adds one. */
export const countsBefore = async () => (await askReport()).counts;

/** @param {Record<string, number>} before @param {string} email of the owner, who completed the course meanwhile */
export async function report(before, email) {
  chapter('The program manager asks how it goes');
  const { manager, program, completionReport, counts } = await askReport();
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
  for (const stage of ['ENROLLED', 'STARTED', 'COMPLETED', 'BADGE'])
    check(counts[stage] === before[stage] + 1, `the owner is counted as ${stage}: ${before[stage]} + 1`);
  const { rateEnrolled, funnel } = completionReport;
  check(
    rateEnrolled.numerator >= 1 && rateEnrolled.numerator <= rateEnrolled.denominator,
    'the completion is in the rate',
  );
  check(
    funnel.every(({ count }, index) => index === 0 || count <= funnel[index - 1].count),
    'no stage of the funnel is larger than the one before',
  );
  await people(manager, program.id, { counts, email });
  const stranger = await DemoClient.signIn(origin, 'trainer@tremplin.example');
  const peek = await stranger.sendRaw('query ($id: ID!) { completionReport(programId: $id) { asOf } }', {
    id: program.id,
  });
  check(peek.errors?.[0]?.extensions.code === 'NOT_FOUND', 'nobody else may read it');
}

/** The people behind the figures: those of a stage, and those to write to. */
async function people(manager, programId, { counts, email }) {
  const holders = [];
  for (let after = null, more = true; more;) {
    const { enrollmentsInStage: page } = await manager.ask(
      `query ($id: ID!, $after: String) { enrollmentsInStage(programId: $id, stage: BADGE, first: 100, after: $after) {
         nodes ${LEARNER} pageInfo { hasNextPage endCursor } } }`,
      { id: programId, after },
    );
    holders.push(...page.nodes);
    ({ endCursor: after, hasNextPage: more } = page.pageInfo);
  }
  check(holders.length === counts.BADGE, `behind the ${counts.BADGE} badges are ${counts.BADGE} people`);
  check(
    holders.some((holder) => holder.email === email),
    'the owner among them',
  );
  const { learnersAtRisk } = await manager.ask(
    `query ($id: ID!) { learnersAtRisk(programId: $id, first: 5) { totalCount nodes { person { name } cohort { name } reasons { code sentence } } } }`,
    { id: programId },
  );
  tell(`${learnersAtRisk.totalCount} may not finish; the most urgent:`);
  for (const { person, cohort, reasons } of learnersAtRisk.nodes)
    tell(`  ${person.name} (${cohort.name}): ${reasons.map(({ sentence }) => sentence).join(' ')}`);
  check(
    learnersAtRisk.nodes.every(({ reasons }) => reasons.length > 0),
    'each with its reasons',
  );
}
