/** The limit: no framework, no GraphQL, the statements that a completed lesson needs, prepared, in one transaction. */
import { createServer } from 'node:http';
import { pool, serve, viewerOf } from '../../lib/contestant.mjs';

const LOCK = {
  name: 'lock',
  text: `UPDATE enrollment SET last_activity_at = greatest(last_activity_at, now()) WHERE id = $1 AND person_id = $2
         RETURNING version_id, state`,
};
const INSERT = {
  name: 'insert',
  text: `INSERT INTO lesson_completion (enrollment_id, lesson_key, lesson_id, completed_at)
         SELECT $1, key, id, now() FROM lesson WHERE id = $2 AND version_id = $3 AND kind <> 'QUIZ' ON CONFLICT DO NOTHING`,
};
const EVIDENCE = {
  name: 'evidence',
  text: `SELECT lesson_key, lesson_id, completed_at, attempt_id FROM lesson_completion WHERE enrollment_id = $1
          ORDER BY completed_at, lesson_key`,
};

/** By version, as they never change: the keys of the lessons that are required. */
const required = new Map();
async function requiredKeys(client, versionId) {
  let keys = required.get(versionId);
  if (!keys) {
    const { rows } = await client.query('SELECT key FROM lesson WHERE version_id = $1 AND required', [
      versionId,
    ]);
    required.set(versionId, (keys = rows.map(({ key }) => key)));
  }
  return keys;
}

async function complete(cookies, { enrollmentId, lessonId }) {
  const viewer = await viewerOf(cookies);
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const [enrollment] = (await client.query({ ...LOCK, values: [enrollmentId, viewer.id] })).rows;
    await client.query({ ...INSERT, values: [enrollmentId, lessonId, enrollment.version_id] });
    const { rows } = await client.query({ ...EVIDENCE, values: [enrollmentId] });
    const done = new Set(rows.map((row) => row.lesson_key));
    if ((await requiredKeys(client, enrollment.version_id)).every((key) => done.has(key)))
      throw new Error('The course is completed: that is another piece of work.');
    await client.query('COMMIT');
    return { enrollment: { id: enrollmentId, state: enrollment.state }, userErrors: [] };
  } finally {
    client.release();
  }
}

const server = createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', async () => {
    const lessonComplete = await complete(req.headers.cookie, JSON.parse(Buffer.concat(chunks)).variables);
    const body = Buffer.from(JSON.stringify({ data: { lessonComplete } }));
    res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length });
    res.end(body);
  });
});

await serve((port, host, ready) => server.listen(port, host, ready));
