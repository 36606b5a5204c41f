import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { openSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from '../support/eventually.js';

/** Worker processes that are kept running, whatever ends them. */
export class WorkerProcesses {
  /** How often a worker ended that nobody had killed. */
  unexpectedEnds = 0;
  private running: ChildProcess[] = [];
  private ready: ChildProcess[] = [];
  private stopping = false;

  constructor(
    private readonly environment: Record<string, string>,
    private readonly logFile: string,
  ) {}

  /** Starts a worker, and resolves when it runs. */
  async add(): Promise<void> {
    const log = openSync(this.logFile, 'a');
    const child = fork(join(import.meta.dirname, 'worker.js'), {
      env: { PATH: process.env.PATH, ...this.environment },
      stdio: ['ignore', log, log, 'ipc'],
    });
    this.running.push(child);
    child.once('exit', (_code, signal) => {
      this.running = this.running.filter((other) => other !== child);
      this.ready = this.ready.filter((other) => other !== child);
      if (this.stopping) return;
      if (signal !== 'SIGKILL') this.unexpectedEnds += 1;
      void this.add();
    });
    child.once('message', () => this.ready.push(child));
    await Promise.race([once(child, 'message'), once(child, 'exit')]);
  }

  /** Kills those that work for longest, which gives no warning, and resolves when others have taken their place. */
  async kill(count = 1): Promise<void> {
    const victims = this.ready.slice(0, count);
    const before = this.ready.length;
    for (const victim of victims) victim.kill('SIGKILL');
    const replaced = (): boolean =>
      victims.every((victim) => !this.ready.includes(victim)) && this.ready.length >= before;
    await eventually('the workers are replaced', replaced, 60_000);
  }

  async stop(): Promise<void> {
    this.stopping = true;
    await Promise.all(
      [...this.running].map(async (child) => {
        const ended = once(child, 'exit');
        child.kill('SIGKILL');
        await ended;
      }),
    );
  }
}
