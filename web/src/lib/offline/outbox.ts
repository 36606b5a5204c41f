import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** Something done on this device that the server has not confirmed yet. */
interface Done {
  id: string;
  /** Whose it is. Nobody else's page counts it, and it is never sent for another. */
  person: string;
  /** RFC 3339, by this device's clock. */
  claimedAt: string;
  /** Why the server will not take it, for the person to read; absent while it waits. */
  refusal?: string;
}

/** A lesson. Its id is one for each lesson of an enrollment: done again before it is sent, it is the same. */
export interface LessonWork extends Done {
  /** Sent again with this, the server gives its first answer again. */
  idempotencyKey: string;
  enrollmentId: string;
  lessonId: string;
  /** Of a required lesson: how long it takes, by its course. Absent for an optional one. */
  minutes?: number;
}

/** An answer to a question that was gone over, under its id the same wherever it is sent again. */
export interface AnswerWork extends Done {
  questionId: string;
  questionVersionId: string;
  optionIds: readonly string[];
  text: string | null;
  pairs: readonly { optionId: string; matchId: string }[];
}

export type Work = LessonWork | AnswerWork;

interface Device {
  id: 'person';
  value: string;
}

interface Schema extends DBSchema {
  work: { key: string; value: Work };
  device: { key: string; value: Device };
}

let opened: Promise<IDBPDatabase<Schema>> | undefined;

const database = (): Promise<IDBPDatabase<Schema>> =>
  (opened ??= openDB<Schema>('tremplin-offline', 1, {
    upgrade(db) {
      db.createObjectStore('work', { keyPath: 'id' });
      db.createObjectStore('device', { keyPath: 'id' });
    },
    terminated: () => (opened = undefined),
  }));

/** Keeps a lesson done until it is confirmed. The first time that it was done is the one that stays. */
export async function put(done: Omit<LessonWork, 'id' | 'idempotencyKey' | 'claimedAt'>): Promise<Work> {
  const tx = (await database()).transaction('work', 'readwrite');
  const id = `${done.enrollmentId} ${done.lessonId}`;
  const known = await tx.store.get(id);
  const work = known ?? {
    ...done,
    id,
    idempotencyKey: crypto.randomUUID(),
    claimedAt: new Date().toISOString(),
  };
  if (!known) await tx.store.put(work);
  await tx.done;
  return work;
}

/** Keeps an answer until it is confirmed. */
export async function putAnswer(given: Omit<AnswerWork, 'id' | 'claimedAt'>): Promise<void> {
  const answer = { ...given, id: crypto.randomUUID(), claimedAt: new Date().toISOString() };
  await (await database()).put('work', answer);
}

export const workOf = async (person: string): Promise<Work[]> =>
  (await (await database()).getAll('work'))
    .filter((work) => work.person === person)
    .sort((a, b) => a.claimedAt.localeCompare(b.claimedAt));

export const remove = async (id: string): Promise<void> => (await database()).delete('work', id);

/** Notes why the server will not take it: it is not sent again, and the person is told. */
export const refuse = async (work: Work, refusal: string): Promise<void> => {
  await (await database()).put('work', { ...work, refusal });
};

/** Whose device this was when a page last came from the server. */
export const personHere = async (): Promise<string | undefined> =>
  (await (await database()).get('device', 'person'))?.value;

export const setPersonHere = async (value: string): Promise<void> => {
  await (await database()).put('device', { id: 'person', value });
};

/** Forgets somebody: what waits, and that they were here. */
export async function forget(person: string): Promise<void> {
  for (const { id } of await workOf(person)) await remove(id);
  if ((await personHere()) === person) await (await database()).delete('device', 'person');
}
