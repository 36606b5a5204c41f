import { AsyncLocalStorage } from 'node:async_hooks';
import { Clock } from '../../platform/clock.js';

/**
 * The clock of a history that is played through: for each piece of work it is the moment at which that work happened. So
 * one learner's March can be played beside another's May, and still nobody's time goes back.
 */
export class ReplayClock extends Clock {
  private readonly moment = new AsyncLocalStorage<Date>();

  /** @param beginning the time of whatever does not happen at a moment of its own. */
  constructor(private readonly beginning: Date) {
    super();
  }

  override now(): Date {
    return this.moment.getStore() ?? this.beginning;
  }

  /** Does the work at a moment. */
  at<T>(moment: Date, work: () => Promise<T>): Promise<T> {
    return this.moment.run(moment, work);
  }
}
