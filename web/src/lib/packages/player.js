// @ts-check
// Plays one package, in a document of the package's own origin: the API that it looks for in the windows above it, and the frame it
// runs in. What it sets is kept here until the server has it; each save carries all that the server does not have yet, so that
// one that is lost, or comes twice, does no harm.

/**
 * @typedef {{ session: number, standard: 'SCORM_1_2' | 'SCORM_2004', launch: string, values: Record<string, string> }} Session
 * @typedef {{ locale: string, runtimes: Record<Session['standard'], string>, texts: { finished: string, unsaved: string, ended: string, failed: string } }} Settings
 */

/** @type {Settings} */
const { locale, runtimes, texts } = JSON.parse(document.getElementById('settings')?.textContent ?? '');
const shown = /** @type {HTMLElement} */ (document.getElementById('status'));
const frame = /** @type {HTMLIFrameElement} */ (document.getElementById('package'));
const pass = location.pathname.replace(/\/$/, '');

/** Functions of the API by what they do, in each standard's words. */
const WORDS = {
  SCORM_1_2: { prefix: 'LMS', end: 'Finish', place: 'API' },
  SCORM_2004: { prefix: '', end: 'Terminate', place: 'API_1484_11' },
};
/** Between a value that is set and its save, in milliseconds: packages set many at once. */
const PAUSE = 1500;
/** Before a save that did not arrive is sent again; the last one again and again. */
const RETRIES = [2000, 5000, 15_000, 30_000];
/** What may be sent while the page closes is 64 kB at most (Fetch standard, section 2.2.6), of all that is on its way. */
const MOST_KEPT_ALIVE = 60_000;

/** To the page that shows this one. It is of another origin, and told nothing that it may not know. @param {object} message */
const tell = (message) => parent.postMessage({ tremplinPackage: message }, '*');

/** @param {string} text shown above the package; empty for none */
function say(text) {
  shown.textContent = text;
  shown.hidden = text === '';
}

/** @param {string} path @param {object} body @param {boolean} [keepalive] */
const post = (path, body, keepalive = false) =>
  fetch(`${pass}/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-locale': locale },
    body: JSON.stringify(body),
    keepalive,
    credentials: 'omit',
  });

/** What the server said was wrong, for the learner. @param {Response} response */
async function refusalOf(response) {
  if (response.status === 404) return texts.ended;
  const answer = await response.json().catch(() => null);
  return response.status === 422 ? (answer?.error?.message ?? texts.failed) : texts.failed;
}

/** @param {Session} session */
function keep({ session }) {
  /** What the server does not have yet. @type {Map<string, string>} */
  const waiting = new Map();
  let sequence = 0;
  let isFinished = false;
  let hasNews = false;
  let isSending = false;
  let isRefused = false;
  let failures = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  async function send() {
    clearTimeout(timer);
    timer = undefined;
    if (isRefused) return;
    sequence += 1;
    hasNews = false;
    isSending = true;
    const sent = new Map(waiting);
    const body = { session, sequence, values: Object.fromEntries(sent), isFinished };
    const size = new TextEncoder().encode(JSON.stringify(body)).length;
    const response = await post('saves', body, size < MOST_KEPT_ALIVE).catch(() => null);
    isSending = false;
    if (response?.ok) {
      failures = 0;
      for (const [name, value] of sent) if (waiting.get(name) === value) waiting.delete(name);
      const { refused, ...result } = await response.json();
      if (refused.length > 0) console.warn('Not kept:', ...refused);
      say(isFinished && !hasNews ? texts.finished : '');
      tell({ kind: 'saved', ...result });
      if (hasNews) schedule(0);
    } else if (response && response.status >= 400 && response.status < 500) {
      isRefused = true;
      const text = await refusalOf(response);
      say(text);
      tell({ kind: 'refused', text });
    } else {
      say(texts.unsaved);
      hasNews = true;
      schedule(RETRIES[Math.min(failures, RETRIES.length - 1)] ?? 0);
      failures += 1;
    }
  }

  /** @param {number} pause */
  function schedule(pause) {
    if (isSending) return;
    clearTimeout(timer);
    timer = setTimeout(() => void send(), pause);
  }

  /** Sends at once, whatever is on its way: there may be no other moment. */
  const flush = () => void (hasNews && send());
  document.addEventListener('visibilitychange', () => document.visibilityState === 'hidden' && flush());
  addEventListener('pagehide', flush);
  addEventListener('online', () => void (hasNews && !isSending && send()));

  return {
    /** @param {string} name @param {string} value */
    set(name, value) {
      // What is asked of the player, such as `adl.nav.request`, is not kept.
      if (!name.startsWith('cmi.')) return;
      waiting.set(name, value);
      hasNews = true;
      if (timer === undefined) schedule(PAUSE);
    },
    commit() {
      if (hasNews) schedule(0);
    },
    finish() {
      isFinished = true;
      hasNews = true;
      flush();
    },
  };
}

/**
 * The API as the package finds it: that of scorm-again, and what is set in it is kept.
 * @param {Record<string, (...parameters: unknown[]) => string>} runtime @param {Session} session
 */
function heard(runtime, session) {
  const { prefix, end } = WORDS[session.standard];
  const work = keep(session);
  /** @type {Record<string, (...parameters: unknown[]) => string>} */
  const api = {};
  for (const name of [
    'Initialize',
    end,
    'GetValue',
    'SetValue',
    'Commit',
    'GetLastError',
    'GetErrorString',
    'GetDiagnostic',
  ]) {
    const whole = prefix + name;
    api[whole] = (...parameters) => {
      const answer = /** @type {Function} */ (runtime[whole]).apply(runtime, parameters);
      if (answer !== 'true') return answer;
      if (name === 'SetValue') work.set(String(parameters[0]), String(parameters[1]));
      else if (name === 'Commit') work.commit();
      else if (name === end) work.finish();
      return answer;
    };
  }
  return api;
}

async function play() {
  const response = await post('sessions', {});
  if (!response.ok) throw new Error(await refusalOf(response));
  /** @type {Session} */
  const session = await response.json();
  const module = await import(/* @vite-ignore */ runtimes[session.standard]);
  const Runtime = module.Scorm12API ?? module.Scorm2004API;
  // Level 5: what a package does wrong is between it and its authors.
  const runtime = new Runtime({ autocommit: false, logLevel: 5, lmsCommitUrl: false });
  runtime.loadFromFlattenedJSON(session.values);
  Object.assign(window, { [WORDS[session.standard].place]: heard(runtime, session) });
  const [path = '', query = ''] = session.launch.split(/(?=[?#])(.*)/s);
  frame.src = `${pass}/files/${path.split('/').map(encodeURIComponent).join('/')}${query}`;
  frame.hidden = false;
  say('');
  tell({ kind: 'opened' });
  frame.focus();
}

play().catch((/** @type {Error} */ { message }) => {
  const text = message && !/fetch|load|import/i.test(message) ? message : texts.failed;
  say(text);
  tell({ kind: 'refused', text });
});

export {};
