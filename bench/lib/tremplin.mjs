import { join } from 'node:path';
import { CONNECTIONS } from './limits.mjs';
import { dist } from './places.mjs';

/** The product as it is served: its own entry point, outside the embedded mode, with its own cookies. */
export const tremplin = {
  name: 'tremplin',
  script: join(dist, 'src/main.js'),
  environment: {
    PUBLIC_URL: 'https://bench.example',
    SMTP_URL: 'smtp://127.0.0.1:9',
    MASTER_KEY: Buffer.alloc(32, 1).toString('base64'),
    DATABASE_POOL: String(CONNECTIONS),
    HOST: '127.0.0.1',
    LOG_LEVEL: 'warn',
    WORKER: 'none',
  },
};
