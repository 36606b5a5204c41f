import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Test } from '@nestjs/testing';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { Provider } from '@nestjs/common';
import { AppModule } from '../../src/app.module.js';
import { readConfig, type RunningConfig } from '../../src/config.js';
import { choosePort } from '../../src/embedded/free-port.js';
import { MemoryMailbox } from '../../src/embedded/mailbox.js';
import { configureHttp } from '../../src/http-app.js';
import { MovableClock } from '../../src/platform/clock.js';
import { Database } from '../../src/platform/database/database.js';
import { JobTimings } from '../../src/platform/jobs/job-timings.js';
import { Deliveries, type DeliveryKey } from '../../src/platform/outbox/deliveries.js';
import { Client } from './client.js';
import { createTestDatabase } from './test-database.js';

/** A noon in Paris on a Wednesday, so that no test depends on the day it runs. */
export const START = new Date('2026-10-07T10:00:00Z');

/** Stands still until it is moved. */
export class TestClock extends MovableClock {
  private current = START;

  override now(): Date {
    return this.current;
  }

  override moveForward(milliseconds: number): Date {
    this.current = new Date(this.current.getTime() + milliseconds);
    return this.current;
  }

  set(instant: string): void {
    this.current = new Date(instant);
  }
}

export interface TestApp {
  nest: NestExpressApplication;
  config: RunningConfig;
  clock: TestClock;
  mailbox: MemoryMailbox;
  /** Statements, for what no API shows. */
  sql<T = Record<string, unknown>>(statement: string, parameters?: unknown[]): Promise<T[]>;
  get<T>(type: abstract new (...parameters: never[]) => T): T;
  /** A browser that nobody is signed in to. */
  visitor(options?: { locale?: string }): Client;
  /** Somebody who signed in through the real code mail. */
  signIn(email: string, options?: { locale?: string; timeZone?: string }): Promise<Client>;
  /** Runs background work until none is due. @returns what was thrown meanwhile. */
  drainOutbox(): Promise<Error[]>;
  close(): Promise<void>;
}

export interface TestAppOptions {
  /** Providers besides the product's own, such as a handler that fails. */
  providers?: Provider[];
  config?: Partial<RunningConfig>;
  /** For a suite that starts the workers. */
  timings?: Partial<JobTimings>;
  /** Its public address is the one it really listens on, for verifiers that fetch from there. */
  publicAtOwnOrigin?: boolean;
}

/** The whole product on a database of its own, without workers: {@link TestApp.drainOutbox} does their work. */
export async function startTestApp({
  providers = [],
  config: overrides = {},
  timings = {},
  publicAtOwnOrigin = false,
}: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const port = publicAtOwnOrigin ? await choosePort(undefined) : 0;
  const dataDir = mkdtempSync(join(tmpdir(), 'tremplin-data-'));
  const config: RunningConfig = {
    ...readConfig({ LOG_LEVEL: 'silent' }),
    databaseUrl: database.url,
    databasePool: 8,
    masterKey: Buffer.alloc(32, 7),
    dataDir,
    publicUrl: publicAtOwnOrigin ? `http://127.0.0.1:${port}` : 'http://localhost:3000',
    ...overrides,
  };
  const clock = new TestClock();
  const mailbox = new MemoryMailbox(clock);
  const module = await Test.createTestingModule({
    imports: [AppModule.with({ config, clock, mailer: mailbox })],
    providers,
  })
    .overrideProvider(JobTimings)
    .useValue(Object.assign(new JobTimings(), timings))
    .setLogger(false as never)
    .compile();
  const nest = module.createNestApplication<NestExpressApplication>({ bodyParser: false, logger: false });
  configureHttp(nest, config);
  try {
    await nest.init();
    await nest.listen(port, '127.0.0.1');
  } catch (error) {
    await nest.close();
    await database.drop();
    rmSync(dataDir, { recursive: true, force: true });
    throw error;
  }
  const address = nest.getHttpServer().address() as { port: number };
  const origin = `http://127.0.0.1:${address.port}`;
  const sql: TestApp['sql'] = (statement, parameters) =>
    nest.get(Database).dataSource.query(statement, parameters);

  const drain = async (): Promise<Error[]> => {
    const errors: Error[] = [];
    for (;;) {
      const due = await sql<DeliveryKey>(
        `SELECT event_id AS "eventId", handler FROM delivery WHERE state = 'PENDING' ORDER BY event_id, handler`,
      );
      if (due.length === 0) return errors;
      for (const key of due) {
        await nest
          .get(Deliveries)
          .run(key)
          .catch((error: Error) => errors.push(error));
      }
    }
  };
  let draining: Promise<unknown> = Promise.resolve();

  const app: TestApp = {
    nest,
    config,
    clock,
    mailbox,
    sql,
    get: (type) => nest.get(type as never, { strict: false }),
    visitor: (options) => new Client(origin, options),
    signIn: async (email, options) => {
      const client = new Client(origin, options);
      await client.requestCode(email);
      await app.drainOutbox();
      const code = /\b\d{6}\b/.exec(mailbox.list(email)[0]!.text)![0];
      await client.enterCode(email, code, options?.timeZone);
      return client;
    },
    drainOutbox: () => {
      // One after the other: what one has claimed is neither pending for the next nor done yet.
      const errors = draining.then(drain);
      draining = errors;
      return errors;
    },
    close: async () => {
      await nest.close();
      await database.drop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
  return app;
}
