/** A stop that hangs (a job that never ends) is cut off after this; the ledger makes that safe. */
const LONGEST_STOP_MS = 20_000;

/** Stops once, cleanly, on Ctrl-C or a terminate signal. A second signal stops at once. */
export function onStopSignal(stop: () => Promise<void>, say: (line: string) => void): void {
  let stopping = false;
  const handle = (): void => {
    if (stopping) process.exit(1);
    stopping = true;
    say('Stopping ...');
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    stop().then(
      () => {
        say('Stopped.');
        process.exit(0);
      },
      (error: unknown) => {
        console.error(error);
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', handle);
  process.on('SIGTERM', handle);
}
