import type { Logger } from '@nestjs/common';

const LONGEST_BACKOFF_MS = 5_000;

/** Does a step again and again: at once while there is more to do, after a pause otherwise, more slowly while it fails. */
export class Loop {
  private stopped = false;
  private woken = false;
  private endPause = (): void => {};
  private readonly ended: Promise<void>;

  /** @param step returns whether more may be waiting. */
  constructor(
    private readonly name: string,
    private readonly pauseMs: number,
    private readonly logger: Logger,
    private readonly step: () => Promise<boolean>,
  ) {
    this.ended = this.run();
  }

  /** Does the step once more without a pause before it. */
  wake(): void {
    this.woken = true;
    this.endPause();
  }

  /** Ends after the step that is running. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.wake();
    await this.ended;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.stopped) {
      let more = false;
      this.woken = false;
      try {
        more = await this.step();
        if (failures > 0) this.logger.log(`The ${this.name} works again.`);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1) this.logger.error(`The ${this.name} failed: ${(error as Error).message}`);
      }
      const pauseMs =
        failures > 0 ? Math.min(LONGEST_BACKOFF_MS, 125 * 2 ** failures) : more ? 0 : this.pauseMs;
      if (pauseMs > 0 && !this.woken) await this.pause(pauseMs);
    }
  }

  private async pause(milliseconds: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
