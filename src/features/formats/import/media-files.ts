import { fileHashSchema } from '../../catalog/block-media.js';
import type { TakenFile } from './import-format.js';
import type { Sentence } from './import-problems.js';

/** What follows a picture or a link in braces: `{.decorative width=800}`. */
export interface Attributes {
  classes: ReadonlySet<string>;
  values: ReadonlyMap<string, string>;
}

/** The files that a text may show, by what the text calls them. */
export interface MediaFiles {
  /** @returns undefined when the reference names no file. */
  find(reference: string, attributes: Attributes): TakenFile | { refused: Sentence } | undefined;
}

/** For a text that comes without files. */
export const noFiles: MediaFiles = { find: () => undefined };

export const NO_ATTRIBUTES: Attributes = { classes: new Set(), values: new Map() };

/** @returns the attributes that a text begins with, and how many characters they take; null when it does not. */
export function attributesAt(text: string): { attributes: Attributes; length: number } | null {
  const [whole, inner] = /^\{([^{}\n]*)\}/.exec(text) ?? [];
  if (whole === undefined || inner === undefined) return null;
  const words = inner.split(/\s+/).filter((word) => word !== '');
  const classes = new Set(words.filter((word) => /^\.[a-z-]+$/.test(word)).map((word) => word.slice(1)));
  const values = new Map(
    words.flatMap((word): [string, string][] => {
      const [, name, value] = /^([a-z]+)=(.+)$/.exec(word) ?? [];
      return name === undefined || value === undefined ? [] : [[name, value]];
    }),
  );
  return words.length === classes.size + values.size
    ? { attributes: { classes, values }, length: whole.length }
    : null;
}

const HASH_REFERENCE = 'sha256:';

/**
 * Files of the store, called by what they hold (`sha256:...`), with what a document says of them in attributes: for a text that
 * is edited where its files already are.
 */
export const storedFiles: MediaFiles = {
  find(reference, { values }) {
    if (!reference.startsWith(HASH_REFERENCE)) return undefined;
    const hash = reference.slice(HASH_REFERENCE.length);
    if (!fileHashSchema.safeParse(hash).success) return undefined;
    const number = (name: string): number | null => {
      const value = values.get(name);
      return value !== undefined && /^\d{1,10}$/.test(value) ? Number(value) : null;
    };
    return {
      hash,
      mediaType: values.get('type') ?? '',
      bytes: number('bytes') ?? -1,
      width: number('width'),
      height: number('height'),
    };
  },
};

/** How a writer calls a file, and what it says of it in attributes. */
export interface FileReference {
  target: string;
  attributes: string[];
}

/** @param facts what the document says of the file, which whoever has the file knows without. */
export type ReferTo = (hash: string, facts: Record<string, string | number | null>) => FileReference;

/** The counterpart of {@link storedFiles}. */
export const byHash: ReferTo = (hash, facts) => ({
  target: `${HASH_REFERENCE}${hash}`,
  attributes: Object.entries(facts).flatMap(([name, value]) => (value === null ? [] : `${name}=${value}`)),
});

/** The counterpart of a folder of files. @param names of each file, by its SHA-256 in hexadecimal. */
export const byName =
  (names: ReadonlyMap<string, string>, folder: string): ReferTo =>
  (hash) => ({ target: `${folder}${names.get(hash) ?? hash}`, attributes: [] });
