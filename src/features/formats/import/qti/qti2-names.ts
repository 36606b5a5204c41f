import type { XmlElement } from '../xml-tree.js';

/**
 * QTI 3.0 (https://www.imsglobal.org/spec/qti/v3p0/impl) names what QTI 2.x names, with a prefix and in lower case:
 * `qti-choice-interaction response-identifier` for `choiceInteraction responseIdentifier`. A tree with the names of 2.x.
 */
export function withNamesOf2(element: XmlElement): XmlElement {
  const isQti = element.name.startsWith('qti-');
  return {
    ...element,
    name: isQti ? camel(element.name.slice('qti-'.length)) : element.name,
    attributes: isQti
      ? Object.fromEntries(Object.entries(element.attributes).map(([name, value]) => [camel(name), value]))
      : element.attributes,
    nodes: element.nodes.map((node) => ('text' in node ? node : withNamesOf2(node))),
  };
}

const camel = (name: string): string =>
  name.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase());
