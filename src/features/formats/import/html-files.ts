import type { ImageNode, MediaNode } from '../../catalog/block-media.js';
import { clean } from './clean-text.js';
import { MEDIA } from './html-elements.js';
import { mediaAddresses } from './html-media.js';
import type { FileReport, Sentence } from './import-problems.js';
import { attribute, isElement, type HtmlNode } from './parse-html.js';

/** Where HTML of elsewhere stands, and how the files are found that it names. */
export interface HtmlSource {
  report: FileReport;
  /** Of the file, 1-based: on which the HTML begins. */
  line: number;
  /**
   * The picture at an address as it is written: relative, absolute or `data:`. Null when there is no such file; why, when the store
   * does not take it. Both are reported by the reader of HTML.
   */
  image(address: string, alt: string): MaybePromise<ImageNode | Refused | null>;
  /**
   * A file that a link, an `<audio>` or a `<video>` names, to take along; null for an address that is none of the files. Without
   * it, only absolute links are kept.
   */
  file?(address: string, name: string): MaybePromise<MediaNode | Refused | null>;
}

export interface Refused {
  refused: Sentence;
}

type MaybePromise<T> = T | Promise<T>;

/** Files by their address, as the callbacks answered. */
export interface FoundFiles {
  images: ReadonlyMap<string, ImageNode | Refused | null>;
  files: ReadonlyMap<string, MediaNode | Refused | null>;
}

/** Asks for each file that the HTML names, once. */
export async function findFiles(
  nodes: readonly HtmlNode[],
  address: (value: string) => string,
  source: HtmlSource,
): Promise<FoundFiles> {
  const images = new Map<string, ImageNode | Refused | null>();
  const files = new Map<string, MediaNode | Refused | null>();
  const open = [...nodes].reverse();
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isElement(node)) continue;
    const src = attribute(node, 'src');
    if (node.tagName === 'img' && src !== '' && !images.has(imageKey(src, attribute(node, 'alt'))))
      images.set(
        imageKey(src, attribute(node, 'alt')),
        await source.image(address(src), clean(attribute(node, 'alt'))),
      );
    if (source.file) {
      const named =
        node.tagName === 'a'
          ? [attribute(node, 'href').trim()]
          : MEDIA.has(node.tagName)
            ? mediaAddresses(node)
            : [];
      for (const each of named) {
        if (each === '' || each.startsWith('#') || files.has(each)) continue;
        files.set(each, await source.file(address(each), lastPart(each)));
      }
    }
    for (let at = node.childNodes.length - 1; at >= 0; at -= 1) open.push(node.childNodes[at]!);
  }
  return { images, files };
}

/** One picture may be shown twice with another description. */
export function imageKey(src: string, alt: string): string {
  return `${src}\n${alt}`;
}

function lastPart(address: string): string {
  return address.split(/[?#]/, 1)[0]!.split('/').at(-1) ?? '';
}
