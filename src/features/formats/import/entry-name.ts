import type { Sentence } from './import-problems.js';

/** In UTF-16 units; as of the files of a course folder. */
const MAX_PATH_LENGTH = 300;
/** In bytes of UTF-8: what file systems take. */
const MAX_SEGMENT_BYTES = 255;

/** C0 and C1 controls, and the marks that turn the direction of writing: a name with them does not read as what it is. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

/** Half of a character: no text. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** What systems and tools leave in archives beside what was packed. */
const CLUTTER = /(^|\/)(__MACOSX|\.git|\.svn)(\/|$)|(^|\/)(\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$/i;

/** What the name of an archive's entry means. */
export type EntryName =
  | { kind: 'file'; path: string }
  /** A folder, or clutter of an operating system. */
  | { kind: 'ignored' }
  | { kind: 'refused'; why: Sentence };

/**
 * Judges a name as an archive gives it. Names are never used on disk; they are refused where another program would be led
 * astray, as names of files are what courses refer to each other by.
 * @returns of a file the path: relative, with forward slashes, without `.` and `..`, in Unicode's composed form.
 */
export function entryName(raw: string): EntryName {
  const name = raw.replaceAll('\\', '/').normalize('NFC');
  if (UNSEEN.test(name))
    return refused('has a character that cannot be seen', 'contient un caractère invisible');
  if (LONE_SURROGATE.test(name)) return refused('is not valid text', 'n’est pas un texte valide');
  const segments = name.split('/').filter((segment) => segment !== '' && segment !== '.');
  if (name.startsWith('/') || /^[A-Za-z]:/.test(segments[0] ?? ''))
    return refused('begins at the root of a disk', 'part de la racine d’un disque');
  if (segments.includes('..'))
    return refused('leads out of the archive (“..”)', 'mène hors de l’archive (« .. »)');
  const path = segments.join('/');
  if (
    path.length > MAX_PATH_LENGTH ||
    segments.some((segment) => Buffer.byteLength(segment) > MAX_SEGMENT_BYTES)
  )
    return refused('is too long', 'est trop long');
  if (path === '' || name.endsWith('/') || CLUTTER.test(path)) return { kind: 'ignored' };
  return { kind: 'file', path };
}

const refused = (en: string, fr: string): EntryName => ({
  kind: 'refused',
  why: {
    en: `The name of this file ${en}. It is left out; rename it and make the archive again.`,
    fr: `Le nom de ce fichier ${fr}. Il est laissé de côté ; renommez-le et refaites l’archive.`,
  },
});

/** A name fit to be shown in a report, whatever it held. */
export function shownName(raw: string): string {
  const clean = raw.replace(new RegExp(`${UNSEEN.source}|\\p{Surrogate}`, 'gu'), '\uFFFD');
  return clean.length > 120 ? `${clean.slice(0, 119)}…` : clean || '?';
}

/** Names that a file system may take for the same one are the same here. */
export const comparableName = (path: string): string => path.toLowerCase().normalize('NFC');
