import { mkdir, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveRefused, archiveRefusals, ARCHIVE_LIMITS, type ArchiveLimits } from './archive-limits.js';
import { shownName } from './entry-name.js';
import type { SourceFiles } from './import-format.js';
import { FileReport, type ImportProblem } from './import-problems.js';
import { Spool } from './spool.js';
import { unpackTarGz } from './tar-archive.js';
import { unpackZip } from './zip-archive.js';

/** What was uploaded, ready to be read. */
export interface Unpacked {
  source: SourceFiles;
  /** What of it was left out, and why. */
  problems: ImportProblem[];
  /** Lets go of what was unpacked. */
  close(): Promise<void>;
}

export interface UnpackOptions {
  /** As the person calls the file. */
  name: string;
  /** A private folder for what is unpacked; made when missing. */
  folder: string;
  limits?: ArchiveLimits;
  /** Told 0 to 1. */
  progress?: (share: number) => void;
}

type Container = 'ZIP' | 'GZIP' | 'FILE';

/** Endings under which each kind usually comes. */
const USUAL_NAMES: Record<Exclude<Container, 'FILE'>, RegExp> = {
  ZIP: /\.(zip|imscc|mbz|h5p)$/i,
  GZIP: /\.(tgz|gz|mbz)$/i,
};

/**
 * Opens an uploaded file: a zip, a gzipped tar, or a single file. Which, its content says; what its name says is at most
 * worth a warning.
 * @throws ArchiveRefused when it is damaged, or larger than allowed.
 */
export async function unpack(
  path: string,
  { name, folder, limits = ARCHIVE_LIMITS, progress = () => {} }: UnpackOptions,
): Promise<Unpacked> {
  const { size } = await stat(path);
  if (size > limits.uploadBytes) throw new ArchiveRefused(archiveRefusals.tooLarge(limits));
  if (size === 0) throw new ArchiveRefused(archiveRefusals.empty());
  const container = await containerOf(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const spool = await Spool.create(join(folder, 'files'), limits, container === 'FILE' ? Infinity : size);
  try {
    if (container === 'ZIP') await unpackZip(path, spool, limits, progress);
    else if (container === 'GZIP') await unpackTarGz(path, size, spool, { limits, progress });
    else await addSingle(path, name, spool);
    noteMisleadingName(name, container, spool.problems);
    return { source: spool.files(name, path), problems: spool.problems, close: () => spool.close() };
  } catch (error) {
    await spool.close();
    throw error;
  }
}

async function containerOf(path: string): Promise<Container> {
  const handle = await open(path, 'r');
  try {
    const start = Buffer.alloc(4);
    await handle.read(start, 0, 4, 0);
    const magic = start.readUInt32BE(0);
    // A local file header, or the end of an archive that holds nothing.
    if (magic === 0x504b0304 || magic === 0x504b0506) return 'ZIP';
    return magic >>> 16 === 0x1f8b ? 'GZIP' : 'FILE';
  } finally {
    await handle.close();
  }
}

async function addSingle(path: string, name: string, spool: Spool): Promise<void> {
  const handle = await open(path, 'r');
  try {
    const claimed = spool.claim(name.slice(name.lastIndexOf('/') + 1)) ?? 'file';
    await spool.add(claimed, handle.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>);
  } finally {
    await handle.close();
  }
}

function noteMisleadingName(name: string, container: Container, problems: ImportProblem[]): void {
  const report = new FileReport(shownName(name), problems);
  if (container === 'FILE') {
    if (!USUAL_NAMES.ZIP.test(name) && !USUAL_NAMES.GZIP.test(name)) return;
    report.warning('NAME_MISLEADING', 1, {
      en: 'By its name this is an archive, but it is a single file. It is read as one; give it the ending of what it is.',
      fr: 'D’après son nom, c’est une archive, mais c’est un simple fichier. Il est lu comme tel ; donnez-lui l’extension de ce qu’il est.',
    });
  } else if (!USUAL_NAMES[container].test(name)) {
    const [kind, ending] = container === 'ZIP' ? ['zip', '.zip'] : ['tar.gz', '.tar.gz'];
    report.warning('NAME_MISLEADING', 1, {
      en: `By its content this is a ${kind} archive, whatever its name says. It is read as one; let its name end in ${ending}.`,
      fr: `D’après son contenu, c’est une archive ${kind}, quoi que dise son nom. Elle est lue comme telle ; donnez-lui l’extension ${ending}.`,
    });
  }
}
