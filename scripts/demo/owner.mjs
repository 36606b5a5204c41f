/** What the business owner does: from the first question about a grant to the badge and the YES. */
import { verifyBadgeAt } from '../verify-badge.mjs';
import { DemoClient } from './client.mjs';
import { chapter, check, COURSE, eventually, origin, SLUG, tell } from './story.mjs';

const DAY_SECONDS = 86_400;

const ELIGIBILITY = `query ($callId: ID!, $businessId: ID!) { eligibility(callId: $callId, businessId: $businessId) {
  answer minutesToEligible conditions { key result sentence evidence { kind value asOf source certificateId } }
  actions { kind sentence minutes steps { sentence minutes } } } }`;

/** The demonstration's owner the first time; afterwards somebody new, who did not learn yet. */
export async function findOwner() {
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

export async function grantBefore(owner, business) {
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

export async function reminder(owner) {
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
  tell(`read “${first.title}”; then customers came. The clock moves on by three days ...`);
  await owner.moveClock(3 * DAY_SECONDS);
  // Nobody is written to at night, so the story goes on in the morning.
  const hour = parisHour(await owner.now());
  if (hour < 9 || hour >= 19) await owner.moveClock(((10 - hour + 24) % 24) * 3600);
  const mails = await eventually('the reminder', async () => {
    const found = (await owner.mail()).filter(isReminder);
    return found.length > remindersSoFar ? found : null;
  });
  check(mails.length === remindersSoFar + 1, `one reminder came, in French: “${mails[0].subject}”`);
  await owner.moveClock(3600);
  check((await owner.mail()).filter(isReminder).length === mails.length, 'and an hour later still only one');
  return { course, enrollment };
}

/** Hour of the day where the demonstration's people live, 0 to 23. @param {Date} instant */
const parisHour = (instant) =>
  Number(
    new Intl.DateTimeFormat('en', { timeZone: 'Europe/Paris', hour: 'numeric', hourCycle: 'h23' }).format(
      instant,
    ),
  );

const isReminder = ({ subject }) => /^(Reprenez|Pick up)/.test(subject);

export async function badge(owner) {
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

export async function grantAfter(owner, business, call) {
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
