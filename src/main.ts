import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { AppModule } from './app.module.js';
import { ConfigError, readConfig } from './config.js';
import { DevModule } from './embedded/dev.module.js';
import { greet } from './embedded/greeting.js';
import { seedDemo } from './embedded/seed/seed.js';
import { configureHttp, logger } from './http-app.js';
import { Jobs } from './platform/jobs/jobs.js';
import { migrate } from './platform/database/migrate.js';
import { prepareStorage } from './storage.js';
import { requireFreePort } from './platform/http/free-port.js';
import { onStopSignal } from './stop.js';
import { WebModule } from './web/web.module.js';

const say = (line: string): void => console.log(`  ${line}`);

/** Serves HTTP and, in embedded mode or with WORKER=inline, runs the background work too. */
async function main(): Promise<void> {
  const config = readConfig();
  await requireFreePort(config.port, config.host);
  const storage = await prepareStorage(config, say);
  try {
    if (config.embedded) await migrate(storage.surroundings.config, say);
    const app = await NestFactory.create<NestExpressApplication>(
      AppModule.with(storage.surroundings, config.embedded ? [DevModule, WebModule] : [WebModule]),
      {
        bodyParser: false,
        logger: logger(config),
      },
    );
    configureHttp(app, storage.surroundings.config);
    await app.init();
    if (config.embedded && config.seed === 'demo') await seedDemo(app, storage.surroundings, say);
    if (config.workInProcess) await app.get(Jobs).start();
    await app.listen(config.port, config.host);
    onStopSignal(async () => {
      await app.close();
      await storage.close();
    }, say);
    if (config.embedded) greet(config, say);
    else say(`Serving ${config.publicUrl} on port ${config.port}.`);
  } catch (error) {
    await storage.close();
    throw error;
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
