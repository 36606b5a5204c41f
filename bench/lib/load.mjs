/**
 * The load, in a process of its own: so many requests under way at any moment, each for a random page. Takes jobs as messages
 * `{ port, query, pages, seconds, concurrency }`, answers `{ perSecond }` or `{ error }`.
 */
import { Pool } from 'undici';

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
    this.refused ||= chunk.includes('"errors"');
  }
  onResponseEnd() {
    this.done(
      this.refused
        ? new Error('An answer was an error.')
        : this.bytes < 1_000
          ? new Error('An answer was too short.')
          : null,
    );
  }
  onResponseError(_controller, error) {
    this.done(error);
  }
}

/** @returns how many answers came per second of the measured time. */
function press({ port, query, pages, seconds, concurrency }) {
  const pool = new Pool(`http://127.0.0.1:${port}`, { connections: concurrency });
  const requests = pages.map(({ session, slug }) => ({
    path: '/graphql',
    method: 'POST',
    headers: { 'content-type': 'application/json', cookie: `__Host-session=${session}` },
    body: JSON.stringify({ query, variables: { slug } }),
  }));
  return new Promise((resolve, reject) => {
    const from = performance.now();
    const until = from + seconds * 1_000;
    let sent = 0;
    let answered = 0;
    let underWay = 0;
    const send = () => {
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
      } else if (underWay === 0) pool.close().then(() => resolve(answered / seconds));
    };
    for (let each = 0; each < concurrency; each += 1) send();
  });
}

process.on('message', (job) => {
  press(job).then(
    (perSecond) => process.send({ perSecond }),
    (error) => process.send({ error: String(error.cause ?? error) }),
  );
});
