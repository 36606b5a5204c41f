/** What every contestant needs that is not what is compared: connections, the session's digest, a port. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import { CONNECTIONS } from './limits.mjs';

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: CONNECTIONS });

/** @param {string} cookies the `Cookie` header, which holds the session alone. */
export const sessionHash = (cookies) =>
  createHash('sha256')
    .update(cookies.slice(cookies.indexOf('=') + 1))
    .digest();

const VIEWER = {
  name: 'viewer',
  text: `SELECT person.id, person.locale FROM session JOIN person ON person.id = session.person_id
          WHERE session.id_hash = $1 AND session.expires_at > now()`,
};

/** Who asks. */
export async function viewerOf(cookies) {
  const { rows } = await pool.query({ ...VIEWER, values: [sessionHash(cookies)] });
  return rows[0];
}

/** @param listen starts the server and calls back, or gives a promise. */
export async function serve(listen) {
  await new Promise((resolve) => listen(Number(process.env.PORT), '127.0.0.1', resolve));
  console.log('Ready');
}
