import { createServer, type AddressInfo } from 'node:net';

/** The address the embedded PostgreSQL listens on: this machine only. */
export const loopback = '127.0.0.1';

/** The preferred port when nothing listens on it, else one the system chooses. */
export async function choosePort(preferred: number | undefined): Promise<number> {
  if (preferred !== undefined) {
    const port = await listenOnce(preferred).catch(() => undefined);
    if (port !== undefined) return port;
  }
  return listenOnce(0);
}

function listenOnce(port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ host: loopback, port, exclusive: true }, () => {
      const { port: taken } = server.address() as AddressInfo;
      server.close(() => resolve(taken));
    });
  });
}
