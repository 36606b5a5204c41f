import { setTimeout as delay } from 'node:timers/promises';

/**
 * Waits until the condition holds, asking again every few milliseconds.
 * @throws Error saying what was waited for, when it does not hold within the bound (milliseconds).
 */
export async function eventually(
  what: string,
  condition: () => boolean | Promise<boolean>,
  withinMs = 10_000,
): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!(await condition())) {
    if (performance.now() > deadline) throw new Error(`After ${withinMs} ms, still not: ${what}`);
    await delay(10);
  }
}
