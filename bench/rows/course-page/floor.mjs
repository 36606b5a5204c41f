/** The limit: no framework, no GraphQL, one prepared statement in which PostgreSQL builds the whole answer. */
import { createServer } from 'node:http';
import { pool, serve, sessionHash } from '../../lib/contestant.mjs';

const STATEMENT = {
  name: 'page',
  text: `SELECT json_build_object('data', json_build_object('course', json_build_object(
      'title', version.titles ->> person.locale,
      'modules', (
        SELECT json_agg(json_build_object('title', module.titles ->> person.locale, 'lessons', (
            SELECT json_agg(json_build_object('id', lesson.id, 'key', lesson.key, 'title', lesson.titles ->> person.locale,
                'kind', lesson.kind, 'estimatedMinutes', lesson.estimated_minutes, 'required', lesson.required,
                'completedAt', done.at -> lesson.key) ORDER BY lesson.position)
              FROM lesson WHERE lesson.module_id = module.id)) ORDER BY module.position)
          FROM course_module module WHERE module.version_id = version.id),
      'enrollment', json_build_object('id', enrollment.id, 'state', enrollment.state, 'enrolledAt', enrollment.enrolled_at)
    )))::text AS answer
    FROM session
    JOIN person ON person.id = session.person_id
    JOIN course ON course.slug = $2
    JOIN enrollment ON enrollment.person_id = person.id AND enrollment.course_id = course.id
    JOIN course_version version ON version.id = enrollment.version_id
    CROSS JOIN LATERAL (
      SELECT jsonb_object_agg(lesson_key, completed_at) AS at FROM lesson_completion WHERE enrollment_id = enrollment.id
    ) done
   WHERE session.id_hash = $1 AND session.expires_at > now()`,
};

const server = createServer((req, res) => {
  const chunks = [];
  req.on('data', (chunk) => chunks.push(chunk));
  req.on('end', async () => {
    const { slug } = JSON.parse(Buffer.concat(chunks)).variables;
    const { rows } = await pool.query({ ...STATEMENT, values: [sessionHash(req.headers.cookie), slug] });
    const body = Buffer.from(rows[0].answer);
    res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length });
    res.end(body);
  });
});

await serve((port, host, ready) => server.listen(port, host, ready));
