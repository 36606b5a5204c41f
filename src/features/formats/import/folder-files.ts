import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ArchiveRefused, ARCHIVE_LIMITS, archiveRefusals } from './archive-limits.js';
import { entryName, shownName } from './entry-name.js';
import type { SourceFiles } from './import-format.js';
import { FileReport, type ImportProblem } from './import-problems.js';
import { LINK } from './zip-archive.js';

/**
 * The files of a folder of this machine, under the same limits as those of an archive.
 * @throws ArchiveRefused when there are too many, or too large ones.
 */
export async function folderFiles(
  folder: string,
): Promise<{ source: SourceFiles; problems: ImportProblem[] }> {
  const problems: ImportProblem[] = [];
  const sizes = new Map<string, number>();
  let total = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
      .slice(folder.length)
      .replaceAll('\\', '/')
      .replace(/^\//, '');
    const name = entryName(path);
    if (name.kind === 'ignored' || entry.isDirectory()) continue;
    const report = new FileReport(shownName(path), problems);
    if (name.kind === 'refused') report.error('PATH_REFUSED', 1, name.why);
    else if (!entry.isFile()) report.error('FILE_IS_LINK', 1, LINK);
    else {
      const { size } = await stat(join(folder, path));
      total += size;
      sizes.set(path, size);
      if (size > ARCHIVE_LIMITS.entryBytes)
        throw new ArchiveRefused(archiveRefusals.entryTooLarge(path, ARCHIVE_LIMITS));
      if (total > ARCHIVE_LIMITS.unpackedBytes)
        throw new ArchiveRefused(archiveRefusals.unpacksTooLarge(ARCHIVE_LIMITS));
      if (sizes.size > ARCHIVE_LIMITS.entries)
        throw new ArchiveRefused(archiveRefusals.tooManyEntries(ARCHIVE_LIMITS));
    }
  }
  const source: SourceFiles = {
    name: folder,
    paths: [...sizes.keys()].sort(),
    size: (path) => sizes.get(path),
    read: (path) => {
      if (!sizes.has(path)) throw new Error(`No file ${path}.`);
      return readFile(join(folder, path));
    },
  };
  return { source, problems };
}
