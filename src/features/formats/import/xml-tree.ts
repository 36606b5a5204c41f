import { parseFragment } from 'parse5';
import { SaxesParser } from 'saxes';
import { decodeText } from './decode-text.js';
import { quoted, type FileReport, type Sentence } from './import-problems.js';

/** One element, without comments and processing instructions. */
export interface XmlElement {
  /** Without its prefix. */
  name: string;
  /** Of its namespace; empty without one. */
  namespace: string;
  /** By name, without a prefix too unless two would be the same: `ident`, `href`, `lang`. */
  attributes: Readonly<Record<string, string>>;
  /** Elements and texts in order; neighboring texts are one. */
  nodes: (XmlElement | XmlText)[];
  /** 1-based: of the file. */
  line: number;
  /** Of the end of the opening tag. */
  contentLine: number;
}

export interface XmlText {
  text: string;
  line: number;
}

/** In bytes. */
const MOST_BYTES = 100 * 1024 * 1024;
const MOST_DEPTH = 200;
const MOST_NODES = 2_000_000;

/** Stops the parser. */
class Stop extends Error {}

/**
 * An XML file as a tree; null, and reported with the line, when it is malformed or goes beyond a bound. A document type without
 * content is passed over and never fetched; one that declares anything is refused, so that no entity can grow or reach for
 * a file. The named characters of HTML (`&nbsp;`) are understood, since people write them.
 */
export function parseXml(content: Buffer, report: FileReport): XmlElement | null {
  if (content.length > MOST_BYTES) {
    report.error('FILE_TOO_LARGE', 1, {
      en: `The file is larger than ${MOST_BYTES / 1024 / 1024} MB; export it in parts.`,
      fr: `Le fichier dépasse ${MOST_BYTES / 1024 / 1024} Mo ; exportez-le en plusieurs parties.`,
    });
    return null;
  }
  const declared = /^(?:\xEF\xBB\xBF)?\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']/.exec(
    content.subarray(0, 300).toString('latin1'),
  )?.[1];
  const whole = decodeText(content, report, declared);
  const text = whole.trimStart();
  const skipped = breaksIn(whole.slice(0, whole.length - text.length));
  if (!text.startsWith('<')) {
    report.error('XML_MALFORMED', 1, {
      en: `This is not an XML file: it begins with ${quoted(text.slice(0, 20))}. Choose the file that the other platform exported.`,
      fr: `Ce n’est pas un fichier XML : il commence par ${quoted(text.slice(0, 20))}. Choisissez le fichier que l’autre plateforme a exporté.`,
    });
    return null;
  }
  return treeOf(text, skipped, report);
}

function treeOf(text: string, skipped: number, report: FileReport): XmlElement | null {
  const parser = new SaxesParser({ xmlns: true });
  const open: XmlElement[] = [];
  let root: XmlElement | null = null;
  let line = 1;
  let nodes = 0;
  const refuse = (code: 'XML_MALFORMED' | 'XML_ENTITY' | 'CONTENT_TOO_LARGE', sentence: Sentence): never => {
    report.error(code, parser.line + skipped, sentence);
    throw new Stop();
  };
  const count = () => {
    if ((nodes += 1) > MOST_NODES || open.length > MOST_DEPTH) refuse('CONTENT_TOO_LARGE', TOO_LARGE);
  };
  const addText = (value: string) => {
    const parent = open.at(-1);
    if (parent === undefined || value === '') return;
    const last = parent.nodes.at(-1);
    if (last !== undefined && 'text' in last) last.text += value;
    else {
      count();
      parent.nodes.push({ text: value, line: parser.line + skipped - breaksIn(value) });
    }
  };

  parser.ENTITIES = namedCharacters(parser.ENTITIES);
  parser.on('error', (error) => {
    // Letters before the colon are then only a part of the name; the meaning is still clear.
    if (error.message.includes('unbound namespace prefix')) return;
    refuse('XML_MALFORMED', malformed(error.message, open.at(-1)));
  });
  parser.on('doctype', (type) => {
    if (type.includes('[')) refuse('XML_ENTITY', ENTITIES_REFUSED);
  });
  parser.on('opentagstart', () => {
    line = parser.line + skipped;
  });
  parser.on('opentag', (tag) => {
    count();
    const attributes: Record<string, string> = Object.create(null) as Record<string, string>;
    for (const each of Object.values(tag.attributes)) {
      if (each.prefix === 'xmlns' || each.name === 'xmlns') continue;
      attributes[each.local in attributes ? each.name : each.local] = each.value;
    }
    const contentLine = parser.line + skipped;
    const element: XmlElement = {
      name: tag.local,
      namespace: tag.uri,
      attributes,
      nodes: [],
      line,
      contentLine,
    };
    open.at(-1)?.nodes.push(element);
    root ??= element;
    open.push(element);
  });
  parser.on('closetag', () => {
    open.pop();
  });
  parser.on('text', addText);
  parser.on('cdata', addText);
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    return null;
  }
  return root;
}

const TOO_LARGE: Sentence = {
  en: `The file has more than ${MOST_NODES} elements, or they are nested more than ${MOST_DEPTH} deep; it is not read.`,
  fr: `Le fichier contient plus de ${MOST_NODES} éléments, ou ils sont imbriqués sur plus de ${MOST_DEPTH} niveaux ; il n’est pas lu.`,
};

const ENTITIES_REFUSED: Sentence = {
  en: 'The file declares entities or elements of its own (<!DOCTYPE ... [), which can be used to attack a server; it is not read. Remove the declaration.',
  fr: 'Le fichier déclare ses propres entités ou éléments (<!DOCTYPE ... [), ce qui peut servir à attaquer un serveur ; il n’est pas lu. Supprimez cette déclaration.',
};

function malformed(message: string, inside: XmlElement | undefined): Sentence {
  const detail = message.replace(/^\d+:\d+: /, '').replace(/\.$/, '');
  const place =
    inside === undefined
      ? { en: '', fr: '' }
      : { en: ` inside <${inside.name}>`, fr: ` dans <${inside.name}>` };
  if (/unclosed tag|unexpected end|must contain a root/.test(detail)) {
    return {
      en: `The file ends too early (${detail}): it was cut off. Export or download it again.`,
      fr: `Le fichier s’arrête trop tôt (${detail}) : il a été coupé. Exportez-le ou téléchargez-le à nouveau.`,
    };
  }
  return {
    en: `The XML is malformed here${place.en} (${detail}); the file is not read. Mend this line, or export the file again.`,
    fr: `Le XML est mal formé ici${place.fr} (${detail}) ; le fichier n’est pas lu. Corrigez cette ligne, ou exportez le fichier à nouveau.`,
  };
}

function breaksIn(text: string): number {
  let breaks = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) breaks += 1;
  return breaks;
}

/** With the characters that HTML names; a name stands for one or two characters, so nothing can grow. */
function namedCharacters(xml: Record<string, string>): Record<string, string> {
  return new Proxy(xml, {
    get(target, name: string) {
      const own = target[name];
      if (own !== undefined || !/^[A-Za-z][A-Za-z0-9]{1,31}$/.test(name)) return own;
      const [node] = parseFragment(`&${name};`).childNodes;
      const text = node && 'value' in node ? node.value : '';
      return text.startsWith('&') || text.endsWith(';') ? undefined : text;
    },
  });
}

/** Its elements, of one name or all. */
export function childrenOf(element: XmlElement, name?: string): XmlElement[] {
  return element.nodes.filter(
    (node): node is XmlElement => 'name' in node && (name === undefined || node.name === name),
  );
}

export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.nodes.find((node): node is XmlElement => 'name' in node && node.name === name);
}

/** All text inside, in order, as it stands. */
export function textOf(element: XmlElement): string {
  return element.nodes.map((node) => ('text' in node ? node.text : textOf(node))).join('');
}

const VOID = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '));

/** What is inside as HTML, each tag on the line of the file that it came from. */
export function htmlInside(element: XmlElement): string {
  const parts: string[] = [];
  let line = element.contentLine;
  const write = (text: string) => {
    parts.push(text);
    line += breaksIn(text);
  };
  const visit = (node: XmlElement | XmlText): void => {
    if ('text' in node) {
      write(escaped(node.text));
      return;
    }
    write(`<${node.name}${'\n'.repeat(Math.max(0, node.contentLine - line))}`);
    for (const [name, value] of Object.entries(node.attributes)) parts.push(` ${name}="${escaped(value)}"`);
    parts.push('>');
    node.nodes.forEach(visit);
    if (!VOID.has(node.name)) parts.push(`</${node.name}>`);
  };
  element.nodes.forEach(visit);
  return parts.join('');
}

function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}
