import type { PackageContent } from '../../../catalog/course-content.js';
import { CourseMaker } from '../course-maker.js';
import type { ImportFormat } from '../import-format.js';
import type { ImportProblem } from '../import-problems.js';
import {
  manifestStart,
  readManifest,
  type Manifest,
  type ManifestItem,
  type ManifestResource,
} from '../package/manifest.js';

/**
 * SCORM 1.2 and 2004 packages (https://adlnet.gov/projects/scorm/). A package is kept as it came and becomes a lesson for each of the
 * items that can be launched: what it teaches is its own program, which nothing here rewrites.
 */
export const scormFormat: ImportFormat = {
  name: 'SCORM',

  async recognizes(source) {
    return /adlcp|ADL SCORM|adlnet\.org/i.test(await manifestStart(source));
  },

  async read(source, context) {
    const problems: ImportProblem[] = [];
    const nothing = { course: null, questions: [], problems };
    const manifest = await readManifest(source, problems);
    if (manifest === null) return nothing;
    const { report } = manifest;
    const launches = launchesOf(manifest, manifest.items, []);
    if (launches.length === 0) {
      report.error('PACKAGE', 1, {
        en: 'The package has no item that can be launched; export it again as SCORM 1.2 or 2004.',
        fr: 'Le paquet n’a aucun élément à lancer ; exportez-le à nouveau en SCORM 1.2 ou 2004.',
      });
      return nothing;
    }
    if (!source.archive) {
      report.error('PACKAGE', 1, {
        en: 'A SCORM package is imported as the zip file that it came in.',
        fr: 'Un paquet SCORM s’importe sous la forme du fichier zip reçu.',
      });
      return nothing;
    }
    context.progress(0.3);
    const taken = await context.files.take(source.name, await source.archive());
    if ('refused' in taken) {
      report.error('PACKAGE', 1, {
        en: `The package was not taken: ${taken.refused.en}.`,
        fr: `Le paquet n’a pas été pris : ${taken.refused.fr}.`,
      });
      return nothing;
    }
    const standard = standardOf(manifest);
    const maker = new CourseMaker(context.slug, context.locale);
    let module: string | null = null;
    for (const { item, resource, path } of launches) {
      if (!source.paths.some((each) => each.toLowerCase() === resource.href.toLowerCase())) {
        report.error('PACKAGE', item.line, {
          en: `"${item.title}" opens ${resource.href}, which is not in the package; it is left out.`,
          fr: `« ${item.title} » ouvre ${resource.href}, qui n’est pas dans le paquet ; il est laissé de côté.`,
        });
        continue;
      }
      const heading = path.join(' – ') || manifest.title;
      if (heading !== module) maker.startModule(heading);
      module = heading;
      const content: PackageContent = {
        standard,
        file: taken.hash,
        launch: launchAddress(resource.href + resource.query, item.parameters),
        ...item.demands,
        ...(resource.scormType === 'asset' && { isAsset: true }),
      };
      maker.addLesson(item.title || manifest.title, { kind: 'PACKAGE', package: content });
    }
    report.warning('PACKAGE', 1, {
      en: 'The package is kept as it came: its texts cannot be edited here, and its minutes are a guess. Set them in the studio.',
      fr: 'Le paquet est gardé tel quel : ses textes ne se modifient pas ici, et ses minutes sont une estimation. Réglez-les dans le studio.',
    });
    return { course: maker.finish(manifest.title, manifest.description, report), questions: [], problems };
  },
};

interface Launch {
  item: ManifestItem;
  resource: ManifestResource;
  /** Titles of the headings above it. */
  path: string[];
}

function launchesOf(manifest: Manifest, items: readonly ManifestItem[], path: string[]): Launch[] {
  return items.flatMap((item) => {
    const resource = manifest.resources.get(item.resource);
    if (item.resource !== '' && resource === undefined) {
      manifest.report.error('PACKAGE', item.line, {
        en: `"${item.title}" names the resource "${item.resource}", which the manifest does not have; it is left out.`,
        fr: `« ${item.title} » désigne la ressource « ${item.resource} », absente du manifeste ; il est laissé de côté.`,
      });
    }
    const own: Launch[] = resource && resource.href !== '' ? [{ item, resource, path }] : [];
    return [...own, ...launchesOf(manifest, item.items, [...path, item.title])];
  });
}

const standardOf = ({ schemaVersion }: Manifest): PackageContent['standard'] =>
  /2004|CAM 1\.3/i.test(schemaVersion) ? 'SCORM_2004' : 'SCORM_1_2';

/** The parameters of an item are added to the address as they are (SCORM 2004 4th Edition, content aggregation model, 3.4.1.4.1). */
function launchAddress(address: string, parameters: string): string {
  const added = parameters.replace(/^[?&]+/, '');
  if (added === '') return address;
  if (added.startsWith('#')) return address.includes('#') ? address : address + added;
  return `${address}${address.includes('?') ? '&' : '?'}${added}`;
}
