import type { Reporter, Test } from '@jest/reporters';

const MINUTES = 5;

/** Ends a run in which a suite never ends, and says which: the runner itself knows no time limit. */
export default class StuckSuiteReporter implements Pick<Reporter, 'onTestFileStart' | 'onTestFileResult'> {
  private readonly running = new Map<string, NodeJS.Timeout>();

  onTestFileStart({ path, context }: Test): void {
    const giveUp = (): void => {
      process.stderr.write(
        `${path} in ${context.config.displayName?.name} has not ended after ${MINUTES} minutes.\n`,
      );
      process.exit(1);
    };
    this.running.set(this.key(path, context), setTimeout(giveUp, MINUTES * 60_000));
  }

  onTestFileResult({ path, context }: Test): void {
    clearTimeout(this.running.get(this.key(path, context)));
  }

  private key(path: string, { config }: Test['context']): string {
    return `${config.displayName?.name} ${path}`;
  }
}
