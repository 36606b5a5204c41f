import type { QuestionContent } from '../../../catalog/course-content.js';
import type { Imported, ImportContext, ImportFormat, SourceFiles } from '../import-format.js';
import { FileReport, type ImportProblem } from '../import-problems.js';
import { manifestPath, manifestStart, pathIn } from '../package/manifest.js';
import { PackageFiles } from '../package/package-files.js';
import { QuestionMaker } from '../question-maker.js';
import { reportNoQuestions } from '../question-reports.js';
import { childrenOf, parseXml, type XmlElement } from '../xml-tree.js';
import { qti1Items, qti1Question } from './qti1-reader.js';
import { withNamesOf2 } from './qti2-names.js';
import { qti2Question } from './qti2-reader.js';

const STARTS =
  /<(?:\w+:)?(?:questestinterop|assessmentItem|assessmentTest|qti-assessment-item|qti-assessment-test)\b/;

/**
 * QTI 1.2, 2.1, 2.2 and 3.0: a file, or a package of them. Questions come in the order of a test where there is one, else of the
 * package; the sections of a test become tags.
 */
export const qtiFormat: ImportFormat = {
  name: 'QTI',

  async recognizes(source) {
    const manifest = await manifestStart(source);
    if (manifest !== '') return /imsqti|QTI/.test(manifest) && !/imscc|Common Cartridge/i.test(manifest);
    const [path] = xmlPaths(source);
    return (
      path !== undefined && STARTS.test((await source.read(path)).subarray(0, 20_000).toString('latin1'))
    );
  },

  async read(source, context) {
    const problems: ImportProblem[] = [];
    const reader = new QtiReader(source, context, problems);
    const questions = await reader.all();
    if (questions.length === 0 && problems.length === 0)
      reportNoQuestions(new FileReport('.', problems), 'QTI');
    return { course: null, questions, problems } satisfies Imported;
  },
};

const xmlPaths = ({ paths }: SourceFiles): string[] =>
  paths.filter((path) => /\.xml$/i.test(path) && !/(^|\/)imsmanifest\.xml$/i.test(path));

interface Parsed {
  path: string;
  root: XmlElement;
  report: FileReport;
}

class QtiReader {
  private readonly files: PackageFiles;
  private readonly maker: QuestionMaker;

  constructor(
    private readonly source: SourceFiles,
    private readonly context: ImportContext,
    private readonly problems: ImportProblem[],
  ) {
    const manifest = manifestPath(source) ?? '';
    this.files = new PackageFiles(source, manifest.slice(0, manifest.lastIndexOf('/') + 1), context.files);
    this.maker = new QuestionMaker(context.locale);
  }

  async all(): Promise<QuestionContent[]> {
    const parsed = new Map<string, Parsed>();
    for (const path of xmlPaths(this.source)) {
      const report = new FileReport(path, this.problems);
      const root = parseXml(await this.source.read(path), report);
      if (root) parsed.set(path, { path, root: withNamesOf2(root), report });
    }
    const tests = [...parsed.values()].filter(({ root }) => root.name === 'assessmentTest');
    const ordered = tests.flatMap((test) => this.itemsOfTest(test));
    const rest = [...parsed.keys()].filter((path) => !ordered.some((each) => each.path === path));
    const all = [...ordered, ...rest.map((path) => ({ path, tags: [] }))];
    const questions: QuestionContent[] = [];
    for (const [index, { path, tags }] of all.entries()) {
      this.context.progress(index / all.length);
      const file = parsed.get(path);
      if (file) questions.push(...(await this.questionsOf(file, tags)));
    }
    return questions;
  }

  private itemsOfTest({ path, root, report }: Parsed): { path: string; tags: string[] }[] {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    const visit = (element: XmlElement, tags: string[]): { path: string; tags: string[] }[] =>
      childrenOf(element).flatMap((child) => {
        const { title, href = '' } = child.attributes;
        if (child.name !== 'assessmentItemRef')
          return visit(child, child.name === 'assessmentSection' && title ? [...tags, title] : tags);
        const found = this.files.find(pathIn(folder, href));
        if (found !== null) return [{ path: found, tags }];
        report.error('FILE_UNKNOWN', child.line, {
          en: `The test names ${href}, which is not in the package; the question is left out.`,
          fr: `Le test désigne ${href}, qui n’est pas dans le paquet ; la question est laissée de côté.`,
        });
        return [];
      });
    return visit(root, []);
  }

  private async questionsOf(
    { path, root, report }: Parsed,
    tags: readonly string[],
  ): Promise<QuestionContent[]> {
    const place = { report, page: path, files: this.files };
    const drafts =
      root.name === 'assessmentItem'
        ? [await qti2Question(root, place, tags)]
        : root.name === 'questestinterop'
          ? await Promise.all(qti1Items(root).map((item) => qti1Question(item, place)))
          : [];
    return drafts.flatMap((draft) => (draft && this.maker.make(draft, report)) ?? []);
  }
}
