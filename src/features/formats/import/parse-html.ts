import { defaultTreeAdapter, parseFragment, type DefaultTreeAdapterTypes as Tree } from 'parse5';

export type HtmlNode = Tree.ChildNode;
export type HtmlElement = Tree.Element;

/** As in browsers; deeper nesting costs the parser time that grows with its square. */
const MOST_DEPTH = 512;
/** White space, quotes and slashes in one tag: the parser compares each attribute with each. */
const MOST_TAG_PARTS = 5_000;
const LONG_TAG = 10_000;
/** So named inside the parser, which takes long over long attributes. */
const INLINE_FILE = 'inline-file:';
const DATA = /(["'])(data:[a-z0-9.+-]+\/[a-z0-9.+-]+;base64,[A-Za-z0-9+/=\s]*)\1/gi;

class TooHard extends Error {}

export interface ParsedHtml {
  nodes: HtmlNode[];
  /** True when the markup was too much for a parser, so that only its text is left. */
  textOnly: boolean;
  /** The address in the attribute, also where it is a whole file. */
  address: (value: string) => string;
}

/** HTML as a tree that is at most {@link MOST_DEPTH} deep, with lines. Time grows linearly with the length, whatever it holds. */
export function parseHtml(html: string): ParsedHtml {
  const files: string[] = [];
  const short = html.replace(DATA, (_all, quote: string, address: string) => {
    files.push(address);
    // Lines are kept, so that what follows has its line.
    return `${quote}${INLINE_FILE}${files.length - 1}${quote}${'\n'.repeat(address.split('\n').length - 1)}`;
  });
  const address = (value: string) =>
    value.startsWith(INLINE_FILE) ? (files[Number(value.slice(INLINE_FILE.length))] ?? value) : value;
  try {
    if (hasMonstrousTag(short)) throw new TooHard();
    let depth = 0;
    const { childNodes } = parseFragment(short, {
      sourceCodeLocationInfo: true,
      scriptingEnabled: false,
      treeAdapter: {
        ...defaultTreeAdapter,
        onItemPush: () => {
          if ((depth += 1) > MOST_DEPTH) throw new TooHard();
        },
        onItemPop: () => {
          depth -= 1;
        },
      },
    });
    return { nodes: childNodes, textOnly: false, address };
  } catch (error) {
    if (!(error instanceof TooHard)) throw error;
    const text = short.replace(/<[^<>]*>/g, ' ').replaceAll('<', ' ');
    return { nodes: parseFragment(text).childNodes, textOnly: true, address };
  }
}

function hasMonstrousTag(html: string): boolean {
  for (let from = html.indexOf('<'); from !== -1;) {
    const end = html.indexOf('>', from);
    const to = end === -1 ? html.length : end;
    if (to - from > LONG_TAG && /^<[a-z]/i.test(html.slice(from, from + 2))) {
      if ((html.slice(from, to).match(/\s+|["'/]/g)?.length ?? 0) > MOST_TAG_PARTS) return true;
    }
    from = end === -1 ? -1 : html.indexOf('<', end);
  }
  return false;
}

export function attribute(element: HtmlElement, name: string): string {
  return element.attrs.find((each) => each.name === name)?.value ?? '';
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

/** All text in it, in order. */
export function textIn(node: HtmlNode): string {
  if (node.nodeName === '#text') return (node as Tree.TextNode).value;
  return 'childNodes' in node ? node.childNodes.map(textIn).join('') : '';
}

/** The text as it stands between `<pre>` and `</pre>`. */
export function preformatted(node: HtmlNode): string {
  if (isElement(node)) return node.tagName === 'br' ? '\n' : node.childNodes.map(preformatted).join('');
  return textIn(node);
}

/** The TeX that a formula was made of. */
export function texOf(math: HtmlElement): string {
  const open: HtmlNode[] = [...math.childNodes];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!isElement(node)) continue;
    if (node.tagName === 'annotation' && attribute(node, 'encoding') === 'application/x-tex')
      return textIn(node).trim();
    for (const child of node.childNodes) open.push(child);
  }
  return '';
}

/** The file that a `data:` address holds. */
export function dataOf(address: string): { mediaType: string; content: Buffer } | null {
  const match = /^data:([a-z0-9.+-]+\/[a-z0-9.+-]+);base64,/i.exec(address);
  if (match?.[1] === undefined) return null;
  return {
    mediaType: match[1].toLowerCase(),
    content: Buffer.from(address.slice(match[0].length), 'base64'),
  };
}
