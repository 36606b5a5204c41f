/** The only source of the time. Tests and the embedded mode can move it; nothing else may ask the machine. */
export abstract class Clock {
  abstract now(): Date;
}

export class SystemClock extends Clock {
  override now(): Date {
    return new Date();
  }
}

/** A clock that runs, but ahead of the machine's, so that reminders and deadlines can be walked through by hand. */
export class MovableClock extends Clock {
  constructor(
    private offsetMs = 0,
    private readonly onMove: (offsetMs: number) => void = () => {},
  ) {
    super();
  }

  override now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /**
   * Moves the clock forward.
   * @param milliseconds how far, at least 0: a clock that goes back would make facts that come before their causes.
   */
  moveForward(milliseconds: number): Date {
    if (!Number.isFinite(milliseconds) || milliseconds < 0)
      throw new RangeError('The clock only moves forward.');
    this.offsetMs += milliseconds;
    this.onMove(this.offsetMs);
    return this.now();
  }
}
