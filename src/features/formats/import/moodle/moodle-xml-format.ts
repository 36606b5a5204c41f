import type { BlockDocument } from '../../../catalog/block-document.js';
import type { QuestionContent } from '../../../catalog/course-content.js';
import type { ImportContext, ImportFormat } from '../import-format.js';
import { FileReport, type ImportProblem } from '../import-problems.js';
import { filesToRead, questionFiles, reportOthers, type QuestionFileKind } from '../question-files.js';
import { QuestionMaker, tagsOfCategory } from '../question-maker.js';
import { reportKind, reportNoQuestions } from '../question-reports.js';
import { documentOf, lettersOf } from '../rich-text.js';
import { TakenFiles } from '../taken-files.js';
import { withinLimits } from '../within-limits.js';
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from '../xml-tree.js';
import { answersOf } from './moodle-answers.js';
import { embeddedFiles, lineOf, richText, textIn } from './moodle-text.js';

const FILES: QuestionFileKind = {
  format: 'Moodle XML',
  own: /\.moodle\.xml$/i,
  possible: /\.xml$/i,
  alone: /./,
  looksLike: (start) => {
    const text = start.subarray(0, 20_000).toString(start[0] === 0xff ? 'utf16le' : 'utf8');
    return /^\uFEFF?\s*<(?:\?xml|!--|quiz)/.test(text) && /<quiz[\s>]/.test(text);
  },
};

/**
 * Moodle's XML format for questions (https://docs.moodle.org/en/Moodle_XML_format), with the pictures in it. Categories become tags;
 * an id number or else the name becomes the key.
 */
export const moodleXmlFormat: ImportFormat = {
  name: 'MOODLE_XML',

  async recognizes(source) {
    return (await questionFiles(source, FILES)).length > 0;
  },

  async read(source, context) {
    const problems: ImportProblem[] = [];
    const questions: QuestionContent[] = [];
    const maker = new QuestionMaker(context.locale);
    const paths = await filesToRead(source, FILES);
    for (const path of paths) {
      const report = new FileReport(path, problems);
      const root = parseXml(await source.read(path), report);
      if (root === null) continue;
      const elements = root.name === 'quiz' ? childrenOf(root, 'question') : [];
      const found = await new MoodleReader(report, maker, context).questions(elements);
      if (found.length === 0 && report.errors === 0) reportNoQuestions(report, 'Moodle XML');
      for (const question of found) questions.push(question);
    }
    reportOthers(source, paths, FILES.format, problems);
    return { course: null, questions, problems };
  },
};

class MoodleReader {
  private category: string[] = [];

  constructor(
    private readonly report: FileReport,
    private readonly maker: QuestionMaker,
    private readonly context: ImportContext,
  ) {}

  async questions(elements: readonly XmlElement[]): Promise<QuestionContent[]> {
    const questions: QuestionContent[] = [];
    for (const [at, element] of elements.entries()) {
      if (at % 100 === 0) this.context.progress(at / elements.length);
      const question = await this.question(element);
      if (question !== null) questions.push(question);
    }
    this.tellOfHints(elements);
    return questions;
  }

  private async question(element: XmlElement): Promise<QuestionContent | null> {
    const type = element.attributes['type'] ?? '';
    const name = textIn(element, 'name');
    if (type === 'category') {
      this.category = tagsOfCategory(textIn(element, 'category'));
      return null;
    }
    const answers = await answersOf(element, type, this.report);
    if (answers === null) {
      reportKind(this.report, element.line, type, name);
      return null;
    }
    const prompt = await this.prompt(element);
    const general = childOf(element, 'generalfeedback');
    const draft = {
      name: textOf(childOf(element, 'idnumber') ?? NOTHING).trim() || name,
      line: element.line,
      ...answers,
      prompt,
      explanation: general ? await lettersOf(richText(general, element.line), this.report) : '',
      tags: [...this.category, ...tagsOf(element)],
    };
    return this.maker.make(draft, this.report);
  }

  private async prompt(element: XmlElement): Promise<BlockDocument> {
    const asked = childOf(element, 'questiontext');
    const files = embeddedFiles(asked);
    const taken = new TakenFiles(this.context.files, (address) => Promise.resolve(files(address)));
    const prompt = await documentOf(richText(asked, element.line), this.report, taken);
    // Before Moodle 2 a question had one picture, beside its text.
    const old = childOf(element, 'image_base64');
    if (!old) return prompt;
    const source = `data:image/png;base64,${textOf(old).replace(/\s+/g, '')}`;
    const { content } = await documentOf(
      { format: 'html', text: `<img src="${source}">`, line: old.line },
      this.report,
      taken,
    );
    return withinLimits([...prompt.content, ...content], element.line, this.report);
  }

  /** Once for a file: Moodle writes such texts into each question by itself. */
  private tellOfHints(elements: readonly XmlElement[]): void {
    const left = ['correctfeedback', 'partiallycorrectfeedback', 'incorrectfeedback', 'hint'];
    const having = elements.filter((element) => left.some((part) => textIn(element, part) !== ''));
    const first = having[0];
    if (first === undefined) return;
    const line = lineOf(
      left.map((part) => childOf(first, part)).find((part) => part !== undefined),
      first.line,
    );
    this.report.warning('FIELD_IGNORED', line, {
      en: `Hints and the texts for a right, partly right or wrong answer as a whole are left out (in ${having.length} questions): here feedback belongs to an answer or, as an explanation, to the question.`,
      fr: `Les indices et les textes pour une réponse juste, partiellement juste ou fausse dans l’ensemble sont laissés de côté (dans ${having.length} questions) : ici, un retour appartient à une réponse ou, comme explication, à la question.`,
    });
  }
}

const NOTHING: XmlElement = { name: '', namespace: '', attributes: {}, nodes: [], line: 1, contentLine: 1 };

function tagsOf(element: XmlElement): string[] {
  const tags = childOf(element, 'tags');
  return tags ? childrenOf(tags, 'tag').map((tag) => textOf(tag).trim()) : [];
}
