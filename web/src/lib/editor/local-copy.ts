import type { JsonNode } from './schema/lesson-json.js';

/** What somebody writes of a lesson, in one language. */
export interface Draft {
  title: string;
  estimatedMinutes: number;
  /** Null for a lesson without a text. */
  body: JsonNode | null;
}

export interface LocalCopy {
  draft: Draft;
  /** RFC 3339, by this device's clock. */
  at: string;
}

/** What was written and could not be saved yet, on this device; one for each person, lesson and language. */
export const localCopies = {
  key: (personId: string, lessonId: string, locale: string) =>
    `tremplin:draft:${personId}:${lessonId}:${locale}`,

  read(key: string): LocalCopy | null {
    try {
      return JSON.parse(localStorage.getItem(key) ?? 'null') as LocalCopy | null;
    } catch {
      return null;
    }
  },

  /** @returns whether it is kept: a browser may have no room, or be told to keep nothing. */
  keep(key: string, draft: Draft): boolean {
    try {
      localStorage.setItem(key, JSON.stringify({ draft, at: new Date().toISOString() } satisfies LocalCopy));
      return true;
    } catch {
      return false;
    }
  },

  drop(key: string): void {
    try {
      localStorage.removeItem(key);
    } catch {
      // Then there is none.
    }
  },
};
