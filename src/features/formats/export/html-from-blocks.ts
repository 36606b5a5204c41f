import type {
  BlockDocument,
  BlockNode,
  InlineNode,
  ListItemNode,
  Mark,
} from '../../catalog/block-document.js';
import type { MediaNode } from '../../catalog/block-media.js';
import { escapeHtml } from '../../catalog/escape-html.js';

/** Where a file of the store is found by the reader of the HTML; null when it does not come along. */
export type FileAddress = (hash: string, name: string) => string | null;

/**
 * A document as plain HTML for other platforms, without classes and scripts of ours; our importer makes the same document of it, but
 * for callouts (quotes there), and for captions of pictures and videos.
 */
export function htmlFromBlocks({ content }: BlockDocument, address: FileAddress): string {
  return content.map((block) => htmlOf(block, address)).join('\n');
}

function htmlOf(block: BlockNode | ListItemNode, address: FileAddress): string {
  const inside = (blocks: readonly (BlockNode | ListItemNode)[]) =>
    blocks.map((each) => htmlOf(each, address)).join('');
  switch (block.type) {
    case 'paragraph':
      return `<p>${inline(block.content)}</p>`;
    case 'heading':
      return `<h${block.attrs.level}>${inline(block.content)}</h${block.attrs.level}>`;
    case 'bulletList':
      return `<ul>${inside(block.content)}</ul>`;
    case 'orderedList': {
      const start = block.attrs?.start ?? 1;
      return `<ol${start === 1 ? '' : ` start="${start}"`}>${inside(block.content)}</ol>`;
    }
    case 'listItem':
      return `<li>${inside(block.content)}</li>`;
    case 'blockquote':
    case 'callout':
      return `<blockquote>${inside(block.content)}</blockquote>`;
    case 'codeBlock': {
      const language = block.attrs?.language ? ` class="language-${escapeHtml(block.attrs.language)}"` : '';
      return `<pre><code${language}>${escapeHtml((block.content ?? []).map(({ text }) => text).join(''))}</code></pre>`;
    }
    case 'horizontalRule':
      return '<hr>';
    default:
      return media(block, address);
  }
}

function inline(nodes: readonly InlineNode[] = []): string {
  return nodes
    .map((node) => {
      if (node.type === 'hardBreak') return '<br>';
      return (node.marks ?? []).reduceRight((text, mark) => marked(mark, text), escapeHtml(node.text));
    })
    .join('');
}

function marked(mark: Mark, text: string): string {
  switch (mark.type) {
    case 'bold':
      return `<strong>${text}</strong>`;
    case 'italic':
      return `<em>${text}</em>`;
    case 'code':
      return `<code>${text}</code>`;
    case 'link':
      return `<a href="${escapeHtml(mark.attrs.href)}">${text}</a>`;
  }
}

function media(node: MediaNode, address: FileAddress): string {
  switch (node.type) {
    case 'image': {
      const { file, alt, width, height, caption } = node.attrs;
      const source = address(file, file.slice(0, 12));
      const below = caption === '' ? '' : `<p><em>${escapeHtml(caption)}</em></p>`;
      if (source === null) return `<p>[${escapeHtml(alt || caption)}]</p>`;
      return `<img src="${escapeHtml(source)}" alt="${escapeHtml(alt)}" width="${width}" height="${height}">${below}`;
    }
    case 'embed':
      return frame(node.attrs.href, node.attrs.title);
    case 'video': {
      const { href, file, title } = node.attrs;
      if (href !== null) return frame(href, title);
      return link(file === null ? null : address(file, title), title);
    }
    case 'download':
      return link(address(node.attrs.file, node.attrs.name), node.attrs.name);
  }
}

const frame = (href: string, title: string) =>
  `<iframe src="${escapeHtml(href)}" title="${escapeHtml(title)}" width="560" height="315" allowfullscreen></iframe>`;

const link = (href: string | null, name: string) =>
  href === null
    ? `<p>[${escapeHtml(name)}]</p>`
    : `<p><a href="${escapeHtml(href)}">${escapeHtml(name)}</a></p>`;
