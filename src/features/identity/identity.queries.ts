import type { Tx } from '../../platform/database/database.js';
import type { Locale } from '../../platform/locale.js';
import { Person } from './person.entity.js';
import type { SignInCode } from './sign-in-code.entity.js';

/** Codes asked for since a moment, for an address and from a network address. */
export async function countCodes(
  tx: Tx,
  since: Date,
  email: string,
  ip: string | null,
): Promise<{ forEmail: number; fromIp: number }> {
  const rows: { forEmail: number; fromIp: number }[] = await tx.query(
    `SELECT (SELECT count(*)::int FROM sign_in_code WHERE email = $2 AND created_at > $1) AS "forEmail",
            (SELECT count(*)::int FROM sign_in_code WHERE ip = $3 AND created_at > $1) AS "fromIp"`,
    [since, email, ip],
  );
  return rows[0]!;
}

/** Lets only one request at a time ask for codes for an address: parallel ones cannot all pass the limit. */
export async function lockEmail(tx: Tx, email: string): Promise<void> {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('sign-in:' || $1, 0))`, [email]);
}

/** The newest code that a browser asked for, locked: guesses are counted one after the other. */
export async function lockNewestCode(tx: Tx, email: string, browserHash: Buffer): Promise<SignInCode | null> {
  const rows: SignInCode[] = await tx.query(
    `SELECT id, code_hash AS "codeHash", expires_at AS "expiresAt", tries, used_at AS "usedAt", locale
       FROM sign_in_code WHERE email = $1 AND browser_hash = $2 ORDER BY created_at DESC, id DESC LIMIT 1 FOR UPDATE`,
    [email, browserHash],
  );
  return rows[0] ?? null;
}

/** The person with this address, made now when there is none. Two sign-ins at once make one person. */
export async function findOrCreatePerson(
  tx: Tx,
  newPerson: { id: string; email: string; locale: Locale; timeZone: string; createdAt: Date },
): Promise<Person> {
  await tx.query(
    `INSERT INTO person (id, email, locale, time_zone, created_at) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (email) DO NOTHING`,
    [newPerson.id, newPerson.email, newPerson.locale, newPerson.timeZone, newPerson.createdAt],
  );
  return tx.findOneByOrFail(Person, { email: newPerson.email });
}

/** People by id, for edges and mail. */
export async function findPeople(tx: Tx, ids: readonly string[]): Promise<Map<string, Person>> {
  const people = await tx
    .createQueryBuilder(Person, 'person')
    .where('person.id = ANY(:ids)', { ids: [...ids] })
    .getMany();
  return new Map(people.map((person) => [person.id, person]));
}

/** Which people to list. */
export interface PeopleFilter {
  /** Empty for everybody. */
  search: string;
  beforeId: string | null;
  limit: number;
}

/**
 * People, newest first: their ids rise with time. `search` is the beginning of an address or a part of a name; compared as
 * letters and not as a pattern, so `%` and `_` find themselves. It reads every person, which takes milliseconds for tens
 * of thousands.
 */
export async function findPeopleBy(tx: Tx, { search, beforeId, limit }: PeopleFilter): Promise<Person[]> {
  const query = tx.createQueryBuilder(Person, 'person').orderBy('person.id', 'DESC').limit(limit);
  if (beforeId) query.andWhere('person.id < :beforeId', { beforeId });
  if (search) {
    const matches =
      'starts_with(person.email, lower(:search)) OR strpos(lower(person.name), lower(:search)) > 0';
    query.andWhere(`(${matches})`, { search });
  }
  return query.getMany();
}

/** Gives a person the role ADMIN, if they do not have it. */
export async function makeAdmin(tx: Tx, person: Person): Promise<void> {
  if (person.roles.includes('ADMIN')) return;
  person.roles = [...person.roles, 'ADMIN'];
  await tx.update(Person, { id: person.id }, { roles: person.roles });
}
