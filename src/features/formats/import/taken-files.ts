import type { ImageNode, MediaNode } from '../../catalog/block-media.js';
import type { Refused } from './blocks-from-html.js';
import { cutTo } from './clean-text.js';
import type { FileIntake, TakenFile } from './import-format.js';
import { dataOf } from './parse-html.js';

/** Finds the content of an address as it is written; null for one that is none of the files. */
export type FindFile = (address: string) => Promise<Buffer | null>;

/** The pictures and files that a text names, taken into the store, each once; as {@link HtmlSource} wants them. */
export class TakenFiles {
  private readonly known = new Map<string, TakenFile | Refused | null>();

  constructor(
    private readonly intake: FileIntake,
    private readonly find: FindFile,
  ) {}

  readonly image = async (address: string, alt: string): Promise<ImageNode | Refused | null> => {
    const taken = await this.take(address);
    if (taken === null || 'refused' in taken) return taken;
    const { hash, width, height } = taken;
    if (width === null || height === null) return { refused: NO_PICTURE };
    // Whether an empty description is meant so, nobody knows yet: publishing asks.
    return {
      type: 'image',
      attrs: { file: hash, alt: cutTo(500, alt).trim(), decorative: false, caption: '', width, height },
    };
  };

  readonly file = async (address: string, name: string): Promise<MediaNode | Refused | null> => {
    const taken = await this.take(address);
    if (taken === null || 'refused' in taken) return taken;
    const { hash, bytes, mediaType } = taken;
    const title = cutTo(200, name).trim() || hash.slice(0, 8);
    if (!mediaType.startsWith('video/'))
      return { type: 'download', attrs: { file: hash, name: title, bytes, mediaType } };
    const attrs = {
      href: null,
      file: hash,
      title,
      bytes,
      durationSeconds: null,
      captions: [],
      transcript: '',
    };
    return { type: 'video', attrs };
  };

  /** What was asked for so far, as it was written. */
  get asked(): ReadonlySet<string> {
    return new Set(this.known.keys());
  }

  private async take(address: string): Promise<TakenFile | Refused | null> {
    let taken = this.known.get(address);
    if (taken !== undefined) return taken;
    const data = dataOf(address);
    const content = data?.content ?? (await this.find(address));
    const name = data ? `picture.${data.mediaType.split('/')[1]!.replace(/\W.*$/, '')}` : nameOf(address);
    taken = content === null ? null : await this.intake.take(name, content);
    this.known.set(address, taken);
    return taken;
  }
}

/** The last part of an address, as a person reads it. */
function nameOf(address: string): string {
  return decoded(address.split(/[?#]/, 1)[0]!).split('/').at(-1)!;
}

/** Without percent signs, where they are well-formed. */
export function decoded(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch {
    return address;
  }
}

const NO_PICTURE = {
  en: 'the file is not a picture that can be shown (PNG, JPEG, WebP or AVIF)',
  fr: 'le fichier n’est pas une image qui peut être affichée (PNG, JPEG, WebP ou AVIF)',
};
