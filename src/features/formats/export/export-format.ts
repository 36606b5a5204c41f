import type { CourseContent, QuestionContent } from '../../catalog/course-content.js';

/** What an export writes: a version, and the questions of the bank that no quiz of it asks. */
export type ExportedCourse = CourseContent & { questions: QuestionContent[] };

/** A format of elsewhere, or our own, that a course can leave in. */
export interface ExportFormat {
  /** Stable, in upper case: `COMMON_CARTRIDGE`. */
  name: string;
  /** IANA media type. */
  mediaType: string;
  /** Of the file's name, without the dot: `zip`, `imscc`. */
  extension: string;
  /**
   * Writes the course. The same content gives the same bytes.
   * @param files reads a file of the course by its SHA-256 in hexadecimal. @throws NotFoundError when it is gone.
   * @param locale BCP 47 tag, for a format that holds one language only.
   */
  write(
    course: ExportedCourse,
    files: (hash: string) => Promise<Buffer>,
    locale: string,
  ): Promise<Buffer | NodeJS.ReadableStream>;
}
