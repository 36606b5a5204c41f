import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule } from './app.module.js';
import { ConfigError, readConfig } from './config.js';
import { logger } from './http-app.js';
import { Jobs } from './platform/jobs/jobs.js';
import { prepareStorage } from './storage.js';
import { onStopSignal } from './stop.js';

const say = (line: string): void => console.log(`  ${line}`);

/** Runs the background work alone: relay, job workers, schedules. Start as many as there is work for. */
async function main(): Promise<void> {
  const config = readConfig();
  const storage = await prepareStorage(config, say);
  try {
    const app = await NestFactory.createApplicationContext(AppModule.with(storage.surroundings), {
      logger: logger(config),
    });
    await app.get(Jobs).start();
    onStopSignal(async () => {
      await app.close();
      await storage.close();
    }, say);
    say('The worker runs.');
  } catch (error) {
    await storage.close();
    throw error;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
