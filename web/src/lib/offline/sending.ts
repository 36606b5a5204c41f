import { personHere, refuse, remove, workOf, type Work } from './outbox';

/** What became of work: taken, refused for good, waiting for a line, or waiting for its person to sign in. */
export type Fate = { kind: 'TAKEN'; isFinished: boolean } | { kind: 'REFUSED' | 'WAITS' | 'SIGNED_OUT' };

/** Longer than a slow line needs. In milliseconds. */
const PATIENCE = 15_000;

const COMPLETE = `mutation ($input: LessonCompleteInput!) {
  lessonComplete(input: $input) { enrollment { state } userErrors { message } }
}`;

const ANSWER = `mutation ($input: PracticeAnswerSendInput!) {
  practiceAnswerSend(input: $input) { userErrors { message } }
}`;

interface Payload {
  enrollment?: { state: string } | null;
  userErrors: { message: string }[];
}

interface Answer {
  data?: Record<string, Payload | null> | null;
  errors?: { extensions?: { code?: string } }[];
}

/** What to ask the server to do. */
function requestOf(work: Work): { query: string; variables: object } {
  if ('lessonId' in work) {
    const { enrollmentId, lessonId, claimedAt, idempotencyKey } = work;
    return {
      query: COMPLETE,
      variables: { input: { enrollmentId, lessonId, claimedAt, idempotencyKey } },
    };
  }
  const { id, questionId, questionVersionId, optionIds, text, pairs, claimedAt } = work;
  const input = { id, questionId, questionVersionId, optionIds, text, pairs, claimedAt };
  return { query: ANSWER, variables: { input } };
}

/**
 * Sends one piece of work. The answer may get lost on the way: then it waits, and is sent again with its key.
 * @param work stays in the outbox unless the server took or refused it
 */
async function sendOne(work: Work): Promise<Fate> {
  const answer = await fetch('/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(requestOf(work)),
    signal: AbortSignal.timeout(PATIENCE),
  })
    .then((response) => response.json() as Promise<Answer>)
    .catch(() => null);
  if (answer?.errors?.some(({ extensions }) => extensions?.code === 'UNAUTHENTICATED'))
    return { kind: 'SIGNED_OUT' };
  const payload = Object.values(answer?.data ?? {})[0];
  // Any other fault, such as the enrollment being another person's than is signed in now: its person comes back.
  if (!payload) return { kind: 'WAITS' };
  if (payload.userErrors.length > 0) {
    await refuse(work, payload.userErrors.map(({ message }) => message).join(' '));
    return { kind: 'REFUSED' };
  }
  await remove(work.id);
  return { kind: 'TAKEN', isFinished: payload.enrollment?.state === 'COMPLETED' };
}

let queue: Promise<unknown> = Promise.resolve();

/**
 * Sends what waits, one after the other in the order in which it was done; asked again meanwhile, it takes its turn.
 * @returns what became of each, by its id
 */
export function send(): Promise<Map<string, Fate>> {
  const turn = queue.then(async () => {
    const fates = new Map<string, Fate>();
    const person = await personHere();
    const waiting = person ? (await workOf(person)).filter(({ refusal }) => !refusal) : [];
    for (const work of waiting) {
      const fate = await sendOne(work);
      fates.set(work.id, fate);
      // Without a line or a session the others would fare the same.
      if (fate.kind === 'WAITS' || fate.kind === 'SIGNED_OUT') break;
    }
    return fates;
  });
  queue = turn.catch(() => undefined);
  return turn;
}
