import type { FileReport } from './import-problems.js';

/** Where each key was first used, as `file:line`; a second use is reported and refused. */
export class KeyRegistry {
  private readonly places = new Map<string, string>();

  /** True when the key was free. */
  claim(what: string, key: string, line: number, report: FileReport): boolean {
    const earlier = this.places.get(key);
    if (earlier === undefined) {
      this.places.set(key, `${report.file}:${line}`);
      return true;
    }
    const message = `The ${what} key "${key}" is already used at ${earlier}; this one is left out. Give it another key.`;
    report.error('KEY_DUPLICATE', line, message);
    return false;
  }
}
