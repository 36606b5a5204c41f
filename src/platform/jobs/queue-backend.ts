import { createPostgresBackend, Queue, Worker, type Processor, type QueueOptions, type WorkerOptions } from 'bullmq';
import { Redis } from 'ioredis';

/** Schema in which BullMQ keeps its own tables when it runs on PostgreSQL. It migrates them itself. */
const BULLMQ_SCHEMA = 'bullmq';
/** Connections of one queue or worker on PostgreSQL. BullMQ opens one more to LISTEN. */
const POOL_SIZE = 3;

/**
 * Where jobs wait: Redis when there is one, else BullMQ's backend on the product's own PostgreSQL. Nothing above this
 * file knows which. See docs/decisions/0002-job-queue.md.
 */
export interface QueueBackend {
  name: 'redis' | 'postgresql';
  queue<T>(name: string, options: Omit<QueueOptions, 'connection'>): Queue<T>;
  worker<T>(name: string, processor: Processor<T>, options: Omit<WorkerOptions, 'connection'>): Worker<T>;
  close(): Promise<void>;
}

export function queueBackend(config: { redisUrl: string | undefined; databaseUrl: string }): QueueBackend {
  return config.redisUrl ? redisBackend(config.redisUrl) : postgresqlBackend(config.databaseUrl);
}

function redisBackend(url: string): QueueBackend {
  // BullMQ blocks on this connection and must wait for Redis to come back rather than fail: hence no retry limit.
  const connection = new Redis(url, { maxRetriesPerRequest: null, enableReadyCheck: true });
  connection.on('error', () => {}); // each queue and worker reports its own errors
  return {
    name: 'redis',
    queue: <T>(name: string, options: Omit<QueueOptions, 'connection'>) =>
      new Queue(name, { ...options, connection }) as unknown as Queue<T>,
    worker: (name, processor, options) => new Worker(name, processor, { ...options, connection }),
    close: async () => {
      await connection.quit().catch(() => connection.disconnect());
    },
  };
}

function postgresqlBackend(connectionString: string): QueueBackend {
  const connection = { connectionString, max: POOL_SIZE, schema: BULLMQ_SCHEMA, migrate: true };
  return {
    name: 'postgresql',
    // BullMQ's types carry the backend they run on; the same classes run on both, so one type serves here.
    queue: <T>(name: string, options: Omit<QueueOptions, 'connection'>) =>
      new Queue(name, { ...options, connection }, createPostgresBackend) as unknown as Queue<T>,
    worker: <T>(name: string, processor: Processor<T>, options: Omit<WorkerOptions, 'connection'>) =>
      new Worker(name, processor, { ...options, connection }, createPostgresBackend) as unknown as Worker<T>,
    close: async () => {},
  };
}
