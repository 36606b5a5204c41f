import type { Database } from '../../platform/database/database.js';
import type { ImportStep } from './course-import.entity.js';
import { noteProgress } from './course-import.queries.js';

/** Thrown inside a run that no longer counts: it was canceled, or another run of the same import began. */
export class RunLost extends Error {}

/** Milliseconds between two notes of progress: a page asks about as often. */
const NOTE_EVERY_MS = 400;

/** Notes how far a run is, without making it wait, and tells it when it no longer counts. */
export class RunProgress {
  private lost = false;
  private noting: Promise<void> | undefined;
  private notedAt = -Infinity;
  private noted = '';

  /** @param shares of the whole at which each step begins, 0 to 100. */
  constructor(
    private readonly database: Database,
    private readonly runId: string,
    private readonly shares: Record<ImportStep, number>,
  ) {}

  /** @throws RunLost when the run no longer counts. */
  report(step: ImportStep, share: number): void {
    if (this.lost) throw new RunLost();
    const from = this.shares[step];
    const to = Math.min(...Object.values(this.shares).filter((start) => start > from), 100);
    const percent = Math.floor(from + (to - from) * Math.min(1, Math.max(0, share)));
    const note = `${step} ${percent}`;
    const isDue = performance.now() - this.notedAt >= NOTE_EVERY_MS;
    if (this.noting || note === this.noted || !isDue) return;
    this.noted = note;
    this.notedAt = performance.now();
    this.noting = this.database
      .read((tx) => noteProgress(tx, this.runId, { step, percent }))
      .then(
        (counts) => void (this.lost ||= !counts),
        // The database is away for a moment: the end of the run will tell.
        () => {},
      )
      .finally(() => (this.noting = undefined));
  }

  /** Resolves when nothing is being noted. @throws RunLost when the run no longer counts. */
  async settled(): Promise<void> {
    await this.noting;
    if (this.lost) throw new RunLost();
  }
}
