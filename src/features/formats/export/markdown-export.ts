import type { ExportFormat } from './export-format.js';
import { courseToMarkdown } from './markdown-course.js';
import { zipOf } from './zip.js';

/** A course as the folder of Markdown files that content/README.md describes: everything, in all its languages. */
export const markdownExport: ExportFormat = {
  name: 'MARKDOWN',
  mediaType: 'application/zip',
  extension: 'zip',
  write: async (course, files) => zipOf(await courseToMarkdown(course, files)),
};
