import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from '@nestjs/common';

const LONGEST_BACKOFF_MS = 5_000;

/** Does a step again and again: at once while there is more to do, after a pause otherwise, more slowly while it fails. */
export class Loop {
  private readonly abort = new AbortController();
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

  /** Ends after the step that is running. */
  async stop(): Promise<void> {
    this.abort.abort();
    await this.ended;
  }

  private async run(): Promise<void> {
    let failures = 0;
    while (!this.abort.signal.aborted) {
      let more = false;
      try {
        more = await this.step();
        if (failures > 0) this.logger.log(`The ${this.name} works again.`);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures === 1) this.logger.error(`The ${this.name} failed: ${(error as Error).message}`);
      }
      const pause = failures > 0 ? Math.min(LONGEST_BACKOFF_MS, 250 * 2 ** failures) : more ? 0 : this.pauseMs;
      if (pause > 0) await delay(pause, undefined, { signal: this.abort.signal }).catch(() => {});
    }
  }
}
