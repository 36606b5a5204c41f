import 'reflect-metadata';
import { Jobs } from '../../src/platform/jobs/jobs.js';
import { openTrialApp } from './trial-app.js';

/** A worker process: relay and workers, until it is killed. Tells its parent when it runs. */
const app = await openTrialApp(process.env.DATABASE_URL!, process.env.REDIS_URL || undefined);
await app.get(Jobs).start();
process.send!('running');
