import { inLocale } from '../../../platform/locale.js';
import type { BlockDocument } from '../../catalog/block-document.js';
import type { LessonContent } from '../../catalog/course-content.js';
import { escapeHtml } from '../../catalog/escape-html.js';
import type { ExportedCourse, ExportFormat } from './export-format.js';
import { lettersIn } from './exported-question.js';
import { FILES_FOLDER, namedFiles } from './file-names.js';
import { htmlFromBlocks } from './html-from-blocks.js';
import { assessment, objectBank } from './qti1.js';
import { zipOf } from './zip.js';

const SCHEMAS = 'http://www.imsglobal.org/xsd/imsccv1p3';
const ASSIGNMENT = 'http://www.imsglobal.org/xsd/imscc_extensions/assignment';

/**
 * A course in one language as a Common Cartridge 1.3 (https://www.imsglobal.org/cc/ccv1p3/imscc_Overview-v1p3.html): modules and
 * lessons as its organization, texts as web pages, quizzes and the bank as QTI 1.2, activities as assignments, packages as files. What
 * it cannot say is lost: other languages, minutes, whether a lesson is required, pass marks, draws at random and questions that ask for
 * an order.
 */
export const cartridgeExport: ExportFormat = {
  name: 'COMMON_CARTRIDGE',
  mediaType: 'application/vnd.ims.imsccv1p3+zip',
  extension: 'imscc',
  async write(course, files, locale) {
    return zipOf(await courseToCartridge(course, files, locale));
  },
};

/** The files of the cartridge by their path in it. */
export async function courseToCartridge(
  course: ExportedCourse,
  files: (hash: string) => Promise<Buffer>,
  locale: string,
): Promise<ReadonlyMap<string, string | Buffer>> {
  const { names, contents } = await namedFiles(course, files);
  const cartridge = new Cartridge(course, locale, names);
  for (const [path, content] of contents) cartridge.files.set(path, content);
  return cartridge.written();
}

interface Resource {
  id: string;
  type: string;
  href: string;
}

class Cartridge {
  readonly files = new Map<string, string | Buffer>();
  private readonly resources: Resource[] = [];

  constructor(
    private readonly course: ExportedCourse,
    private readonly locale: string,
    private readonly names: ReadonlyMap<string, string>,
  ) {}

  written(): ReadonlyMap<string, string | Buffer> {
    const { course, locale } = this;
    const items = course.modules.map(
      ({ key, title, lessons }) =>
        `<item identifier="m-${key}"><title>${escapeHtml(lettersIn(title, locale))}</title>${lessons.map((lesson) => this.item(lesson)).join('')}</item>`,
    );
    if (course.questions.length > 0) {
      const bank = objectBank(course.questions, { locale, address: this.addressInQti });
      this.add({ id: 'bank', type: 'imsqti_xmlv1p2/imscc_xmlv1p3/question-bank', href: 'bank.xml' }, bank);
    }
    for (const name of this.names.values())
      this.resources.push({ id: `f-${name}`, type: 'webcontent', href: `${FILES_FOLDER}/${name}` });
    this.files.set('imsmanifest.xml', this.manifest(items));
    return this.files;
  }

  private item(lesson: LessonContent): string {
    const title = lettersIn(lesson.title, this.locale);
    const id = `l-${lesson.key}`;
    this.lesson(lesson, id, title);
    return `<item identifier="i-${lesson.key}" identifierref="${id}"><title>${escapeHtml(title)}</title></item>`;
  }

  private lesson(
    { key, kind, body, quiz, activity, package: packaged }: LessonContent,
    id: string,
    title: string,
  ): void {
    const { locale } = this;
    if (quiz) {
      const xml = assessment(key, title, quiz, { locale, address: this.addressInQti });
      this.add({ id, type: 'imsqti_xmlv1p2/imscc_xmlv1p3/assessment', href: `quizzes/${key}.xml` }, xml);
    } else if (kind === 'ACTIVITY') {
      const html = this.html(body);
      const formats =
        activity?.submission === 'TEXT'
          ? ['text']
          : activity?.submission === 'FILE'
            ? ['file']
            : ['text', 'file'];
      const xml =
        `<?xml version="1.0" encoding="UTF-8"?>\n<assignment xmlns="${ASSIGNMENT}" identifier="${id}"><title>${escapeHtml(title)}</title>` +
        `<text texttype="text/html">${escapeHtml(html)}</text><gradable>false</gradable>` +
        `<submission_formats>${formats.map((type) => `<format type="${type}"/>`).join('')}</submission_formats></assignment>\n`;
      this.add({ id, type: 'assignment_xmlv1p0', href: `activities/${key}.xml` }, xml);
    } else if (packaged) {
      const name = this.names.get(packaged.file) ?? `${key}.zip`;
      this.resources.push({ id, type: 'webcontent', href: `${FILES_FOLDER}/${name}` });
    } else {
      const page = `<!DOCTYPE html>\n<html lang="${escapeHtml(locale)}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head><body>\n${this.html(body)}\n</body></html>\n`;
      this.add({ id, type: 'webcontent', href: `lessons/${key}.html` }, page);
    }
  }

  private html(body: Record<string, BlockDocument> | null): string {
    const document = inLocale(body ?? {}, this.locale, this.course.defaultLocale);
    return document ? htmlFromBlocks(document, this.addressInPage) : '';
  }

  /** Address of a file as a page in a folder of the cartridge writes it. */
  private readonly addressInPage = (hash: string): string | null => {
    const name = this.names.get(hash);
    return name === undefined ? null : `../${FILES_FOLDER}/${name}`;
  };

  /** As quizzes write it, which have no place of their own. */
  private readonly addressInQti = (hash: string): string | null => {
    const name = this.names.get(hash);
    return name === undefined ? null : `$IMS-CC-FILEBASE$/${FILES_FOLDER}/${name}`;
  };

  private add(resource: Resource, content: string): void {
    this.resources.push(resource);
    this.files.set(resource.href, content);
  }

  private manifest(items: readonly string[]): string {
    const { course, locale } = this;
    const words = (name: string, text: string): string =>
      text === ''
        ? ''
        : `<lomimscc:${name}><lomimscc:string language="${escapeHtml(locale)}">${escapeHtml(text)}</lomimscc:string></lomimscc:${name}>`;
    const resources = this.resources.map(
      ({ id, type, href }) =>
        `<resource identifier="${escapeHtml(id)}" type="${type}" href="${escapeHtml(href)}"><file href="${escapeHtml(href)}"/></resource>`,
    );
    return (
      `<?xml version="1.0" encoding="UTF-8"?>\n<manifest identifier="${escapeHtml(course.slug)}" xmlns="${SCHEMAS}/imscp_v1p1" xmlns:lomimscc="http://ltsc.ieee.org/xsd/imsccv1p3/LOM/manifest">` +
      `<metadata><schema>IMS Common Cartridge</schema><schemaversion>1.3.0</schemaversion><lomimscc:lom><lomimscc:general>` +
      `${words('title', lettersIn(course.title, locale))}<lomimscc:language>${escapeHtml(locale)}</lomimscc:language>${words('description', lettersIn(course.summary, locale))}` +
      `</lomimscc:general></lomimscc:lom></metadata>\n<organizations><organization identifier="org" structure="rooted-hierarchy"><item identifier="root">${items.join('\n')}</item></organization></organizations>\n` +
      `<resources>${resources.join('\n')}</resources></manifest>\n`
    );
  }
}
