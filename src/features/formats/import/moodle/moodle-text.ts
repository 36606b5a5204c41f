import type { RichText, TextFormat } from '../rich-text.js';
import { decoded } from '../taken-files.js';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml-tree.js';

const FORMATS: Record<string, TextFormat> = {
  html: 'html',
  moodle_auto_format: 'moodle',
  plain_text: 'plain',
  markdown: 'markdown',
};

/** The text of an element such as `<questiontext format="html"><text>...`, with its line. */
export function richText(element: XmlElement | undefined, line: number): RichText {
  const text = element && (childOf(element, 'text') ?? element);
  const format = FORMATS[element?.attributes['format'] ?? ''] ?? 'moodle';
  return { format, text: text ? textOf(text) : '', line: lineOf(text, line) };
}

/** Where the text of an element begins. */
export function lineOf(element: XmlElement | undefined, otherwise: number): number {
  const first = element?.nodes[0];
  return first?.line ?? element?.line ?? otherwise;
}

/** The letters in `<name><text>...`; empty without them. */
export function textIn(element: XmlElement, name: string): string {
  const child = childOf(element, name);
  if (!child) return '';
  return textOf(childOf(child, 'text') ?? child).trim();
}

/** Finds the files that are part of a text, by the addresses in it: `@@PLUGINFILE@@/folder/picture.png`. */
export function embeddedFiles(element: XmlElement | undefined): (address: string) => Buffer | null {
  const files = new Map<string, XmlElement>();
  for (const file of element ? childrenOf(element, 'file') : []) {
    const { name = '', path = '/', encoding = 'base64' } = file.attributes;
    if (encoding === 'base64') files.set(`${path.replace(/\/*$/, '/')}${name}`.replace(/^\/*/, '/'), file);
  }
  return (address) => {
    const path = /^@@PLUGINFILE@@(\/[^?#]*)/.exec(address)?.[1];
    const file = path === undefined ? undefined : (files.get(path) ?? files.get(decoded(path)));
    return file ? Buffer.from(textOf(file), 'base64') : null;
  };
}
