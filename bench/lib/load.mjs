/**
 * The load, in a process of its own: so many requests under way at any moment, each a random one. Takes jobs as messages
 * `{ port, query, pages, isWriting, seconds, concurrency }`, answers `{ perSecond, sent }` or `{ error }`.
 */
import { Pool } from 'undici';

/** Any less says that nothing was done. */
const LEAST_BYTES = 100;

/** A request cannot be awaited cheaply; the client is told what came by calls instead. */
class Answer {
  constructor(done) {
    this.done = done;
    this.bytes = 0;
    this.refused = false;
  }
  onRequestStart() {}
  onResponseStart(_controller, status) {
    this.refused = status !== 200;
  }
  onResponseData(_controller, chunk) {
    this.bytes += chunk.length;
    this.refused ||= chunk.includes('"errors"') || chunk.includes('"code":');
  }
  onResponseEnd() {
    this.done(
      this.refused
        ? new Error('An answer was an error.')
        : this.bytes < LEAST_BYTES
          ? new Error('An answer was too short.')
          : null,
    );
  }
  onResponseError(_controller, error) {
    this.done(error);
  }
}

/** @returns how many answers came per second of the measured time, and how many requests were sent. */
function press({ port, query, pages, isWriting, seconds, concurrency }) {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: concurrency });
  const requests = pages.map(({ session, variables }) => ({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `__Host-session=${session}` },
    body: JSON.stringify({ query, variables }),
  }));
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const until = from + seconds * 1_000;
    let sent = 0;
    let answered = 0;
    let underWay = 0;
    const send = () => {
      if (isWriting && sent === requests.length)
        throw new Error('There were too few requests to send each once.');
      underWay += 1;
      pool.dispatch(requests[sent++ % requests.length], new Answer(done));
    };
    const done = (error) => {
      underWay -= 1;
      const now = performance.now();
      if (error) return void pool.destroy().then(() => reject(error));
      if (now < until) {
        answered += 1;
        send();
      } else if (underWay === 0) pool.close().then(() => resolve({ perSecond: answered / seconds, sent }));
    };
    for (let each = 0; each < concurrency; each += 1) send();
  });
}

process.on('message', (job) => {
  press(job).then(
    (measured) => process.send(measured),
    (error) => process.send({ error: String(error.cause ?? error) }),
  );
});
