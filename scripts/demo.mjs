/* eslint max-lines: off -- one story, told from top to bottom */
/**
 * `npm run demo`: walks the whole product as its people would, against the running server, over GraphQL and HTTP only.
 * Tells the story, and exits 0 only if all of it holds.
 */
import { DemoClient } from './demo-client.mjs';
import { verifyBadgeAt } from './verify-badge.mjs';

const origin = process.env.PUBLIC_URL ?? `http://localhost:${process.env.PORT ?? 3000}`;
const SLUG = 'get-found-online';
const DAY_SECONDS = 86_400;

let checks = 0;
const tell = (line) => console.log(`  ${line}`);
const chapter = (title) => console.log(`\n${title}`);

/** @param {unknown} holds @param {string} sentence */
function check(holds, sentence) {
  if (!holds) throw new Error(`This does not hold: ${sentence}`);
  checks += 1;
  tell(`✓ ${sentence}`);
}

/** Asks until the answer is there: background work takes a moment. */
async function eventually(what, ask) {
  const end = Date.now() + 30_000;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`Waited 30 s in vain for ${what}.`);
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

const ELIGIBILITY = `query ($callId: ID!, $businessId: ID!) { eligibility(callId: $callId, businessId: $businessId) {
  answer minutesToEligible conditions { key result sentence evidence { kind value asOf source certificateId } }
  actions { kind sentence minutes steps { sentence minutes } } } }`;

const COURSE = `query ($slug: String!) { course(slug: $slug) { id title
  version { id number } modules { title lessons { id key title kind required body } }
  enrollment { id state version { number } progress { requiredLessons completedLessons minutesLeft missing { code lesson { title } minutes } } } } }`;

/** The demonstration's owner the first time; afterwards somebody new, who did not learn yet. */
async function findOwner() {
  const nadia = await DemoClient.signIn(origin, 'owner@tremplin.example');
  const { viewer } = await nadia.ask(
    '{ viewer { name certificates { id } businesses { id name } enrollments { id } } }',
  );
  if (viewer.certificates.length === 0 && viewer.enrollments.length === 0) {
    return { owner: nadia, name: viewer.name, business: viewer.businesses[0] };
  }
  const email = `owner-${Date.now()}@tremplin.example`;
  tell(`${viewer.name} has been here before, so somebody new comes: ${email}`);
  const owner = await DemoClient.signIn(origin, email);
  await owner.mutate(
    'viewerUpdate',
    'ViewerUpdateInput',
    { name: 'Sami Leroy', locale: 'fr' },
    'viewer { id }',
  );
  const facts = {
    COUNTRY: 'FR',
    REGION: 'FR-IDF',
    HEADCOUNT: '2',
    FOR_PROFIT: 'true',
    TRADING_SINCE: '2021-05-01',
  };
  const { business } = await owner.mutate(
    'businessCreate',
    'BusinessCreateInput',
    {
      name: 'Salon Leroy',
      facts: Object.entries(facts).map(([kind, value]) => ({ kind, value, asOf: '2021-05-01' })),
    },
    'business { id name }',
  );
  return { owner, name: 'Sami Leroy', business };
}

async function grantBefore(owner, business) {
  chapter('Before learning: is there a grant?');
  const { grantCalls } = await owner.ask('{ grantCalls(first: 1) { nodes { id name closesAt timeZone } } }');
  const call = grantCalls.nodes[0];
  tell(`“${call.name}”, until ${call.closesAt} (${call.timeZone})`);
  const { eligibility } = await owner.ask(ELIGIBILITY, { callId: call.id, businessId: business.id });
  for (const { result, sentence } of eligibility.conditions) tell(`  ${result.padEnd(5)} ${sentence}`);
  check(eligibility.answer === 'NOT_YET', 'the answer is NOT_YET');
  check(eligibility.actions.length === 1, `and names what is missing: ${eligibility.actions[0]?.sentence}`);
  check(eligibility.minutesToEligible > 0, `which takes about ${eligibility.minutesToEligible} minutes`);
  return call;
}

async function reminder(owner) {
  chapter('Enrolled, then three busy days');
  const { course } = await owner.ask(COURSE, { slug: SLUG });
  const { enrollment } = await owner.mutate(
    'enrollmentCreate',
    'EnrollmentCreateInput',
    { courseId: course.id },
    'enrollment { id state version { number } }',
  );
  check(enrollment.state === 'ACTIVE', `enrolled in “${course.title}”, version ${enrollment.version.number}`);
  const again = await owner.mutate(
    'enrollmentCreate',
    'EnrollmentCreateInput',
    { courseId: course.id },
    'enrollment { id }',
  );
  check(again.enrollment.id === enrollment.id, 'a double click enrolls once');
  const remindersSoFar = (await owner.mail()).filter(isReminder).length;
  const first = course.modules[0].lessons.find(({ kind }) => kind === 'READING');
  await owner.mutate(
    'lessonComplete',
    'LessonCompleteInput',
    { enrollmentId: enrollment.id, lessonId: first.id },
    'lesson { id }',
  );
  tell(`read “${first.title}”; then customers came. The clock moves on by three days and a night ...`);
  await owner.moveClock(3 * DAY_SECONDS);
  // Past the night, wherever the hand of the clock stands now.
  for (let hours = 0; hours < 24; hours += 6) await owner.moveClock(6 * 3600);
  const mails = await eventually('the reminder', async () => {
    const found = (await owner.mail()).filter(isReminder);
    return found.length > remindersSoFar ? found : null;
  });
  check(mails.length === remindersSoFar + 1, `one reminder came, in French: “${mails[0].subject}”`);
  await owner.moveClock(3600);
  check((await owner.mail()).filter(isReminder).length === mails.length, 'and an hour later still only one');
  return { course, enrollment };
}

const isReminder = ({ subject }) => /^(Reprenez|Pick up)/.test(subject);

async function newVersion(owner, { course }) {
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

async function learn(owner) {
  chapter('The owner learns, between two customers');
  const { course } = await owner.ask(COURSE, { slug: SLUG });
  const { id: enrollmentId, progress } = course.enrollment;
  tell(
    `${progress.completedLessons} of ${progress.requiredLessons} done, about ${progress.minutesLeft} minutes left`,
  );
  const reasons = new Set(progress.missing.map(({ code }) => code));
  check(
    reasons.has('LESSON_MISSING') && reasons.has('QUIZ_NOT_PASSED'),
    `each missing thing has its reason: ${[...reasons].join(', ')}`,
  );
  let first = true;
  for (const { title, lessons } of course.modules) {
    for (const { id: lessonId, kind, title: lessonTitle } of lessons) {
      if (kind === 'READING') {
        await owner.mutate(
          'lessonComplete',
          'LessonCompleteInput',
          { enrollmentId, lessonId },
          'lesson { id }',
        );
      } else {
        await takeQuiz(owner, { enrollmentId, lessonId, title: lessonTitle, aloud: first });
        first = false;
      }
    }
    tell(`  finished the module “${title}”`);
  }
  const done = await owner.ask(COURSE, { slug: SLUG });
  check(done.course.enrollment.state === 'COMPLETED', 'the course is completed');
}

const ATTEMPT = `attempt { id state scorePercent passed
  questions { id options { id text correct feedback } explanation } }`;

/** Hands in nothing first, learns from the feedback, and passes on the second try. */
async function takeQuiz(owner, { enrollmentId, lessonId, title, aloud }) {
  const say = aloud ? check : (holds, sentence) => holds || check(holds, sentence);
  const start = async () =>
    (await owner.mutate('quizAttemptStart', 'QuizAttemptStartInput', { enrollmentId, lessonId }, ATTEMPT))
      .attempt;
  const submit = async (attemptId) =>
    (await owner.mutate('quizAttemptSubmit', 'QuizAttemptSubmitInput', { attemptId }, ATTEMPT)).attempt;
  const blank = await start();
  const hidden = blank.questions.every(
    ({ explanation, options }) =>
      explanation === null && options.every(({ correct, feedback }) => correct === null && feedback === null),
  );
  say(hidden, 'no right answer reaches the browser before handing in');
  const failed = await submit(blank.id);
  say(failed.passed === false, `handed in “${title}” empty: not passed`);
  const options = failed.questions.flatMap((question) => question.options);
  say(
    options.some(({ feedback }) => feedback),
    `and read the feedback: “${options.find(({ feedback }) => feedback)?.feedback}”`,
  );
  const right = new Map(
    failed.questions.map(({ id, options: all }) => [
      id,
      all.filter(({ correct }) => correct).map((option) => option.id),
    ]),
  );
  const attempt = await start();
  for (const { id } of attempt.questions) {
    const input = { attemptId: attempt.id, questionId: id, optionIds: right.get(id) };
    await owner.mutate('quizAnswerSave', 'QuizAnswerSaveInput', input, 'attempt { id }');
  }
  const graded = await submit(attempt.id);
  check(graded.passed, `passed “${title}” with ${graded.scorePercent} %`);
}

async function badge(owner) {
  chapter('A worker issues the badge');
  const certificate = await eventually('the certificate', async () => {
    const { viewer } = await owner.ask(
      '{ viewer { certificates { id holder issuedAt status verificationUrl badge } } }',
    );
    return viewer.certificates[0];
  });
  check(
    certificate.status === 'VALID',
    `a certificate for ${certificate.holder}: ${certificate.verificationUrl}`,
  );
  const url = `${origin}/credentials/${certificate.id}`;
  const page = await fetch(url, { headers: { accept: 'text/html' } });
  check(
    page.ok && (await page.text()).includes(certificate.holder),
    'a stranger opens its page without an account',
  );
  // By the product's clock, which the story has moved ahead of the machine's.
  const { verified, problems } = await verifyBadgeAt(url, await owner.now());
  check(
    verified,
    `an independent verifier accepts its signature${problems.length > 0 ? `: ${problems.join('; ')}` : ''}`,
  );
  const mail = await eventually('the mail', async () =>
    (await owner.mail()).find(({ text }) => text.includes(certificate.id)),
  );
  check(mail, `and a mail says so: “${mail.subject}”`);
}

async function grantAfter(owner, business, call) {
  chapter('After learning: is there a grant?');
  const { eligibility } = await owner.ask(ELIGIBILITY, { callId: call.id, businessId: business.id });
  for (const { result, sentence, evidence } of eligibility.conditions) {
    const [fact] = evidence;
    tell(
      `  ${result.padEnd(5)} ${sentence} [${fact.kind}${fact.asOf ? ` as of ${fact.asOf}` : ''}${fact.source ? `, from ${fact.source}` : ''}]`,
    );
  }
  check(eligibility.answer === 'YES', 'the answer is YES');
  check(
    eligibility.conditions.every(({ evidence }) => evidence.length > 0),
    'with the evidence for each condition',
  );
}

async function report() {
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

async function main() {
  console.log(`Walking through Tremplin at ${origin}`);
  chapter('A business owner signs in with a code from their mail');
  const { owner, name, business } = await findOwner();
  check(business, `${name} is signed in, for ${business?.name}`);
  const call = await grantBefore(owner, business);
  const enrolled = await reminder(owner);
  await newVersion(owner, enrolled);
  await learn(owner);
  await badge(owner);
  await grantAfter(owner, business, call);
  await report();
  console.log(`\nAll of it holds: ${checks} checks.`);
}

main().catch((error) => {
  console.error(`\n✗ ${error.message}`);
  if (error.cause) console.error(`  ${error.cause.message ?? error.cause}`);
  process.exit(1);
});
