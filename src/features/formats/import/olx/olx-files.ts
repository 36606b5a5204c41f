import type { SourceFiles } from '../import-format.js';
import { FileReport, quoted, type ImportProblem } from '../import-problems.js';
import { decoded } from '../taken-files.js';
import { parseXml, type XmlElement } from '../xml-tree.js';

/** An element and the file in which its content stands. */
export interface OlxElement {
  element: XmlElement;
  report: FileReport;
  /** Its identifier in the course; empty for one that has none. */
  name: string;
}

/** The files of a course folder, and what elements in them point at. */
export class OlxFiles {
  private readonly seen = new Set<string>();
  private readonly used = new Set<string>();

  private constructor(
    private readonly source: SourceFiles,
    private readonly folder: string,
    private readonly problems: ImportProblem[],
  ) {}

  /** Where a `course.xml` stands nearest to the top; null without one. */
  static in(source: SourceFiles, problems: ImportProblem[]): OlxFiles | null {
    const roots = source.paths.filter((path) => /(?:^|\/)course\.xml$/.test(path));
    const [root] = roots.sort((a, b) => a.split('/').length - b.split('/').length || a.length - b.length);
    return root === undefined ? null : new OlxFiles(source, root.slice(0, -'course.xml'.length), problems);
  }

  report(path: string): FileReport {
    return new FileReport(`${this.folder}${path}`, this.problems);
  }

  /** The root element, its own content. */
  async root(): Promise<OlxElement | null> {
    const element = await this.xml('course.xml');
    return element && this.resolve({ element, report: this.report('course.xml'), name: '' });
  }

  /**
   * The element itself, or the one of the file that its `url_name` points at; null, and reported, when that file is missing or broken, or
   * when the element was used before: a course that contains itself has no end.
   */
  async resolve({ element, report }: OlxElement): Promise<OlxElement | null> {
    const name = element.attributes['url_name'] ?? '';
    if (name === '') return { element, report, name };
    const id = `${element.name}/${name}`;
    if (this.seen.has(id)) {
      report.error('REFERENCE_CYCLE', element.line, {
        en: `<${element.name} url_name=${quoted(name)}> is used a second time, perhaps inside itself; it is kept where it stands first.`,
        fr: `<${element.name} url_name=${quoted(name)}> est utilisé une deuxième fois, peut-être dans lui-même ; il est gardé là où il apparaît d’abord.`,
      });
      return null;
    }
    this.seen.add(id);
    const path = `${element.name}/${name.replaceAll(':', '/')}.xml`;
    const holdsItself = element.nodes.some((node) => 'name' in node || node.text.trim() !== '');
    if (holdsItself) return { element, report, name };
    if (this.has(path)) {
      const content = await this.xml(path);
      return content && { element: content, report: this.report(path), name };
    }
    // Some components are whole in their attributes.
    if (Object.keys(element.attributes).length > 1) return { element, report, name };
    report.error('FILE_MISSING', element.line, {
      en: `The file ${quoted(path)} is missing, to which <${element.name} url_name=${quoted(name)}> points; it is left out. Export the course again.`,
      fr: `Le fichier ${quoted(path)} manque, vers lequel pointe <${element.name} url_name=${quoted(name)}> ; il est laissé de côté. Exportez la formation à nouveau.`,
    });
    return null;
  }

  private async xml(path: string): Promise<XmlElement | null> {
    return parseXml((await this.read(path))!, this.report(path));
  }

  has(path: string): boolean {
    return this.source.size(`${this.folder}${path}`) !== undefined;
  }

  /** Null when there is no such file. */
  async read(path: string): Promise<Buffer | null> {
    if (!this.has(path)) return null;
    this.used.add(`${this.folder}${path}`);
    return this.source.read(`${this.folder}${path}`);
  }

  /** A file that a page names: `/static/picture.png`, or as the platform itself writes it. */
  readonly asset = async (address: string): Promise<Buffer | null> => {
    const bare = decoded(address.split(/[?#]/, 1)[0]!);
    const name =
      /^\/?static\/(.+)$/.exec(bare)?.[1] ?? /^\/(?:asset|c4x).*?(?:@|\/asset\/)([^/@]+)$/.exec(bare)?.[1];
    if (name === undefined) return null;
    return (await this.read(`static/${name}`)) ?? (await this.read(`static/${name.replaceAll('/', '_')}`));
  };

  /** Tells of what was not looked at, once for each folder. */
  tellOfUnused(): void {
    const folders = new Map<string, string[]>();
    for (const path of this.source.paths) {
      if (this.used.has(path)) continue;
      const folder = path.startsWith(this.folder)
        ? (path.slice(this.folder.length).split('/').slice(0, -1)[0] ?? '')
        : '..';
      folders.set(folder, [...(folders.get(folder) ?? []), path]);
    }
    for (const [folder, paths] of folders) {
      const more = paths.length === 1 ? '' : ` (+${paths.length - 1})`;
      const why = REASONS[folder] ?? REASONS['']!;
      new FileReport(paths[0]!, this.problems).warning('FILE_UNKNOWN', 1, {
        en: `Not read${more}: ${why.en}.`,
        fr: `Non lu${more} : ${why.fr}.`,
      });
    }
  }
}

const REASONS: Record<string, { en: string; fr: string }> = {
  policies: {
    en: 'grading and dates are settings here; set them on the course and its quizzes',
    fr: 'la notation et les dates sont ici des réglages ; réglez-les sur la formation et ses quiz',
  },
  about: {
    en: 'the page about the course; write the description of the course in its settings',
    fr: 'la page de présentation ; écrivez la description de la formation dans ses réglages',
  },
  static: { en: 'no page shows this file', fr: 'aucune page ne montre ce fichier' },
  '': {
    en: 'nothing in the course points at this file',
    fr: 'rien dans la formation ne pointe vers ce fichier',
  },
};
