import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../../config.js';
import { Deliveries, MOST_ATTEMPTS, type DeliveryKey } from '../outbox/deliveries.js';
import { Handlers, type Lane } from '../outbox/handlers.js';
import { Relay } from '../outbox/relay.js';
import { JobTimings } from './job-timings.js';
import { Loop } from './loop.js';
import { openQueueBackend, type JobQueue, type QueueBackend } from './queue-backend.js';
import { ScheduleRunner } from './schedule-runner.js';

const LANES = ['work', 'outside'] as const satisfies Lane[];
/** How many jobs of a lane one worker process runs at once. */
const CONCURRENCY: Record<Lane, number> = { work: 4, outside: 8 };
const SCHEDULE_QUEUE = 'schedules';
/** Milliseconds before a worker asks again after its storage refused the connection. BullMQ's own 15 s delay every job. */
const RECONNECT_MS = 1_000;
/** Milliseconds in which the same error is logged once: a lost connection is reported by each queue and worker. */
const SAME_ERROR_MS = 5_000;

/** Runs background work: relay, workers and schedules, until stopped. Started by the worker process, or inline. */
@Injectable()
export class Jobs implements OnModuleDestroy {
  private readonly logger = new Logger(Jobs.name);
  private readonly loggedAt = new Map<string, number>();
  private backend?: QueueBackend;
  private queues?: Record<Lane, JobQueue<DeliveryKey>>;
  private schedules?: JobQueue<unknown>;
  private readonly loops: Loop[] = [];
  private readonly closers: { workers: (() => Promise<void>)[]; queues: (() => Promise<void>)[] } = {
    workers: [],
    queues: [],
  };
  /** The queue may just have lost something: the next sweep does not wait for deliveries to be old. True at the start. */
  private mistrustQueue = true;

  constructor(
    @Inject(CONFIG) private readonly config: RunningConfig,
    private readonly timings: JobTimings,
    private readonly handlers: Handlers,
    private readonly deliveries: Deliveries,
    private readonly relay: Relay,
    private readonly scheduleRunner: ScheduleRunner,
  ) {}

  /** Starts everything. Resolves when the queue's storage is ready. @throws when PostgreSQL cannot be reached. */
  async start(): Promise<void> {
    this.backend = await openQueueBackend(this.config);
    this.queues = { work: await this.openQueue('work'), outside: await this.openQueue('outside') };
    this.schedules = await this.openQueue(SCHEDULE_QUEUE);
    await this.scheduleRunner.restore(this.schedules);
    for (const lane of LANES) {
      await this.startWorker<DeliveryKey>(lane, CONCURRENCY[lane], (job) => this.deliveries.run(job.data));
    }
    await this.startWorker<unknown>(SCHEDULE_QUEUE, 1, (job) => this.scheduleRunner.tick(job.name, job.id!));
    const sweep = new Loop('sweep', this.timings.sweepEveryMs, this.logger, () => this.sweep());
    this.loops.push(
      new Loop('relay', this.timings.relayPollMs, this.logger, () => this.relay.moveBatch(this.enqueue)),
      sweep,
    );
    this.backend.onReturn(() => {
      this.logger.warn(`The queue on ${this.backend!.name} was away: what it lost is enqueued again.`);
      this.mistrustQueue = true;
      sweep.wake();
    });
    this.logger.log(`Background work runs on ${this.backend.name}.`);
  }

  /** Records the event of every schedule now, as if each had ticked: for a clock that was moved by hand. */
  tickAll(): Promise<void> {
    return this.scheduleRunner.tickAll();
  }

  /** Stops taking work, lets running jobs finish, closes connections. */
  async onModuleDestroy(): Promise<void> {
    const { workers, queues } = this.closers;
    await Promise.all(this.loops.splice(0).map((loop) => loop.stop()));
    await Promise.all(workers.splice(0).map((close) => close()));
    await Promise.all(queues.splice(0).map((close) => close()));
    await this.backend?.close();
    this.backend = undefined;
  }

  /** A job whose id the queue already holds is ignored by it. */
  private readonly enqueue = async (keys: DeliveryKey[]): Promise<void> => {
    const laneOf = (key: DeliveryKey): Lane => this.handlers.get(key.handler)?.lane ?? 'work';
    for (const lane of LANES) {
      const jobs = keys
        .filter((key) => laneOf(key) === lane)
        .map((key) => ({ name: key.handler, data: key, opts: { jobId: `${key.handler}-${key.eventId}` } }));
      if (jobs.length > 0) await this.queues![lane].addBulk(jobs);
    }
  };

  /** Repairs what the queue lost: schedules, and deliveries. */
  private async sweep(): Promise<false> {
    const olderThanSeconds = this.mistrustQueue ? 0 : this.timings.offerAgainAfterSeconds;
    this.mistrustQueue = false;
    try {
      await this.scheduleRunner.restore(this.schedules!);
      // One batch is offered anyhow. A long queue is no loss, and offering all of it again would only make it longer.
      const lostMore = async (): Promise<boolean> =>
        (await this.countHeld()) < (await this.relay.countQueued());
      await this.relay.offerAgain(this.enqueue, olderThanSeconds, lostMore);
    } catch (error) {
      this.mistrustQueue ||= olderThanSeconds === 0;
      throw error;
    }
    return false;
  }

  private async countHeld(): Promise<number> {
    const counts = LANES.flatMap((lane) => [this.queues![lane].count(), this.queues![lane].getActiveCount()]);
    return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
  }

  private async openQueue<T>(name: string): Promise<JobQueue<T>> {
    const queue = this.backend!.queue<T>(name, {
      defaultJobOptions: {
        attempts: MOST_ATTEMPTS + 1,
        backoff: { type: 'exponential', delay: this.timings.firstBackoffMs, jitter: 0.3 },
        // The ledger remembers; the queue forgets, so that a job whose id comes again is taken again.
        removeOnComplete: true,
        removeOnFail: true,
      },
    });
    queue.on('error', (error) => this.report(error));
    this.closers.queues.push(() => queue.close());
    await queue.waitUntilReady();
    return queue;
  }

  private async startWorker<T>(
    name: string,
    concurrency: number,
    run: (job: { name: string; id?: string; data: T }) => Promise<void>,
  ): Promise<void> {
    const worker = this.backend!.worker<T>(name, run, {
      concurrency,
      lockDuration: this.timings.lockMs,
      stalledInterval: this.timings.stalledCheckMs,
      // The ledger counts the tries of a job that kills its worker; BullMQ must not give up before it.
      maxStalledCount: MOST_ATTEMPTS + 1,
      runRetryDelay: RECONNECT_MS,
    });
    worker.on('failed', (job, error) => this.logger.warn(`Job ${job?.id ?? '?'} failed: ${error.message}`));
    worker.on('error', (error) => this.report(error));
    this.closers.workers.push(() => worker.close());
    // BullMQ never tries again what failed while it became ready: better no start than a worker that is deaf.
    await worker.waitUntilReady();
  }

  private report(error: Error): void {
    const now = performance.now();
    if (now < (this.loggedAt.get(error.message) ?? -Infinity) + SAME_ERROR_MS) return;
    if (this.loggedAt.size > 100) this.loggedAt.clear();
    this.loggedAt.set(error.message, now);
    this.logger.error(`Queue: ${error.message}`);
  }
}
