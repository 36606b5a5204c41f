/** How fast background work notices and repairs. A provider, so that a test need not wait for minutes. */
export class JobTimings {
  /** Milliseconds before a failed delivery is tried again; doubled at each further try: eight tries span half an hour. */
  firstBackoffMs = 15_000;
  /** Milliseconds between two looks for newly recorded events: at most this much delay for each. */
  relayPollMs = 200;
  /** Milliseconds between two sweeps. */
  sweepEveryMs = 15_000;
  /** Seconds after which the sweep offers a delivery to the queue again. The queue ignores one that it still holds. */
  offerAgainAfterSeconds = 60;
  /** Milliseconds that a job belongs to a worker that gives no sign of life. */
  lockMs = 10_000;
  /** Milliseconds between two looks for jobs whose worker gives no sign of life. Two looks free a job. */
  stalledCheckMs = 5_000;
}
