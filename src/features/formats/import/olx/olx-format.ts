import type { ImportFormat } from '../import-format.js';
import { FileReport, type ImportProblem } from '../import-problems.js';
import { OlxCourse } from './olx-course.js';
import { OlxFiles } from './olx-files.js';

/** A course of Open edX as its studio exports it (https://docs.openedx.org, "OLX"), unpacked. How it is cut, {@link OlxCourse} says. */
export const olxFormat: ImportFormat = {
  name: 'OLX',

  async recognizes(source) {
    const path = source.paths.find((each) => /(?:^|\/)course\.xml$/.test(each));
    if (path === undefined) return false;
    const start = (await source.read(path)).subarray(0, 4_000).toString('utf8');
    return /^\uFEFF?\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<course[\s>]/.test(start);
  },

  async read(source, context) {
    const problems: ImportProblem[] = [];
    const files = OlxFiles.in(source, problems);
    const root = (await files?.root()) ?? null;
    if (files === null || root === null || root.element.name !== 'course') {
      if (problems.length === 0)
        new FileReport(source.paths[0] ?? source.name, problems).error('COURSE_MISSING', 1, {
          en: 'There is no file course.xml with a <course> in it; choose the archive that Open edX Studio exported.',
          fr: 'Il n’y a pas de fichier course.xml contenant un <course> ; choisissez l’archive exportée par Open edX Studio.',
        });
      return { course: null, questions: [], problems };
    }
    const course = await new OlxCourse(root, files, context).content();
    if (course.modules.length === 0)
      root.report.error('COURSE_MISSING', root.element.line, {
        en: 'Nothing of this course could be kept: it has no chapter with texts, videos or questions.',
        fr: 'Rien de cette formation n’a pu être gardé : elle n’a aucun chapitre avec des textes, des vidéos ou des questions.',
      });
    files.tellOfUnused();
    return { course: course.modules.length === 0 ? null : course, questions: [], problems };
  },
};
