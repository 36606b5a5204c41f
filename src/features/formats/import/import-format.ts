import type { CourseContent, QuestionContent } from '../../catalog/course-content.js';
import type { ImportProblem } from './import-problems.js';

/** What was uploaded, unpacked: one file, or those of an archive. Paths are relative, with forward slashes, and safe. */
export interface SourceFiles {
  /** As uploaded: `moodle-backup.zip`. */
  readonly name: string;
  /** In the order of the archive. */
  readonly paths: readonly string[];
  /** In bytes; undefined when there is no such file. */
  size(path: string): number | undefined;
  /** @throws Error when there is no such file. */
  read(path: string): Promise<Buffer>;
  /** The archive itself, for a format that is kept as it came; absent for a folder. */
  archive?(): Promise<Buffer>;
}

/** A file as the store knows it. */
export interface TakenFile {
  /** SHA-256 of what is stored, in hexadecimal. */
  hash: string;
  /** IANA media type, found by looking at the content. */
  mediaType: string;
  bytes: number;
  /** In pixels, of a picture. */
  width: number | null;
  height: number | null;
}

/** Takes files along with a course. In a dry run it only looks at them. */
export interface FileIntake {
  /** @returns the file, or why the store refuses it, in both languages. */
  take(name: string, content: Buffer): Promise<TakenFile | { refused: { en: string; fr: string } }>;
}

/** What a reader gets besides the files. */
export interface ImportContext {
  /** Of the course that is made or changed. */
  slug: string;
  /** BCP 47 tag, for a format that does not say in which language it is. */
  locale: string;
  files: FileIntake;
  /** Tells how far it is, 0 to 1. */
  progress(share: number): void;
}

/** What was understood. Everything in it is valid; what was not understood is in the problems. */
export interface Imported {
  /** Null for a format that holds questions only, or when nothing could be made of the files. */
  course: CourseContent | null;
  /** For the question bank: those that no quiz of the course asks. Keys are unique, in the course too. */
  questions: QuestionContent[];
  problems: ImportProblem[];
}

/** A format of elsewhere. Reading never throws for what a file holds: that is a problem in the report. */
export interface ImportFormat {
  /** Stable, in upper case: `COMMON_CARTRIDGE`. */
  name: string;
  /** Whether the files look like it, by content rather than by name; asked of each format in turn. */
  recognizes(source: SourceFiles): Promise<boolean>;
  read(source: SourceFiles, context: ImportContext): Promise<Imported>;
}
