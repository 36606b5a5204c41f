/// <reference types="@sveltejs/kit" />
/// <reference lib="webworker" />
import { version } from '$service-worker';
import { dropKept, isKept, kept, keptCourses, renew } from '$lib/offline/kept';
import { isRight, type AnswerKey, type Given } from '$lib/offline/judge';
import { forget, personHere, put, putAnswer, remove, setPersonHere, workOf } from '$lib/offline/outbox';
import { send } from '$lib/offline/sending';

/**
 * Learning without a connection. Of a person it keeps the courses they asked for and the lessons they did until the server has
 * them; of everybody else that there is no line, in their language, and the program files, whose names change with their content.
 */
const worker = self as unknown as ServiceWorkerGlobalScope;
const CACHE = `tremplin-${version}`;
const OFFLINE = '/offline';
/** What is gone over, and what is shown of it without a line. */
const PRACTICE = '/learning/practice';
const PRACTICE_KEPT = '/learning/practice/kept';
const PROGRAM = '/_app/immutable/';
/** For browsers that can wake up when the line is back. */
const SYNC = 'outbox';

worker.addEventListener('install', (event) => {
  event.waitUntil(
    caches
      .open(CACHE)
      .then((cache) => cache.add(OFFLINE))
      .then(() => worker.skipWaiting()),
  );
});

worker.addEventListener('activate', (event) => {
  const old = (names: string[]) => names.filter((name) => name !== CACHE && !isKept(name));
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(old(names).map((name) => caches.delete(name))))
      .then(() => worker.clients.claim()),
  );
});

/** Program files: those of a course that was kept before an update are with it. */
async function program(request: Request): Promise<Response> {
  const known = await caches.match(request, { ignoreVary: true });
  if (known) return known;
  const answer = await fetch(request);
  if (answer.ok) await (await caches.open(CACHE)).put(request, answer.clone());
  return answer;
}

/** Whoever a page was made for has the device now: another person's courses go, and their own are brought up to date. */
async function heard(url: URL, answer: Response): Promise<void> {
  const person = answer.headers.get('x-tremplin-person');
  if (!person) return;
  if ((await personHere()) !== person) {
    await dropKept({ notOf: person });
    await setPersonHere(person);
  }
  if (answer.ok && url.search === '') await renew(person, url, answer);
}

async function page(event: FetchEvent, url: URL): Promise<Response> {
  try {
    const answer = await fetch(event.request);
    event.waitUntil(heard(url, answer.clone()));
    return answer;
  } catch {
    const address = url.pathname === PRACTICE ? new URL(PRACTICE_KEPT, url) : url;
    const person = await personHere();
    return (await kept(person, address)) ?? noLine(person);
  }
}

/** That there is no line, and which courses are here all the same. */
async function noLine(person: string | undefined): Promise<Response> {
  const page = await caches.match(OFFLINE);
  const courses = person && page ? await keptCourses(person) : [];
  if (!page || courses.length === 0) return page ?? Response.error();
  const links = courses.map(({ address, title }) => `<li><a href="${address}">${title}</a></li>`).join('');
  const html = (await page.text()).replace(
    /<!--kept:(.*?)-->/,
    (_, heading: string) => `<h2>${heading}</h2><ul class="plain">${links}</ul>`,
  );
  const headers = new Headers(page.headers);
  // Of the body as it came: this one is longer, and not compressed.
  for (const name of ['content-length', 'content-encoding']) headers.delete(name);
  return new Response(html, { headers });
}

async function file(request: Request, url: URL): Promise<Response> {
  return (await kept(await personHere(), url)) ?? fetch(request);
}

/** A lesson is done: kept here first, and sent. Whatever happens to the line or the tab meanwhile, it is not lost. */
async function complete(request: Request, url: URL): Promise<Response> {
  const whole = request.clone();
  const form = await request.formData();
  const [person, enrollmentId, lessonId, next] = ['person', 'enrollmentId', 'lessonId', 'next'].map((name) =>
    String(form.get(name) ?? ''),
  ) as [string, string, string, string];
  // A page that was opened before another person signed in: the server says what is the matter.
  if (!person || !lessonId || person !== (await personHere())) return fetch(whole);
  const minutes = Number(form.get('minutes')) || undefined;
  const { id } = await put({ person, enrollmentId, lessonId, minutes });
  const fate = (await send()).get(id);
  await tell();
  if (fate?.kind === 'REFUSED') {
    // The page of the lesson says why.
    await remove(id);
    return fetch(whole);
  }
  if (fate?.kind === 'SIGNED_OUT') {
    return Response.redirect(`/sign-in?next=${encodeURIComponent(url.pathname)}`, 303);
  }
  if (fate?.kind !== 'TAKEN') await askToWake();
  const course = url.pathname.replace(/\/[^/]*$/, '');
  const isFinished = fate?.kind === 'TAKEN' && fate.isFinished;
  return Response.redirect(next ? `${course}/${next}` : isFinished ? `${course}/finished` : course, 303);
}

async function askToWake(): Promise<void> {
  const { sync } = worker.registration as { sync?: { register(tag: string): Promise<void> } };
  await sync?.register(SYNC).catch(() => undefined);
}

/** Tells every page that what waits has changed. */
async function tell(): Promise<void> {
  for (const client of await worker.clients.matchAll()) client.postMessage('outbox');
}

worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (request.method === 'POST' && request.mode === 'navigate') {
    if (/^\/courses\/[^/]+\/[^/]+$/.test(url.pathname) && url.search === '?/complete')
      event.respondWith(complete(request, url));
    return;
  }
  if (request.method !== 'GET') return;
  if (url.pathname.startsWith(PROGRAM)) event.respondWith(program(request));
  else if (request.mode === 'navigate') event.respondWith(page(event, url));
  else if (url.pathname.startsWith('/files/') && !request.headers.has('range'))
    event.respondWith(file(request, url));
});

// Background Sync is not among the types of the language yet.
worker.addEventListener('sync' as 'push', (event) => {
  const woken = async () => {
    const fates = [...(await send()).values()];
    await tell();
    if (fates.some(({ kind }) => kind === 'WAITS')) throw new Error('No line yet: asks to be woken again.');
  };
  event.waitUntil(woken());
});

/** What a page may ask of the worker; it is answered with what waits for that person. */
interface Asked {
  ask: 'standing' | 'send' | 'forget' | 'dismiss';
  person: string;
}

/** An answer to a question that is kept here: it is answered with whether it is right. */
interface Answered {
  ask: 'judge';
  person: string;
  key: AnswerKey;
  given: Given & { questionId: string; questionVersionId: string };
}

/** Keeps the answer, and says at once what becomes of it; whether there is a line is another matter. */
async function judge({ person, key, given }: Answered, port: MessagePort | undefined): Promise<void> {
  if (person !== (await personHere())) return;
  await putAnswer({ ...given, person });
  port?.postMessage(isRight(key, given));
  const fates = [...(await send()).values()];
  await tell();
  if (fates.some(({ kind }) => kind === 'WAITS')) await askToWake();
}

worker.addEventListener('message', (event) => {
  const message = event.data as Asked | Answered;
  if (message.ask === 'judge') return event.waitUntil(judge(message, event.ports[0]));
  const { ask, person } = message;
  const answer = async () => {
    if (ask === 'send' && (await send()).size > 0) await tell();
    if (ask === 'forget') {
      await dropKept({ of: person });
      await forget(person);
    }
    if (ask === 'dismiss') {
      for (const { id, refusal } of await workOf(person)) if (refusal) await remove(id);
    }
    event.ports[0]?.postMessage(await workOf(person));
  };
  event.waitUntil(answer());
});
