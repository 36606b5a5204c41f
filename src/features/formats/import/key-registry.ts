import type { FileReport } from './import-problems.js';

const FRENCH = { module: 'module', lesson: 'leçon', question: 'question' };

/** Where each key was first used, as `file:line`; a second use is reported and refused. */
export class KeyRegistry {
  private readonly places = new Map<string, string>();

  /** True when the key was free. */
  claim(what: keyof typeof FRENCH, key: string, line: number, report: FileReport): boolean {
    const earlier = this.places.get(key);
    if (earlier === undefined) {
      this.places.set(key, `${report.file}:${line}`);
      return true;
    }
    report.error('KEY_DUPLICATE', line, {
      en: `The ${what} key "${key}" is already used at ${earlier}; this one is left out. Give it another key.`,
      fr: `La clé « ${key} » (${FRENCH[what]}) est déjà utilisée à ${earlier} ; celle-ci est laissée de côté. Donnez-lui une autre clé.`,
    });
    return false;
  }
}
