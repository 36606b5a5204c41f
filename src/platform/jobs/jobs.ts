import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { Job, Queue, Worker } from 'bullmq';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Database } from '../database/database.js';
import { Deliveries, MOST_ATTEMPTS, type DeliveryKey } from '../outbox/deliveries.js';
import { Handlers, type Lane } from '../outbox/handlers.js';
import { Outbox } from '../outbox/outbox.js';
import { Relay } from '../outbox/relay.js';
import { queueBackend, type QueueBackend } from './queue-backend.js';
import { declaredSchedules } from './schedules.js';
import { Loop } from './loop.js';

/** How many jobs of a lane one worker process runs at once. */
const CONCURRENCY: Record<Lane, number> = { work: 4, outside: 8 };
const SCHEDULE_QUEUE = 'schedules';
/** First wait after a failed try; it doubles each time, so eight tries span about an hour. */
const BACKOFF_MS = 15_000;
const RELAY_POLL_MS = 200;
const SWEEP_EVERY_MS = 60_000;
/** Longer than the longest backoff of a job that is still in the queue. */
const LOST_AFTER_SECONDS = 2 * 3600;
/** A dead worker's job is given to another after this: the price of a crash, in delay. */
const LOCK_MS = 15_000;

/** Runs background work: relay, workers and schedules, until stopped. Started by the worker process, or inline. */
@Injectable()
export class Jobs implements OnModuleDestroy {
  private readonly logger = new Logger(Jobs.name);
  private backend?: QueueBackend;
  private queues?: Record<Lane, Queue<DeliveryKey>>;
  private readonly closers: (() => Promise<void>)[] = [];
  private relayLoop?: Loop;

  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly database: Database,
    private readonly handlers: Handlers,
    private readonly deliveries: Deliveries,
    private readonly outbox: Outbox,
    private readonly relay: Relay,
  ) {}

  /** Starts everything. Resolves when the queue's storage is ready. */
  async start(): Promise<void> {
    this.backend = queueBackend(this.config);
    this.queues = { work: this.openQueue('work'), outside: this.openQueue('outside') };
    // One after the other: the first makes BullMQ's tables when there are none.
    for (const queue of Object.values(this.queues)) await queue.waitUntilReady();
    await this.startSchedules();
    for (const lane of Object.keys(this.queues) as Lane[]) this.startWorker(lane);
    this.relayLoop = new Loop('relay', RELAY_POLL_MS, this.logger, async () => {
      const moved = await this.relay.moveBatch((keys) => this.enqueue(keys));
      return moved > 0;
    });
    const sweep = new Loop('sweep', SWEEP_EVERY_MS, this.logger, async () => {
      const found = await this.relay.sweepLost(LOST_AFTER_SECONDS);
      if (found > 0) this.logger.warn(`${found} deliveries were lost by the queue and are enqueued again.`);
      return false;
    });
    this.closers.push(
      () => this.relayLoop!.stop(),
      () => sweep.stop(),
    );
    this.logger.log(`Background work runs on ${this.backend.name}.`);
  }

  /** Records the event of every schedule now, as if each had ticked: for a clock that was moved by hand. */
  async tickAll(): Promise<void> {
    for (const schedule of declaredSchedules()) await this.tick(schedule.name);
  }

  /** Stops taking work, lets running jobs finish, closes connections. */
  async onModuleDestroy(): Promise<void> {
    for (const close of this.closers.splice(0)) await close();
    await this.backend?.close();
  }

  private openQueue(lane: Lane): Queue<DeliveryKey> {
    const queue = this.backend!.queue<DeliveryKey>(lane, {
      defaultJobOptions: {
        attempts: MOST_ATTEMPTS + 1,
        backoff: { type: 'exponential', delay: BACKOFF_MS, jitter: 0.3 },
        // The ledger remembers; the queue forgets, so that a job whose id comes again is taken again.
        removeOnComplete: true,
        removeOnFail: true,
      },
    });
    queue.on('error', (error) => this.logger.error(`Queue ${lane}: ${error.message}`));
    this.closers.push(() => queue.close());
    return queue;
  }

  private async enqueue(keys: DeliveryKey[]): Promise<void> {
    const laneOf = (key: DeliveryKey): Lane => this.handlers.get(key.handler)?.lane ?? 'work';
    for (const lane of ['work', 'outside'] as const) {
      const jobs = keys.filter((key) => laneOf(key) === lane);
      if (jobs.length === 0) continue;
      await this.queues![lane].addBulk(
        jobs.map((key) => ({ name: key.handler, data: key, opts: { jobId: `${key.handler}-${key.eventId}` } })),
      );
    }
  }

  private startWorker(lane: Lane): void {
    const worker = this.backend!.worker<DeliveryKey>(lane, (job: Job<DeliveryKey>) => this.deliveries.run(job.data), {
      concurrency: CONCURRENCY[lane],
      lockDuration: LOCK_MS,
      stalledInterval: LOCK_MS,
      // The ledger counts the tries of a job that kills its worker; BullMQ must not give up before it.
      maxStalledCount: MOST_ATTEMPTS + 1,
    });
    this.watch(worker, lane);
  }

  private async startSchedules(): Promise<void> {
    const queue = this.backend!.queue(SCHEDULE_QUEUE, {
      defaultJobOptions: { removeOnComplete: true, removeOnFail: true },
    });
    queue.on('error', (error) => this.logger.error(`Queue ${SCHEDULE_QUEUE}: ${error.message}`));
    this.closers.push(() => queue.close());
    await queue.waitUntilReady();
    const wanted = declaredSchedules();
    for (const known of await queue.getJobSchedulers()) {
      if (!wanted.some((schedule) => schedule.name === known.key)) await queue.removeJobScheduler(known.key);
    }
    for (const schedule of wanted) {
      await queue.upsertJobScheduler(schedule.name, { every: schedule.everyMs }, { name: schedule.name });
    }
    const worker = this.backend!.worker(SCHEDULE_QUEUE, (job) => this.tick(job.name), { concurrency: 1 });
    this.watch(worker, SCHEDULE_QUEUE);
  }

  private async tick(name: string): Promise<void> {
    const schedule = declaredSchedules().find((candidate) => candidate.name === name);
    if (!schedule) return;
    await this.database.transaction((tx) => this.outbox.record(tx, schedule.eventType, {}));
  }

  private watch(worker: Worker, name: string): void {
    worker.on('failed', (job, error) => this.logger.warn(`Job ${job?.id ?? '?'} failed: ${error.message}`));
    worker.on('error', (error) => this.logger.error(`Worker ${name}: ${error.message}`));
    this.closers.unshift(() => worker.close());
  }
}
