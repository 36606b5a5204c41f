import type { BlockDocument } from '../../../catalog/block-document.js';
import type { QuestionContent } from '../../../catalog/course-content.js';
import { blocksFromHtml } from '../blocks-from-html.js';
import { CourseMaker, quizOf, USUAL_PASS_PERCENT } from '../course-maker.js';
import { decodeText } from '../decode-text.js';
import { FileReport, type ImportProblem } from '../import-problems.js';
import type { Manifest, ManifestResource } from '../package/manifest.js';
import type { PackageFiles } from '../package/package-files.js';
import { kindOf, settingsOf, submissionOf, textIn, type ResourceKind } from './cartridge-settings.js';
import { isElement, parseHtml, type HtmlNode } from '../parse-html.js';
import { asHtml } from '../qti/qti-material.js';
import { qti1Items, qti1Question } from '../qti/qti1-reader.js';
import { saysSomething } from '../question-draft.js';
import type { QuestionMaker } from '../question-maker.js';
import { childOf, parseXml } from '../xml-tree.js';

/** Makes lessons and questions of the resources of a cartridge, each once. */
export class ResourceReader {
  /** Identifiers of the resources that were read. */
  readonly read = new Set<string>();

  constructor(
    private readonly files: PackageFiles,
    private readonly questions: QuestionMaker,
    private readonly course: CourseMaker,
    private readonly bank: QuestionContent[],
    private readonly problems: ImportProblem[],
  ) {}

  /** @param title of the item that names it; empty to take its own. */
  async lesson(resource: ManifestResource, title: string): Promise<void> {
    if (this.read.has(resource.identifier)) return;
    this.read.add(resource.identifier);
    const path = this.files.find(resource.href || resource.files[0] || null);
    const report = new FileReport(path ?? resource.href, this.problems);
    if (path === null) {
      report.error('FILE_UNKNOWN', 1, {
        en: `The manifest names this file (line ${resource.line}), and it is not in the cartridge; it is left out.`,
        fr: `Le manifeste désigne ce fichier (ligne ${resource.line}), et il n’est pas dans la cartouche ; il est laissé de côté.`,
      });
      return;
    }
    await this[READERS[kindOf(resource)]]({ resource, path, report, title });
  }

  /** What no item named, in groups that become modules; a group without a name has no lessons. */
  unnamed({ resources }: Manifest): { name: string; resources: ManifestResource[] }[] {
    const left = [...resources.values()].filter(({ identifier }) => !this.read.has(identifier));
    const group = (name: string, kinds: ResourceKind[]) => ({
      name,
      resources: left.filter((resource) => kinds.includes(kindOf(resource))),
    });
    return [
      group('Pages', ['PAGE', 'LINK']),
      group('Activities', ['ASSIGNMENT', 'DISCUSSION', 'TOOL']),
      group('Quizzes', ['QUIZ']),
      group('', ['BANK', 'SETTINGS']),
    ].filter((each) => each.resources.length > 0);
  }

  /** Tells of the files that no lesson shows, in one line. */
  reportUnused({ resources, report }: Manifest): void {
    const left = [...resources.values()].filter(
      ({ identifier, href }) =>
        !this.read.has(identifier) && href !== '' && !this.files.used.has(this.files.find(href) ?? ''),
    );
    if (left.length === 0) return;
    const names = left
      .slice(0, 5)
      .map(({ href }) => href)
      .join(', ');
    const more = left.length > 5 ? ' …' : '';
    report.warning('FILE_UNKNOWN', left[0]!.line, {
      en: `${left.length} files are shown by no lesson and are left out: ${names}${more}`,
      fr: `${left.length} fichiers ne sont montrés par aucune leçon et sont laissés de côté : ${names}${more}`,
    });
  }

  protected async page(at: At): Promise<void> {
    const html = decodeText(await this.files.source.read(at.path), at.report);
    const body = await this.blocks(html, at);
    const title = at.title || titleOf(parseHtml(html).nodes) || nameOf(at.path);
    this.course.addLesson(title, { kind: 'READING', body });
    if (!saysSomething(body))
      at.report.warning('LESSON_EMPTY', 1, {
        en: `The page “${title}” has no text that could be read; it is kept as an empty lesson. Write its text, or delete it.`,
        fr: `La page « ${title} » n’a aucun texte lisible ; elle est gardée comme leçon vide. Écrivez son texte, ou supprimez-la.`,
      });
  }

  protected async assignment(at: At): Promise<void> {
    const settingsPath = this.files.find(
      at.resource.files.find((file) => file.endsWith('assignment_settings.xml')) ?? null,
    );
    const settings = settingsPath
      ? parseXml(await this.files.source.read(settingsPath), new FileReport(settingsPath, this.problems))
      : null;
    const isXml = /\.xml$/i.test(at.path);
    const own = isXml ? parseXml(await this.files.source.read(at.path), at.report) : null;
    const html = isXml ? textIn(own, 'text') : decodeText(await this.files.source.read(at.path), at.report);
    const title = at.title || textIn(settings ?? own, 'title') || nameOf(at.path);
    const submission = submissionOf(settings, own);
    const written = await this.blocks(html, at);
    const body: BlockDocument = saysSomething(written) ? written : paragraph(title);
    this.course.addLesson(title, {
      kind: 'ACTIVITY',
      body,
      activity: { submission },
    });
  }

  protected async quiz(at: At): Promise<void> {
    const { root, questions, left } = await this.items(at);
    if (root === null) return;
    const assessment = childOf(root, 'assessment') ?? root;
    if (questions.length === 0) {
      this.empty(at);
      return;
    }
    const title = at.title || assessment.attributes.title || nameOf(at.path);
    const settings = settingsOf(assessment);
    this.course.addLesson(title, { kind: 'QUIZ', quiz: quizOf(questions, settings) });
    at.report.warning('FIELD_MISSING', assessment.line, {
      en: `The quiz does not say what passes it: it is set to ${USUAL_PASS_PERCENT} %.${left > 0 ? ` ${left} of its questions were left out.` : ''}`,
      fr: `Le quiz ne dit pas ce qui le réussit : il est réglé sur ${USUAL_PASS_PERCENT} %.${left > 0 ? ` ${left} de ses questions sont laissées de côté.` : ''}`,
    });
  }

  protected async questionBank(at: At): Promise<void> {
    this.bank.push(...(await this.items(at)).questions);
  }

  protected async link(at: At): Promise<void> {
    const root = parseXml(await this.files.source.read(at.path), at.report);
    if (root === null) return;
    const href = (childOf(root, 'url')?.attributes.href ?? '').trim();
    const title = at.title || textIn(root, 'title') || href;
    const body = await this.blocks(
      `<p><a href="${asHtml(href).replaceAll('"', '&quot;')}">${asHtml(title)}</a></p>`,
      at,
    );
    this.course.addLesson(title, { kind: 'READING', required: false, body });
  }

  protected async discussion(at: At): Promise<void> {
    const root = parseXml(await this.files.source.read(at.path), at.report);
    if (root === null) return;
    const title = at.title || textIn(root, 'title') || nameOf(at.path);
    const body = await this.blocks(textIn(root, 'text'), at);
    if (!saysSomething(body)) {
      this.empty(at);
      return;
    }
    this.course.addLesson(title, { kind: 'READING', required: false, body });
    at.report.warning('PACKAGE', root.line, {
      en: `The discussion "${title}" becomes an optional lesson with its question: there are no forums here.`,
      fr: `La discussion « ${title} » devient une leçon facultative avec sa question : il n’y a pas de forum ici.`,
    });
  }

  protected tool({ title, report }: At): void {
    report.error('PACKAGE', 1, {
      en: `The tool of another site "${title}" (LTI) is left out: tools cannot be opened from a lesson. Describe what it does, or link to it.`,
      fr: `L’outil d’un autre site « ${title} » (LTI) est laissé de côté : une leçon n’ouvre pas d’outil. Décrivez ce qu’il fait, ou mettez un lien.`,
    });
  }

  protected settings({ report }: At): void {
    report.warning('FIELD_IGNORED', 1, {
      en: 'The settings of the other platform (grading, rubrics, layout) are not taken over.',
      fr: 'Les réglages de l’autre plateforme (notation, grilles, mise en page) ne sont pas repris.',
    });
  }

  /** A file that an item names is a lesson that shows it, or offers it. */
  protected async plainFile({ path, title, report }: At): Promise<void> {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const shown = await this.files.shown(path, title || name);
    if (shown === null) return;
    if ('refused' in shown) {
      report.error('PACKAGE', 1, {
        en: `The file was not taken: ${shown.refused.en}.`,
        fr: `Le fichier n’a pas été pris : ${shown.refused.fr}.`,
      });
      return;
    }
    const kind = shown.type === 'video' ? 'VIDEO' : 'READING';
    this.course.addLesson(title || name, { kind, body: { type: 'doc', content: [shown] } });
  }

  private async items({ path, report }: At) {
    const root = parseXml(await this.files.source.read(path), report);
    const items = root ? qti1Items(root) : [];
    const questions: QuestionContent[] = [];
    for (const item of items) {
      const draft = await qti1Question(item, { report, page: path, files: this.files });
      const question = draft && this.questions.make(draft, report);
      if (question) questions.push(question);
    }
    return { root, questions, left: items.length - questions.length };
  }

  private blocks(html: string, { path, report }: At): Promise<BlockDocument> {
    return blocksFromHtml(html, {
      report,
      line: 1,
      image: (address, alt) => this.files.image(path, address, alt),
      file: (address, name) => this.files.file(path, address, name),
    });
  }

  private empty({ report, title }: At): void {
    report.warning('LESSON_EMPTY', 1, {
      en: `${title ? `"${title}"` : 'This'} has nothing that could be read; it is left out.`,
      fr: `${title ? `« ${title} »` : 'Ceci'} n’a rien de lisible ; c’est laissé de côté.`,
    });
  }
}

interface At {
  resource: ManifestResource;
  path: string;
  report: FileReport;
  /** Of the item that names it; may be empty. */
  title: string;
}

const READERS = {
  PAGE: 'page',
  ASSIGNMENT: 'assignment',
  QUIZ: 'quiz',
  BANK: 'questionBank',
  LINK: 'link',
  DISCUSSION: 'discussion',
  TOOL: 'tool',
  SETTINGS: 'settings',
  FILE: 'plainFile',
} as const;

const nameOf = (path: string): string =>
  path
    .slice(path.lastIndexOf('/') + 1)
    .replace(/\.\w+$/, '')
    .replace(/[-_]+/g, ' ');

/** Of the `<title>`; Canvas writes what kind of page it is before it. */
function titleOf(nodes: readonly HtmlNode[]): string {
  const title = nodes.filter(isElement).find(({ tagName }) => tagName === 'title');
  const text = title?.childNodes.map((node) => ('value' in node ? node.value : '')).join('') ?? '';
  return text.replace(/^\s*(Assignment|Topic|Page):\s*/i, '').trim();
}

const paragraph = (text: string): BlockDocument => ({
  type: 'doc',
  content: [{ type: 'paragraph', content: [{ type: 'text', text }] }],
});
