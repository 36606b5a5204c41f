import { createServer } from 'node:net';
import { ConfigError } from '../../config.js';

/**
 * Looks whether a port is free, before anything slow is started.
 * @throws ConfigError saying what to do when it is taken or not allowed.
 */
export function requireFreePort(port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'is already in use' : `cannot be opened (${error.code})`;
      reject(
        new ConfigError(
          `Port ${port} ${why}. If Tremplin is already running, open http://localhost:${port}; ` +
            `otherwise choose another port: PORT=${port + 1} npm start`,
        ),
      );
    });
    probe.listen(port, host, () => probe.close(() => resolve()));
  });
}
