import type { DownloadNode, ImageNode, MediaNode, VideoNode } from '../../block-media.js';
import type { Refused } from '../html-files.js';
import type { FileIntake, SourceFiles, TakenFile } from '../import-format.js';
import { pathIn } from './manifest.js';

/** Prefix of an address that means the files of the package, wherever the page stands (Common Cartridge 1.3, section 3.6). */
const FILE_BASE = /^(?:\$|%24)IMS[-_]CC[-_]FILEBASE(?:\$|%24)\/?/i;
/** Where Canvas keeps what it calls the files of a course. */
const CANVAS_FILES = 'web_resources/';

/** The files of a package, as pages in it name them. Each is taken along once, however often it is named. */
export class PackageFiles {
  private readonly taken = new Map<string, Promise<TakenFile | Refused>>();
  private readonly byLetters: ReadonlyMap<string, string>;

  constructor(
    readonly source: SourceFiles,
    private readonly folder: string,
    private readonly intake: FileIntake,
  ) {
    this.byLetters = new Map(source.paths.map((path) => [path.toLowerCase(), path]));
  }

  /** Paths that were taken along. */
  get used(): ReadonlySet<string> {
    return new Set(this.taken.keys());
  }

  /** The path of a file that the package has, whatever the case of its letters; null when it has none. */
  find(path: string | null): string | null {
    return path === null ? null : (this.byLetters.get(path.toLowerCase()) ?? null);
  }

  /** The file that an address in a page means. */
  resolve(page: string, address: string): string | null {
    const fromBase = FILE_BASE.test(address) ? address.replace(FILE_BASE, '') : null;
    if (fromBase !== null)
      return (
        this.find(pathIn(this.folder + CANVAS_FILES, fromBase)) ?? this.find(pathIn(this.folder, fromBase))
      );
    return this.find(pathIn(page.slice(0, page.lastIndexOf('/') + 1), address));
  }

  async image(page: string, address: string, alt: string): Promise<ImageNode | Refused | null> {
    const file = await this.takeAt(page, address);
    if (file === null || 'refused' in file) return file;
    const { hash, width, height } = file;
    if (width === null || height === null) return NO_PICTURE;
    return {
      type: 'image',
      attrs: { file: hash, alt: alt.slice(0, 500), decorative: false, caption: '', width, height },
    };
  }

  /** A video to be shown, or else a file to take along. */
  async file(page: string, address: string, name: string): Promise<MediaNode | Refused | null> {
    const file = await this.takeAt(page, address);
    return file === null || 'refused' in file ? file : mediaNode(file, name);
  }

  /** A file of the package as the store took it. */
  take(path: string): Promise<TakenFile | Refused> {
    const known = this.taken.get(path);
    if (known) return known;
    const taking = this.source
      .read(path)
      .then((content) => this.intake.take(path.slice(path.lastIndexOf('/') + 1), content));
    this.taken.set(path, taking);
    return taking;
  }

  private async takeAt(page: string, address: string): Promise<TakenFile | Refused | null> {
    const inline = /^data:[^,]*;base64,([A-Za-z0-9+/=\s]+)$/.exec(address)?.[1];
    if (inline !== undefined) return this.intake.take('inline', Buffer.from(inline, 'base64'));
    const path = this.resolve(page, address);
    return path === null ? null : this.take(path);
  }
}

const NO_PICTURE: Refused = {
  refused: { en: 'it is not a picture', fr: 'ce n’est pas une image' },
};

export function mediaNode({ hash, bytes, mediaType }: TakenFile, name: string): VideoNode | DownloadNode {
  if (mediaType.startsWith('video/')) {
    const attrs = {
      href: null,
      file: hash,
      title: name.slice(0, 200),
      bytes,
      durationSeconds: null,
      captions: [],
      transcript: '',
    };
    return { type: 'video', attrs };
  }
  return { type: 'download', attrs: { file: hash, name: name.slice(0, 200) || 'file', bytes, mediaType } };
}
