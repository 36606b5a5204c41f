import fc from 'fast-check';
import { anyCourse, sampleFiles } from '../../../../test/support/course-arbitraries.js';
import { sampleIntake, sourceFiles } from '../../../../test/support/source-files.js';
import { blockDocumentSchema } from '../../catalog/block-document.js';
import type { Imported } from '../import/import-format.js';
import { markdownFormat } from '../import/markdown-format.js';
import { courseToMarkdown, type CourseToWrite } from './markdown-course.js';

/** What a draft that is not finished may be told of. */
const UNFINISHED = new Set([
  'NO_REQUIRED_LESSON',
  'MODULE_EMPTY',
  'LESSON_EMPTY',
  'QUIZ_EMPTY',
  'TRANSLATION_MISSING',
  'TRANSLATION_INCOMPLETE',
]);

const write = (course: CourseToWrite) =>
  courseToMarkdown(course, async (hash) => sampleFiles.get(hash)!.content);

const read = (files: Map<string, string | Buffer>): Promise<Imported> =>
  markdownFormat.read(sourceFiles(Object.fromEntries(files)), {
    slug: 'any-course',
    locale: 'en',
    files: sampleIntake,
    progress: () => undefined,
  });

/** Courses that are tried. */
const ROUND_TRIPS = 300;

describe('a course that leaves as Markdown', () => {
  it(`comes back as it was, and leaves as the same bytes again`, async () => {
    await fc.assert(
      fc.asyncProperty(anyCourse, async (course) => {
        for (const document of Object.values(course.description)) blockDocumentSchema.parse(document);
        const files = await write(course);
        const { course: again, questions, problems } = await read(files);
        expect(problems.filter(({ code }) => !UNFINISHED.has(code))).toEqual([]);
        expect({ ...again, questions }).toEqual(course);
        const written = await write({ ...again!, questions });
        expect([...written]).toEqual([...files]);
      }),
      { numRuns: ROUND_TRIPS, includeErrorInReport: true },
    );
  });
});
