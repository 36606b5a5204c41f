import type { ImportFile, ImportProblem } from '../../src/features/formats/import/import-problems.js';
import {
  parseMarkdownCourse,
  type MarkdownCourseReport,
} from '../../src/features/formats/import/markdown-course.js';

const COURSE_EN = [
  '---',
  'title: "Get found"',
  'summary: "Be seen by customers nearby."',
  'outcomes:',
  '  - "Claim a profile"',
  'defaultLocale: en',
  'topics: [search]',
  'license: CC-BY-4.0',
  '---',
  'For anyone with a shop.',
].join('\n');

const COURSE_FR = [
  '---',
  'title: "Être trouvé"',
  'summary: "Être vu des clients proches."',
  'outcomes:',
  '  - "Revendiquer sa fiche"',
  '---',
  'Pour tout commerce.',
].join('\n');

/** The front matter of a file: one line per field. */
export function withFrontMatter(fields: string[], body: string): string {
  return ['---', ...fields, '---', body].join('\n');
}

export const QUIZ_EN = [
  '## Who may ask for a review? {#ask-review}',
  '',
  'Think of your last customer.',
  '',
  '- ( ) Nobody',
  '  > Asking is allowed.',
  '- (x) Anyone',
  '',
  '> Ask every customer, not only the happy ones.',
  '',
  '## Reviews may be bought. {#buy-review}',
  '',
  'Answer: false',
].join('\n');

export const QUIZ_FR = [
  '## Qui peut demander un avis ? {#ask-review}',
  '',
  'Pensez à votre dernier client.',
  '',
  '- ( ) Personne',
  '  > Demander est permis.',
  '- (x) Tout le monde',
  '',
  '> Demandez à chaque client.',
  '',
  '## On peut acheter des avis. {#buy-review}',
  '',
  'Answer: false',
].join('\n');

/** A small sound course in English and French: one module, a reading and a quiz. */
const SOUND: Record<string, string> = {
  'course.en.md': COURSE_EN,
  'course.fr.md': COURSE_FR,
  '01-basics/module.en.md': withFrontMatter(['title: "Basics"', 'summary: "The first steps."'], ''),
  '01-basics/module.fr.md': withFrontMatter(['title: "Bases"', 'summary: "Les premiers pas."'], ''),
  '01-basics/01-photos.en.md': withFrontMatter(['title: "Photos"', 'minutes: 5'], 'Take **three** photos.'),
  '01-basics/01-photos.fr.md': withFrontMatter(['title: "Photos"'], 'Prenez **trois** photos.'),
  '01-basics/02-check.en.md': withFrontMatter(['title: "Check"', 'minutes: 4', 'kind: quiz'], QUIZ_EN),
  '01-basics/02-check.fr.md': withFrontMatter(['title: "Vérifier"'], QUIZ_FR),
};

/** The files of the sound course; a text replaces or adds a file, null takes it away. */
export function courseFolder(changes: Record<string, string | null> = {}): ImportFile[] {
  return Object.entries({ ...SOUND, ...changes }).flatMap(([path, text]) =>
    text === null ? [] : [{ path, text }],
  );
}

export function importFolder(changes: Record<string, string | null> = {}): MarkdownCourseReport {
  return parseMarkdownCourse(courseFolder(changes), 'get-found');
}

/** A problem as `SEVERITY CODE file:line`. */
export function brief({ severity, code, file, line }: ImportProblem): string {
  return `${severity} ${code} ${file}:${line}`;
}
