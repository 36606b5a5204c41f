import type { FileIntake, SourceFiles, TakenFile } from './import-format.js';
import type { Sentence } from './import-problems.js';
import type { MediaFiles } from './media-files.js';

/**
 * The files of a folder, as its texts refer to them. Taking a file is slow and reading texts is not: they are read once to learn
 * which files they show, and again when those have been taken.
 */
export class FolderMedia {
  private readonly wanted = new Set<string>();
  private readonly taken = new Map<string, TakenFile | { refused: Sentence }>();

  /** @param top what stands before the paths of the course, `''` or `folder/`. */
  constructor(
    private readonly source: SourceFiles,
    private readonly top: string,
  ) {}

  /** What the Markdown of a folder may show: paths from its own place, or from the top. */
  in(folder: string): MediaFiles {
    return {
      find: (reference) => {
        const path = this.pathOf(reference, folder);
        if (path === undefined) return undefined;
        this.wanted.add(path);
        // Until it is taken it is there: a link to it is no link to elsewhere.
        return (
          this.taken.get(path) ?? { refused: { en: 'it is not taken yet', fr: 'il n’est pas encore repris' } }
        );
      },
    };
  }

  /** Takes all files that were asked for. @returns whether there were any that had not been taken before. */
  async take(files: FileIntake): Promise<boolean> {
    const before = this.taken.size;
    for (const path of this.wanted) {
      if (this.taken.has(path)) continue;
      this.taken.set(
        path,
        await files.take(path.slice(path.lastIndexOf('/') + 1), await this.source.read(path)),
      );
    }
    return this.taken.size > before;
  }

  /** Whether some text shows a file. @param path in the source. */
  isShown(path: string): boolean {
    return this.wanted.has(path);
  }

  private pathOf(reference: string, folder: string): string | undefined {
    if (/^[a-z][a-z0-9+.-]*:|^\/\/|^#/i.test(reference)) return undefined;
    const plain = decoded(reference.replace(/[?#].*$/, ''));
    return [joined(folder, plain), joined('', plain)]
      .filter((path) => path !== null)
      .map((path) => this.top + path)
      .find((path) => !/\.(?:md|markdown)$/i.test(path) && this.source.size(path) !== undefined);
  }
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference);
  } catch {
    return reference; // a percent sign that is meant
  }
}

/** A path from a folder, without `.` and `..`; null when it leads out of the top. */
function joined(folder: string, reference: string): string | null {
  const segments = folder === '' || reference.startsWith('/') ? [] : folder.split('/');
  for (const segment of reference.replaceAll('\\', '/').split('/')) {
    if (segment === '' || segment === '.') continue;
    if (segment !== '..') segments.push(segment);
    else if (segments.pop() === undefined) return null;
  }
  return segments.length > 0 ? segments.join('/') : null;
}
