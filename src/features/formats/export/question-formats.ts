import { askedQuestions } from '../import/read-source.js';
import type { QuestionContent } from '../../catalog/course-content.js';
import type { ExportedCourse, ExportFormat } from './export-format.js';
import { namedFiles } from './file-names.js';
import { giftFrom } from './gift.js';
import { moodleXmlFrom, type ExportedFile } from './moodle-xml.js';

/** Those of the quizzes in their order, then those of the bank; each once. */
export function questionsOf(course: ExportedCourse): QuestionContent[] {
  const byKey = new Map(
    [...askedQuestions(course), ...course.questions].map((question) => [question.key, question]),
  );
  return [...byKey.values()];
}

/** All questions of a course as Moodle's text format. */
export const giftExport: ExportFormat = {
  name: 'GIFT',
  mediaType: 'text/plain; charset=utf-8',
  extension: 'gift.txt',
  write: (course, _files, locale) => Promise.resolve(Buffer.from(giftFrom(questionsOf(course), locale))),
};

/** All questions of a course as Moodle XML, with the files that they show. */
export const moodleXmlExport: ExportFormat = {
  name: 'MOODLE_XML',
  mediaType: 'application/xml',
  extension: 'xml',
  async write(course, files, locale) {
    const questions = questionsOf(course);
    const { names, contents } = await namedFiles(
      { ...course, description: {}, modules: [], questions },
      files,
    );
    const shown = new Map<string, ExportedFile>(
      [...names].map(([hash, name]) => [hash, { name, content: contents.get(`files/${name}`)! }]),
    );
    return Buffer.from(moodleXmlFrom(questions, locale, shown));
  },
};
