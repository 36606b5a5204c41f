import {
  isSafeHref,
  type BlockDocument,
  type BlockNode,
  type InlineNode,
  type ListItemNode,
  type Mark,
} from './block-document.js';
import { renderMedia } from './block-media.html.js';
import { escapeHtml } from './escape-html.js';
import { wordsOf } from './block-words.js';
import type { Locale } from '../../platform/locale.js';

function markTags(mark: Mark): [open: string, close: string] {
  switch (mark.type) {
    case 'bold':
      return ['<strong>', '</strong>'];
    case 'italic':
      return ['<em>', '</em>'];
    case 'code':
      return ['<code>', '</code>'];
    case 'link': {
      // Checked again here: a row written before a rule was tightened must not become a live link.
      if (!isSafeHref(mark.attrs.href)) return ['', ''];
      const rel = /^https?:/i.test(mark.attrs.href) ? ' rel="noopener noreferrer"' : '';
      return [`<a href="${escapeHtml(mark.attrs.href)}"${rel}>`, '</a>'];
    }
    default:
      return ['', ''];
  }
}

function renderInline(nodes: readonly InlineNode[]): string {
  return nodes
    .map((node) => {
      if (node.type !== 'text') return '<br>';
      const tags = (node.marks ?? []).map(markTags);
      const open = tags.map(([tag]) => tag).join('');
      const close = tags
        .map(([, tag]) => tag)
        .reverse()
        .join('');
      return open + escapeHtml(node.text) + close;
    })
    .join('');
}

/** The tags around a block, and what stands between them: finished HTML, or blocks still to be rendered. */
function blockTags(
  node: BlockNode | ListItemNode,
  locale: Locale,
): [string, string | readonly (BlockNode | ListItemNode)[], string] {
  switch (node.type) {
    case 'paragraph':
      return ['<p>', renderInline(node.content ?? []), '</p>'];
    case 'heading': {
      const tag = node.attrs.level === 2 ? 'h2' : 'h3';
      return [`<${tag}>`, renderInline(node.content ?? []), `</${tag}>`];
    }
    case 'bulletList':
      return ['<ul>', node.content, '</ul>'];
    case 'orderedList': {
      const start = node.attrs?.start ?? 1;
      return [start === 1 ? '<ol>' : `<ol start="${start}">`, node.content, '</ol>'];
    }
    case 'listItem':
      return ['<li>', node.content, '</li>'];
    case 'blockquote':
      return ['<blockquote>', node.content, '</blockquote>'];
    case 'codeBlock': {
      const language = node.attrs?.language ?? null;
      const open = language === null ? '<code>' : `<code class="language-${escapeHtml(language)}">`;
      return [
        `<pre>${open}`,
        escapeHtml((node.content ?? []).map((part) => part.text).join('')),
        '</code></pre>',
      ];
    }
    case 'horizontalRule':
      return ['<hr>', '', ''];
    case 'callout':
      // The tone is a word, not a color alone; `note` keeps it from being a landmark of the page.
      return [
        `<aside class="callout ${node.attrs.tone.toLowerCase()}" role="note"><p class="tone">${wordsOf(locale).tone[node.attrs.tone]}</p>`,
        node.content,
        '</aside>',
      ];
    case 'image':
    case 'video':
    case 'embed':
    case 'download':
      return [renderMedia(node, locale), '', ''];
    default:
      return ['', '', ''];
  }
}

/**
 * A document as an HTML fragment. All text and attributes are escaped, and only the whitelisted elements appear;
 * an address that is not http, https or mailto loses its link and keeps its text; a node of an unknown type
 * renders as nothing. It does not recurse, whatever the depth.
 * @param locale of the few words that are not the author's, such as “Transcript”.
 */
export function renderBlockDocument(doc: BlockDocument, locale: Locale = 'en'): string {
  let html = '';
  const open: (string | BlockNode | ListItemNode)[] = [...doc.content].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next === 'string') {
      html += next;
      continue;
    }
    const [before, inside, after] = blockTags(next, locale);
    html += before;
    open.push(after);
    if (typeof inside === 'string') open.push(inside);
    else for (const child of [...inside].reverse()) open.push(child);
  }
  return html;
}

/** As {@link renderBlockDocument}, each outermost block with an id by which a link leads to it: `block-0` is the first. */
export const renderWithIds = ({ content }: BlockDocument, locale: Locale): string =>
  content
    .map((block, index) =>
      renderBlockDocument({ type: 'doc', content: [block] }, locale).replace(
        /^<\w+/,
        `$& id="block-${index}"`,
      ),
    )
    .join('');
