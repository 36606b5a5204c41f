import {
  createPostgresBackend,
  createRedisBackend,
  Queue,
  runMigrations,
  Worker,
  type BackendFactory,
  type IQueueBackend,
  type JobProgress,
  type Processor,
  type QueueOptions,
  type WorkerOptions,
} from 'bullmq';
import { Redis } from 'ioredis';
import pg from 'pg';

/** Schema in which BullMQ keeps its own tables when it runs on PostgreSQL. It migrates them itself. */
const BULLMQ_SCHEMA = 'bullmq';
/** Connections of one process to PostgreSQL for its queues, besides the one that each worker holds to LISTEN. */
const POOL_SIZE = 5;
/** Workers of one process: one for each lane, and one for the schedules. */
const MOST_WORKERS = 3;
/** An enqueuer that waits longer than this for Redis fails and tries again, rather than hold its transaction open. */
const REDIS_COMMAND_TIMEOUT_MS = 5_000;

/** BullMQ's queue and worker, whatever they run on. */
export type JobQueue<T> = Queue<T, void, string, T, void, string, IQueueBackend, unknown>;
export type JobWorker<T> = Worker<T, void, string, IQueueBackend, JobProgress, unknown>;
type OptionsOfQueue = Omit<QueueOptions, 'connection'>;
type OptionsOfWorker = Omit<WorkerOptions, 'connection'>;

/**
 * Where jobs wait: Redis when there is one, else BullMQ's backend on the product's own PostgreSQL. Nothing above this
 * file knows which. See docs/decisions/0002-job-queue.md.
 */
export interface QueueBackend {
  name: 'redis' | 'postgresql';
  queue<T>(name: string, options: OptionsOfQueue): JobQueue<T>;
  worker<T>(name: string, processor: Processor<T, void>, options: OptionsOfWorker): JobWorker<T>;
  /** Called each time the storage came back from an outage in which it may have lost jobs. */
  onReturn(listener: () => void): void;
  close(): Promise<void>;
}

/** Opens the backend that the configuration asks for. @throws when PostgreSQL cannot be reached; waits for Redis. */
export async function openQueueBackend(config: {
  redisUrl: string | undefined;
  databaseUrl: string;
}): Promise<QueueBackend> {
  return config.redisUrl ? redisBackend(config.redisUrl) : postgresqlBackend(config.databaseUrl);
}

function redisBackend(url: string): QueueBackend {
  // Enqueueing fails soon while Redis is away, as the relay holds a transaction open meanwhile. Workers have nothing
  // better to do than wait, and BullMQ blocks on their connection: no limit there.
  const enqueuing = new Redis(url, { maxRetriesPerRequest: 1, commandTimeout: REDIS_COMMAND_TIMEOUT_MS });
  const working = new Redis(url, { maxRetriesPerRequest: null });
  // Each queue and worker reports the errors of its connection; these listeners only keep the process alive.
  for (const connection of [enqueuing, working]) connection.on('error', () => {});
  return {
    name: 'redis',
    ...classesOn(createRedisBackend as AnyFactory, enqueuing, working),
    onReturn: (listener) => {
      let wasAway = false;
      enqueuing.on('close', () => (wasAway = true));
      enqueuing.on('ready', () => {
        if (wasAway) listener();
        wasAway = false;
      });
    },
    close: async () => {
      for (const connection of [enqueuing, working]) connection.disconnect();
    },
  };
}

async function postgresqlBackend(connectionString: string): Promise<QueueBackend> {
  // One pool for all queues and workers: left alone, BullMQ would open one for each. With a pool of ours, the schema
  // and the migration are ours to take care of too.
  const pool = new pg.Pool({
    connectionString,
    max: POOL_SIZE + MOST_WORKERS,
    options: `-c search_path=${BULLMQ_SCHEMA}`,
    application_name: 'tremplin jobs',
    connectionTimeoutMillis: 10_000,
    keepAlive: true,
  });
  // Each queue and worker reports the pool's errors; this listener only keeps the process alive.
  pool.on('error', () => {});
  try {
    const client = await pool.connect();
    try {
      await runMigrations(client, BULLMQ_SCHEMA); // takes an advisory lock: any number of processes may start at once
    } finally {
      client.release();
    }
  } catch (error) {
    await pool.end();
    throw error;
  }
  return {
    name: 'postgresql',
    ...classesOn(createPostgresBackend as AnyFactory, pool, pool),
    onReturn: () => {}, // jobs and ledger are in one database: it comes back with both, or with neither
    close: () => pool.end(),
  };
}

/** BullMQ's types carry what they run on; the classes are the same, so one type serves for both. */
type AnyFactory = BackendFactory<IQueueBackend, unknown>;

function classesOn(
  factory: AnyFactory,
  queues: unknown,
  workers: unknown,
): Pick<QueueBackend, 'queue' | 'worker'> {
  return {
    queue: <T>(name: string, options: OptionsOfQueue): JobQueue<T> =>
      new Queue<T, void, string, T, void, string, IQueueBackend, unknown>(
        name,
        { ...options, connection: queues },
        factory,
      ),
    worker: <T>(name: string, processor: Processor<T, void>, options: OptionsOfWorker): JobWorker<T> =>
      new Worker<T, void, string, IQueueBackend, JobProgress, unknown>(
        name,
        processor,
        { ...options, connection: workers },
        factory,
      ),
  };
}
