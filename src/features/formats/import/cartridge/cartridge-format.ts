import type { QuestionContent } from '../../../catalog/course-content.js';
import { CourseMaker } from '../course-maker.js';
import type { ImportFormat } from '../import-format.js';
import type { ImportProblem } from '../import-problems.js';
import { manifestStart, readManifest, type Manifest, type ManifestItem } from '../package/manifest.js';
import { PackageFiles } from '../package/package-files.js';
import { QuestionMaker } from '../question-maker.js';
import { ResourceReader } from './cartridge-resources.js';

/**
 * Common Cartridge 1.0 to 1.3 (https://www.imsglobal.org/cc/), as Moodle, Canvas and others export it. What its organization names at
 * the top becomes a module, what stands below becomes lessons; what no item names comes after, in modules by kind.
 */
export const cartridgeFormat: ImportFormat = {
  name: 'COMMON_CARTRIDGE',

  async recognizes(source) {
    return /imscc|Common Cartridge/i.test(await manifestStart(source));
  },

  async read(source, context) {
    const problems: ImportProblem[] = [];
    const manifest = await readManifest(source, problems);
    if (manifest === null) return { course: null, questions: [], problems };
    const locale = /^[a-z]{2,3}(-[A-Za-z0-9]+)*$/.test(manifest.language)
      ? manifest.language
      : context.locale;
    const files = new PackageFiles(source, manifest.folder, context.files);
    const course = new CourseMaker(context.slug, locale);
    const bank: QuestionContent[] = [];
    const reader = new ResourceReader(files, new QuestionMaker(locale), course, bank, problems);
    const walk = new Walk(manifest, course, reader);
    const total = Math.max(1, manifest.resources.size);
    await walk.items(() => context.progress(reader.read.size / total));
    await walk.rest(() => context.progress(reader.read.size / total));
    reader.reportUnused(manifest);
    return {
      course: course.finish(manifest.title, manifest.description, manifest.report),
      questions: bank,
      problems,
    };
  },
};

class Walk {
  constructor(
    private readonly manifest: Manifest,
    private readonly course: CourseMaker,
    private readonly reader: ResourceReader,
  ) {}

  /** Through the organization, in its order. */
  async items(step: () => void): Promise<void> {
    // A rooted hierarchy has one item without a title around all others (Common Cartridge 1.3, section 4.1).
    const [root] = this.manifest.items;
    const isRoot = this.manifest.items.length === 1 && root !== undefined && root.resource === '';
    const top = isRoot ? root.items : this.manifest.items;
    let loose = false;
    for (const item of top) {
      if (item.items.length > 0) {
        loose = false;
        this.course.startModule(item.title);
        await this.lessons([item], [], step);
      } else if (item.resource !== '') {
        if (!loose) this.course.startModule(this.manifest.title, { made: true });
        loose = true;
        await this.lessons([item], [], step);
      } else this.reportEmpty(item);
    }
  }

  /** What no item names: pages and tasks of courses that were never put in order. */
  async rest(step: () => void): Promise<void> {
    for (const { name, resources } of this.reader.unnamed(this.manifest)) {
      if (name) this.course.startModule(name, { made: true });
      for (const resource of resources) {
        await this.reader.lesson(resource, '');
        step();
      }
    }
  }

  private async lessons(items: readonly ManifestItem[], above: string[], step: () => void): Promise<void> {
    for (const item of items) {
      const title = [...above, item.title].filter((part) => part !== '').join(' – ');
      const resource = this.manifest.resources.get(item.resource);
      if (resource) await this.reader.lesson(resource, title);
      else if (item.resource !== '') this.reportMissing(item);
      else if (item.items.length === 0) this.reportEmpty(item);
      step();
      // The heading of the module itself is not said again; those below it are.
      const isModule = above.length === 0 && items.length === 1 && item.resource === '';
      await this.lessons(
        item.items,
        isModule ? [''] : [...above, item.resource === '' ? item.title : ''],
        step,
      );
    }
  }

  private reportMissing({ title, resource, line }: ManifestItem): void {
    this.manifest.report.error('MANIFEST', line, {
      en: `"${title}" names the resource "${resource}", which the manifest does not have; it is left out.`,
      fr: `« ${title} » désigne la ressource « ${resource} », absente du manifeste ; il est laissé de côté.`,
    });
  }

  private reportEmpty({ title, line }: ManifestItem): void {
    if (title === '') return;
    this.manifest.report.warning('MODULE_EMPTY', line, {
      en: `The heading "${title}" has nothing below it; it is left out.`,
      fr: `Le titre « ${title} » n’a rien sous lui ; il est laissé de côté.`,
    });
  }
}
