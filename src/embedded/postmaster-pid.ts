/** What the server writes in `postmaster.pid` of its cluster (PostgreSQL 18, src/include/utils/pidfile.h). */
export interface PostmasterPid {
  pid: number;
  /** The TCP port; 0 when the file ends before it (written in steps while the server starts). */
  port: number;
  ready: boolean;
}

/** Reads the text of `postmaster.pid`; undefined when it does not begin with a process number. */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const lines = text.split(/\r?\n/).map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? 0) || 0, ready: lines[7] === 'ready' };
}
