import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Config } from './config.js';
import { startEmbeddedPostgres } from './embedded/embedded-postgres.js';
import { FileMailbox } from './embedded/mailbox.js';
import { Clock, MovableClock, SystemClock } from './platform/clock.js';
import { SmtpMailer } from './platform/mail/smtp.mailer.js';
import type { Surroundings } from './platform/platform.module.js';

/** What a process runs on, and how to let go of it. */
export interface Storage {
  surroundings: Surroundings;
  close(): Promise<void>;
}

/** Prepares what the process runs on: the configured servers or, in embedded mode, its own. */
export async function prepareStorage(config: Config, say: (line: string) => void): Promise<Storage> {
  if (!config.embedded) {
    const { databaseUrl, masterKey, smtpUrl } = config as Required<Config>; // config.ts requires all three
    const surroundings = {
      config: { ...config, databaseUrl: databaseUrl!, masterKey: masterKey! },
      clock: new SystemClock(),
      mailer: new SmtpMailer(smtpUrl!, config.mailFrom, config.publicUrl),
    };
    return { surroundings, close: async () => {} };
  }
  mkdirSync(config.dataDir, { recursive: true });
  const postgres = await startEmbeddedPostgres({
    dataDir: join(config.dataDir, 'postgres'),
    database: 'tremplin',
    log: say,
  });
  const clock = embeddedClock(config, say);
  const surroundings = {
    config: {
      ...config,
      databaseUrl: postgres.url,
      masterKey: config.masterKey ?? embeddedMasterKey(config, say),
    },
    clock,
    mailer: config.smtpUrl
      ? new SmtpMailer(config.smtpUrl, config.mailFrom, config.publicUrl)
      : new FileMailbox(join(config.dataDir, 'mailbox.jsonl'), clock),
  };
  return { surroundings, close: () => postgres.stop() };
}

/** Made once and kept: without it the signing keys in the database could not be opened again. */
function embeddedMasterKey(config: Config, say: (line: string) => void): Buffer {
  const file = join(config.dataDir, 'master.key');
  if (!existsSync(file)) {
    writeFileSync(file, randomBytes(32).toString('base64'), { mode: 0o600 });
    say(`Made a master key in ${file}.`);
  }
  return Buffer.from(readFileSync(file, 'utf8'), 'base64');
}

/** Remembers how far it was moved, so that a restart does not send the product back in time. */
function embeddedClock(config: Config, say: (line: string) => void): Clock {
  const file = join(config.dataDir, 'clock-offset-ms');
  const offset = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  const clock = new MovableClock(offset, (offsetMs) => writeFileSync(file, String(offsetMs)));
  if (offset > 0) say(`The clock is ahead of the machine's: it is ${clock.now().toISOString()} here.`);
  return clock;
}
