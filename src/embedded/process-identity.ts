import { readFile } from 'node:fs/promises';
import { runProgram } from './run-program.js';

/** Stands for a process that is there, of which nothing more can be known. */
const unknown = 'unknown';

/**
 * Tells a process from a later one with the same number: its start time (and on Linux the boot it belongs to).
 * @returns undefined when there is no such process, or only its zombie
 */
export async function processIdentity(pid: number): Promise<string | undefined> {
  if (!processExists(pid)) return undefined;
  switch (process.platform) {
    case 'linux':
      return linuxIdentity(pid);
    case 'win32':
      return (await powershell(`(Get-Process -Id ${pid}).StartTime.ToFileTimeUtc()`)) || unknown;
    default: {
      const line = (
        await runProgram('ps', ['-o', 'stat=', '-o', 'lstart=', '-p', String(pid)])
      ).stdout.trim();
      const [, state, started] = /^(\S+)\s+(.+)$/.exec(line) ?? [];
      return state?.startsWith('Z') ? undefined : (started ?? unknown);
    }
  }
}

/** Whether the process that had this identity still runs. In doubt, yes. */
export async function isSameProcess(pid: number, identity: string): Promise<boolean> {
  const current = await processIdentity(pid);
  if (current === undefined) return false;
  return current === identity || current === unknown || identity === unknown;
}

/** The command line of a process, or undefined when it cannot be read. */
export async function commandLine(pid: number): Promise<string | undefined> {
  switch (process.platform) {
    case 'linux':
      return readFile(`/proc/${pid}/cmdline`, 'utf8')
        .then((text) => text.replaceAll('\0', ' ').trim() || undefined)
        .catch(() => undefined);
    case 'win32':
      return powershell(`(Get-CimInstance Win32_Process -Filter "ProcessId=${pid}").CommandLine`);
    default:
      return (
        (await runProgram('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).stdout.trim() || undefined
      );
  }
}

function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as another user.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Fields 3 (state) and 22 (start time in clock ticks since boot) of /proc/[pid]/stat, see proc(5). */
async function linuxIdentity(pid: number): Promise<string | undefined> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (fields[0] === 'Z' || fields[0] === 'X') return undefined;
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
    return `${boot.trim()}/${fields[19]}`;
  } catch {
    // It ended in between, or /proc hides the processes of other users.
    return processExists(pid) ? unknown : undefined;
  }
}

async function powershell(command: string): Promise<string | undefined> {
  const result = await runProgram('powershell.exe', ['-NoProfile', '-NonInteractive', '-Command', command]);
  return result.stdout.trim() || undefined;
}
