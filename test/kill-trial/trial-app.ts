import { Injectable, Module, type INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { AppModule } from '../../src/app.module.js';
import { readConfig } from '../../src/config.js';
import { MemoryMailbox } from '../../src/embedded/mailbox.js';
import { SystemClock } from '../../src/platform/clock.js';
import { Database, type Tx } from '../../src/platform/database/database.js';
import { defineEvent } from '../../src/platform/outbox/events.js';
import { OnEvent, OnEventOutside } from '../../src/platform/outbox/handlers.js';

/** What the trial records. */
export const Happened = defineEvent('trial.happened', z.object({ n: z.number().int() }));

/** What the throughput is measured with: one handler, one insert. */
export const Measured = defineEvent('trial.measured', z.object({ n: z.number().int() }));

/** Neither table has a key: a repeated effect shows. */
export const TABLES = `
  CREATE TABLE effect_inside (n integer NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());
  CREATE TABLE effect_outside (n integer NOT NULL, at timestamptz NOT NULL DEFAULT clock_timestamp());`;

/** A handler takes as long as a real one, so that a kill finds it at work. */
const INSIDE_SECONDS = 0.02;
const OUTSIDE_MS = 20;

@Injectable()
class TrialHandlers {
  constructor(private readonly database: Database) {}

  @OnEvent(Happened, 'trial.inside')
  async inside({ n }: { n: number }, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO effect_inside (n) VALUES ($1)', [n]);
    await tx.query('SELECT pg_sleep($1)', [INSIDE_SECONDS]);
  }

  @OnEvent(Measured, 'trial.measured')
  async measured({ n }: { n: number }, tx: Tx): Promise<void> {
    await tx.query('INSERT INTO effect_inside (n) VALUES ($1)', [n]);
  }

  /** Stands for a mail: once sent, no rollback takes it back. */
  @OnEventOutside(Happened, 'trial.outside')
  async outside({ n }: { n: number }): Promise<void> {
    await this.database.dataSource.query('INSERT INTO effect_outside (n) VALUES ($1)', [n]);
    await delay(OUTSIDE_MS);
  }
}

/** The product with the trial's handlers, with the timings of production. Nothing works until its Jobs are started. */
export async function openTrialApp(
  databaseUrl: string,
  redisUrl: string | undefined,
): Promise<INestApplicationContext> {
  const clock = new SystemClock();
  const surroundings = {
    config: { ...readConfig({}), databaseUrl, redisUrl, masterKey: Buffer.alloc(32, 7) },
    clock,
    mailer: new MemoryMailbox(clock),
  };
  @Module({ imports: [AppModule.with(surroundings)], providers: [TrialHandlers] })
  class TrialModule {}
  return NestFactory.createApplicationContext(TrialModule, {
    logger: ['error', 'warn', 'fatal'],
    abortOnError: false,
  });
}
