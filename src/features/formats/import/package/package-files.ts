import type { ImageNode, MediaNode } from '../../../catalog/block-media.js';
import type { Refused } from '../html-files.js';
import type { FileIntake, SourceFiles } from '../import-format.js';
import { dataOf } from '../parse-html.js';
import { TakenFiles } from '../taken-files.js';
import { pathIn } from './manifest.js';

/** Prefix of an address that means the files of the package, wherever the page stands (Common Cartridge 1.3, section 3.6). */
const FILE_BASE = /^(?:\$|%24)IMS[-_]CC[-_]FILEBASE(?:\$|%24)\/?/i;
/** Where Canvas keeps what it calls the files of a course. */
const CANVAS_FILES = 'web_resources/';

/** The files of a package, as pages in it name them. Each is taken along once, however often it is named. */
export class PackageFiles {
  private readonly taken: TakenFiles;
  private readonly byLetters: ReadonlyMap<string, string>;

  constructor(
    readonly source: SourceFiles,
    private readonly folder: string,
    intake: FileIntake,
  ) {
    this.byLetters = new Map(source.paths.map((path) => [path.toLowerCase(), path]));
    this.taken = new TakenFiles(intake, (path) => source.read(path));
  }

  /** Paths that were taken along. */
  get used(): ReadonlySet<string> {
    return this.taken.asked;
  }

  /** The path of a file that the package has, whatever the case of its letters; null when it has none. */
  find(path: string | null): string | null {
    return path === null ? null : (this.byLetters.get(path.toLowerCase()) ?? null);
  }

  /** The picture at an address in a page; null when there is no such file. */
  async image(page: string, address: string, alt: string): Promise<ImageNode | Refused | null> {
    const path = this.resolve(page, address);
    return path === null ? null : this.taken.image(path, alt);
  }

  /** A video to be shown, or else a file to take along; null when there is no such file. */
  async file(page: string, address: string, name: string): Promise<MediaNode | Refused | null> {
    const path = this.resolve(page, address);
    return path === null ? null : this.taken.file(path, name);
  }

  /** A file of the package as a lesson shows it: a picture, a video, or something to take along. */
  async shown(path: string, title: string): Promise<MediaNode | Refused | null> {
    const picture = await this.taken.image(path, title);
    if (picture !== null && !('refused' in picture)) return picture;
    return this.taken.file(path, path.slice(path.lastIndexOf('/') + 1));
  }

  /** The path that an address in a page means, or the address itself where it is a whole file. */
  resolve(page: string, address: string): string | null {
    if (dataOf(address)) return address;
    if (!FILE_BASE.test(address)) return this.find(pathIn(page.slice(0, page.lastIndexOf('/') + 1), address));
    const fromBase = address.replace(FILE_BASE, '');
    return (
      this.find(pathIn(this.folder + CANVAS_FILES, fromBase)) ?? this.find(pathIn(this.folder, fromBase))
    );
  }
}
