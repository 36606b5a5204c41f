import type { Reporter, Test } from '@jest/reporters';
import pg from 'pg';

const MINUTES = 8;

/**
 * Ends a run in which a suite never ends: the runner itself knows no time limit. Says which suite, and what its database is doing
 * or waiting for.
 */
export default class StuckSuiteReporter implements Pick<Reporter, 'onTestFileStart' | 'onTestFileResult'> {
  private readonly running = new Map<string, NodeJS.Timeout>();

  onTestFileStart(test: Test): void {
    this.running.set(
      nameOf(test),
      setTimeout(() => void giveUp(nameOf(test)), MINUTES * 60_000),
    );
  }

  onTestFileResult(test: Test): void {
    clearTimeout(this.running.get(nameOf(test)));
  }
}

const nameOf = ({ path, context }: Test): string => `${path} in ${context.config.displayName?.name}`;

async function giveUp(suite: string): Promise<void> {
  process.stderr.write(`${suite} has not ended after ${MINUTES} minutes. Its database:\n`);
  const client = new pg.Client({ connectionString: process.env.TEST_DATABASE_URL });
  try {
    await client.connect();
    const { rows } = await client.query(
      `SELECT datname, state, wait_event_type, wait_event, now() - query_start AS since, left(query, 300) AS query
         FROM pg_stat_activity WHERE datname LIKE 'test\\_%' ORDER BY query_start`,
    );
    process.stderr.write(`${JSON.stringify(rows, null, 1)}\n`);
  } finally {
    process.exit(1);
  }
}
