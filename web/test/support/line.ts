import { createServer, connect, type Socket } from 'node:net';
import { chromium, type Browser, type BrowserContext } from '@playwright/test';

/**
 * The line between a browser and the product. It can be whole; down; or deaf: what the browser sends arrives and is done, and the
 * browser never hears of it.
 */
export class Line {
  state: 'WHOLE' | 'DOWN' | 'DEAF' = 'WHOLE';
  /** Requests to complete a lesson that reached the product. */
  completions = 0;
  /** Of them, those whose answer was dropped. */
  unheard = 0;
  private readonly sockets = new Set<Socket>();
  private readonly server = createServer((browser) => this.join(browser));

  private constructor(private readonly product: URL) {}

  static async to(product: string): Promise<Line> {
    const line = new Line(new URL(product));
    await new Promise<void>((resolve) => line.server.listen(0, '127.0.0.1', resolve));
    return line;
  }

  private join(browser: Socket): void {
    if (this.state === 'DOWN') return void browser.destroy();
    const product = connect(Number(this.product.port), this.product.hostname);
    let isUnheard = false;
    for (const socket of [browser, product]) {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        browser.destroy();
        product.destroy();
      });
    }
    browser.on('data', (bytes) => {
      if (bytes.includes('lessonComplete(')) {
        this.completions += 1;
        isUnheard = this.state === 'DEAF';
      }
      product.write(bytes);
    });
    product.on('data', (bytes) => {
      if (!isUnheard) return void browser.write(bytes);
      // The product has answered, so it has done it.
      this.unheard += 1;
      browser.destroy();
    });
  }

  /** Loses the line, and what is on its way. */
  cut(): void {
    this.state = 'DOWN';
    for (const socket of this.sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** A device on this line: a browser whose profile lasts, as a phone's does, when its tabs are closed. */
  async device(): Promise<{ browser: Browser; context: BrowserContext }> {
    const { port } = this.server.address() as { port: number };
    const browser = await chromium.launch({
      executablePath: process.env.CHROMIUM,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--disable-background-networking',
        `--host-resolver-rules=MAP ${this.product.host} 127.0.0.1:${port}`,
      ],
    });
    const context = await browser.newContext({
      baseURL: this.product.origin,
      locale: 'fr-FR',
      timezoneId: 'Europe/Paris',
      viewport: { width: 360, height: 740 },
      hasTouch: true,
    });
    return { browser, context };
  }
}
