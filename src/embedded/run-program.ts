import { spawn } from 'node:child_process';
import { parse } from 'node:path';

/** A user and group a program runs as. Numbers are unsigned, as `stat` gives them. */
export interface RunAs {
  uid: number;
  gid: number;
}

/** How a program ended. `failure` is set when it could not be started at all. */
export interface ProgramResult {
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  failure?: NodeJS.ErrnoException;
}

/** How to run a program. */
export interface RunProgramOptions {
  /** Only root can change user; leave it out to run as the user of this process. */
  runAs?: RunAs | undefined;
  /** Own session and process group, out of reach of the terminal's Ctrl-C. */
  detached?: boolean;
}

/**
 * What PostgreSQL may see of our environment. Not all of it: whoever can run SQL as a superuser can read the
 * server's environment, which otherwise would hold the application's secrets; and PG* variables would change it.
 */
const passedOn = [
  ...['PATH', 'LD_LIBRARY_PATH', 'DYLD_LIBRARY_PATH', 'TMPDIR'],
  ...['SystemRoot', 'SystemDrive', 'windir', 'ComSpec', 'PATHEXT', 'TEMP', 'TMP', 'APPDATA', 'USERPROFILE'],
];

/** After a program's exit its output is awaited this long (ms): a server it started may keep the pipes open. */
const outputGrace = 500;

/** Runs a program to its end and keeps what it printed. Never rejects. */
export function runProgram(
  file: string,
  args: readonly string[],
  options: RunProgramOptions = {},
): Promise<ProgramResult> {
  const { runAs, detached = false } = options;
  return new Promise((resolve) => {
    const result: ProgramResult = { code: null, signal: null, stdout: '', stderr: '' };
    const fail = (failure: NodeJS.ErrnoException): void => resolve({ ...result, failure });
    let child;
    try {
      child = spawn(file, args, {
        // The user it runs as may not be able to read our working directory.
        cwd: parse(process.execPath).root,
        env: programEnvironment(process.env),
        stdio: ['ignore', 'pipe', 'pipe'],
        detached,
        windowsHide: true,
        // spawn wants signed 32-bit numbers; the uid of nobody on macOS is -2.
        ...(runAs ? { uid: runAs.uid | 0, gid: runAs.gid | 0 } : {}),
      });
    } catch (error) {
      fail(error as NodeJS.ErrnoException);
      return;
    }
    const { stdout, stderr } = child;
    stdout.setEncoding('utf8').on('data', (text: string) => (result.stdout += text));
    stderr.setEncoding('utf8').on('data', (text: string) => (result.stderr += text));
    child.once('error', fail);
    child.once('exit', (code, signal) => {
      Object.assign(result, { code, signal });
      const grace = setTimeout(() => {
        stdout.destroy();
        stderr.destroy();
      }, outputGrace);
      child.once('close', () => {
        clearTimeout(grace);
        resolve(result);
      });
    });
  });
}

/** How a program ended, in words, with what it printed. */
export function describeResult(result: ProgramResult): string {
  const end = result.failure
    ? result.failure.message
    : result.signal
      ? `ended by ${result.signal}`
      : `exit code ${result.code}`;
  return [result.stderr.trim(), result.stdout.trim(), `(${end})`].filter((text) => text !== '').join('\n');
}

function programEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = passedOn.flatMap((name) =>
    environment[name] === undefined ? [] : [[name, environment[name]]],
  );
  // English messages, which the launcher reads, whatever the languages installed.
  return { ...(Object.fromEntries(kept) as NodeJS.ProcessEnv), LC_ALL: 'C', LANG: 'C' };
}
