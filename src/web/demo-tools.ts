import type { Mail } from '../platform/mail/mailer.js';

/** What the pages can reach where nothing is real: the embedded mode provides it, no other mode does. */
export abstract class DemoTools {
  /** Mail that was kept instead of sent, newest first: what an address received, or all of it. */
  abstract mails(to?: string): (Mail & { receivedAt: string })[];

  /**
   * Moves the clock forward and lets every schedule tick, as if the time had passed.
   * @param seconds 0 to ten years
   * @returns false when it is not such a number.
   */
  abstract moveClock(seconds: number): Promise<boolean>;
}
