import type { SourceFiles } from '../import-format.js';
import { FileReport, type ImportProblem } from '../import-problems.js';
import { scormDemands, type ScormDemands } from '../scorm/scorm-demands.js';
import { childOf, childrenOf, parseXml, textOf, type XmlElement } from '../xml-tree.js';

/**
 * `imsmanifest.xml` of an IMS content package (https://www.imsglobal.org/content/packaging/), which Common Cartridge, QTI and SCORM
 * packages are: what is in the package, and in which order it is read.
 */
export interface Manifest {
  /** Folder that the addresses in it are relative to: empty, or with a slash at its end. */
  folder: string;
  /** As its metadata says: `IMS Common Cartridge`, `ADL SCORM`; empty when it does not. */
  schema: string;
  schemaVersion: string;
  /** Of its metadata, or else of its organization. */
  title: string;
  description: string;
  /** BCP 47 tag that its metadata names; empty for none. */
  language: string;
  /** Of the organization that is read by default. */
  items: ManifestItem[];
  resources: ReadonlyMap<string, ManifestResource>;
  report: FileReport;
}

export interface ManifestItem {
  identifier: string;
  title: string;
  /** Identifier of a resource; empty for a heading. */
  resource: string;
  /** What is added to the resource's address. */
  parameters: string;
  /** What SCORM asks of it. */
  demands: ScormDemands;
  line: number;
  items: ManifestItem[];
}

export interface ManifestResource {
  identifier: string;
  type: string;
  /** Path in the package of what is opened first; empty for none. */
  href: string;
  /** What follows the path in its address: a query and a fragment; empty for none. */
  query: string;
  /** Paths in the package. */
  files: string[];
  /** Of SCORM: `sco` or `asset`, in lower case; empty elsewhere. */
  scormType: string;
  /** Where a tool marks what it is for: `lessonplan`, `assignment`. */
  intendedUse: string;
  line: number;
}

const NAME = 'imsmanifest.xml';

/** The path of the manifest: at the top, or in the one folder that the archive has there. */
export function manifestPath({ paths }: SourceFiles): string | undefined {
  const found = paths.filter(
    (path) => path.toLowerCase() === NAME || /^[^/]+\/imsmanifest\.xml$/i.test(path),
  );
  return found.sort((a, b) => a.length - b.length)[0];
}

/** The start of the manifest, to tell formats apart; empty when there is none. */
export async function manifestStart(source: SourceFiles): Promise<string> {
  const path = manifestPath(source);
  return path === undefined ? '' : (await source.read(path)).subarray(0, 20_000).toString('latin1');
}

/** Null, and reported, when there is no manifest or it cannot be read. */
export async function readManifest(source: SourceFiles, problems: ImportProblem[]): Promise<Manifest | null> {
  const path = manifestPath(source);
  const report = new FileReport(path ?? '.', problems);
  if (path === undefined) {
    report.error('MANIFEST', 1, {
      en: 'There is no imsmanifest.xml at the top of the package; export it again as a whole.',
      fr: 'Il n’y a pas d’imsmanifest.xml à la racine du paquet ; exportez-le à nouveau en entier.',
    });
    return null;
  }
  const root = parseXml(await source.read(path), report);
  if (root === null) return null;
  if (root.name !== 'manifest') {
    report.error('MANIFEST', root.line, {
      en: `The manifest begins with <${root.name}> and not with <manifest>; the package is not read.`,
      fr: `Le manifeste commence par <${root.name}> au lieu de <manifest> ; le paquet n’est pas lu.`,
    });
    return null;
  }
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const metadata = childOf(root, 'metadata');
  const general = metadata && deep(metadata, 'general');
  const organization = defaultOrganization(root);
  const words = (name: string): string => {
    const element = general && childOf(general, name);
    return element ? textOf(element).replace(/\s+/g, ' ').trim() : '';
  };
  return {
    folder,
    schema: metadataText(metadata, 'schema'),
    schemaVersion: metadataText(metadata, 'schemaversion'),
    title: words('title') || titleOf(organization),
    description: words('description'),
    language: words('language').split(' ')[0] ?? '',
    items: organization ? childrenOf(organization, 'item').map(itemOf) : [],
    resources: resourcesOf(root, folder, report),
    report,
  };
}

function defaultOrganization(root: XmlElement): XmlElement | undefined {
  const all = childOf(root, 'organizations');
  if (!all) return undefined;
  const organizations = childrenOf(all, 'organization');
  return (
    organizations.find(({ attributes }) => attributes.identifier === all.attributes.default) ??
    organizations[0]
  );
}

const titleOf = (element: XmlElement | undefined): string => {
  const title = element && childOf(element, 'title');
  return title ? textOf(title).replace(/\s+/g, ' ').trim() : '';
};

const metadataText = (metadata: XmlElement | undefined, name: string): string => {
  const element = metadata && childOf(metadata, name);
  return element ? textOf(element).trim() : '';
};

/** XML is a tree, so items cannot be cyclic; depth is bounded by the reader of XML. */
function itemOf(element: XmlElement): ManifestItem {
  const { identifier = '', identifierref = '', parameters = '' } = element.attributes;
  return {
    identifier,
    title: titleOf(element),
    resource: identifierref,
    parameters,
    demands: scormDemands(element),
    line: element.line,
    items: childrenOf(element, 'item').map(itemOf),
  };
}

function resourcesOf(root: XmlElement, folder: string, report: FileReport): Map<string, ManifestResource> {
  const all = childOf(root, 'resources');
  const base = folder + (all?.attributes.base ?? '');
  const resources = new Map<string, ManifestResource>();
  for (const element of all ? childrenOf(all, 'resource') : []) {
    const {
      identifier = '',
      type = '',
      href = '',
      scormtype,
      scormType,
      intendeduse = '',
    } = element.attributes;
    if (resources.has(identifier)) {
      report.error('KEY_DUPLICATE', element.line, {
        en: `A second resource is named "${identifier}"; it is left out.`,
        fr: `Une deuxième ressource s’appelle « ${identifier} » ; elle est laissée de côté.`,
      });
      continue;
    }
    const own = base + (element.attributes.base ?? '');
    resources.set(identifier, {
      identifier,
      type,
      href: href === '' ? '' : (pathIn(own, href) ?? ''),
      query: /[?#].*$/s.exec(href)?.[0] ?? '',
      files: childrenOf(element, 'file').flatMap((file) => pathIn(own, file.attributes.href ?? '') ?? []),
      scormType: (scormtype ?? scormType ?? '').toLowerCase(),
      intendedUse: intendeduse,
      line: element.line,
    });
  }
  return resources;
}

/**
 * The path in a package that an address of one of its files means.
 * @param from the folder that it is relative to, with a slash at its end.
 * @returns null for an address of elsewhere, and for one that leaves the package.
 */
export function pathIn(from: string, address: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^\/\//i.test(address)) return null;
  const plain = decoded(address.split(/[?#]/, 1)[0]!).replaceAll('\\', '/');
  const parts: string[] = [];
  for (const part of `${plain.startsWith('/') ? '' : from}${plain}`.split('/')) {
    if (part === '..' && parts.pop() === undefined) return null;
    if (part !== '..' && part !== '.' && part !== '') parts.push(part);
  }
  return parts.length === 0 ? null : parts.join('/');
}

function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

/** The first element of a name at any depth. */
function deep(element: XmlElement, name: string): XmlElement | undefined {
  for (const child of childrenOf(element)) {
    const found = child.name === name ? child : deep(child, name);
    if (found) return found;
  }
  return undefined;
}
