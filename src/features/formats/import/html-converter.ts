import { blockDocumentSchema, isSafeHref, type BlockNode } from '../../catalog/block-document.js';
import { clean } from './clean-text.js';
import { BlockWriter } from './html-block-writer.js';
import { BLOCKS, DROPPED, FIELD_REASON, INLINES, MEDIA, REASONS, shifted, SILENT } from './html-elements.js';
import { imageKey, type FoundFiles, type HtmlSource } from './html-files.js';
import { embedded, linkTo, mediaAddresses, mediaTitle } from './html-media.js';
import { itemOf, withStrays } from './html-frame.js';
import { HtmlProblems } from './html-problems.js';
import { isLayout, listFromRows } from './html-table.js';
import {
  attribute,
  isElement,
  preformatted,
  texOf,
  textIn,
  type HtmlElement,
  type HtmlNode,
} from './parse-html.js';

/** Walks a tree of HTML, at most 512 deep, and builds blocks. */
export class HtmlConverter {
  private readonly out = new BlockWriter();
  private line: number;
  private readonly problems: HtmlProblems;

  constructor(
    private readonly source: HtmlSource,
    private readonly found: FoundFiles,
    private readonly address: (value: string) => string,
  ) {
    this.line = source.line;
    this.problems = new HtmlProblems(source.report);
  }

  convert(nodes: readonly HtmlNode[]): BlockNode[] {
    for (const node of nodes) this.visit(node);
    this.out.flush();
    this.problems.tell();
    return this.out.frame.blocks;
  }

  private visit(node: HtmlNode): void {
    if (node.nodeName === '#text') this.out.text(textIn(node));
    if (!isElement(node)) return;
    const at = node.sourceCodeLocation?.startLine;
    if (at !== undefined) this.line = this.source.line + at - 1;
    this.element(node, node.tagName);
  }

  private children(element: HtmlElement): void {
    for (const child of element.childNodes) this.visit(child);
  }

  private element(element: HtmlElement, tag: string): void {
    if (tag === 'math') this.math(element);
    else if (DROPPED.has(tag)) this.dropped(element, tag);
    else if (SILENT.has(tag)) return;
    else if (tag === 'br') this.out.lineBreak();
    else if (tag === 'hr') this.out.block({ type: 'horizontalRule' });
    else if (/^h[1-6]$/.test(tag)) this.out.headed(Number(tag[1]) <= 2 ? 2 : 3, () => this.children(element));
    else if (tag === 'strong' || tag === 'b') this.out.marked('bold', () => this.children(element));
    else if (tag === 'em' || tag === 'i') this.out.marked('italic', () => this.children(element));
    else if (tag === 'code') this.out.marked('code', () => this.children(element));
    else if (tag === 'pre' || tag === 'xmp' || tag === 'listing') this.code(element);
    else if (tag === 'a') this.link(element);
    else if (tag === 'img') this.image(element);
    else if (MEDIA.has(tag)) this.media(element, tag);
    else if (tag === 'ul' || tag === 'ol') this.list(element, tag);
    else if (tag === 'li') this.item(element);
    else if (tag === 'blockquote') this.quote(element);
    else if (tag === 'table') this.table(element);
    else if (tag === 'tr') this.row(element);
    else if (tag === 'td' || tag === 'th') this.cell(element, tag === 'th');
    else if (tag === 'dt' || tag === 'summary')
      this.out.separate(() => this.out.marked('bold', () => this.children(element)));
    else if (tag === 'sup' || tag === 'sub') this.shift(element, tag);
    else if (tag === 's' || tag === 'strike' || tag === 'del') this.struck(element);
    else if (BLOCKS.has(tag) || /^(?:tbody|thead|tfoot)$/.test(tag))
      this.out.separate(() => this.children(element));
    else {
      if (tag === 'form' || tag === 'button') this.problems.dropped(tag, this.line, FIELD_REASON);
      else if (!INLINES.has(tag)) this.problems.unknown(tag, this.line);
      this.children(element);
    }
  }

  /** True when so many more levels may be opened; else it is told, and what is inside is kept on this level. */
  private mayNest(levels: number): boolean {
    if (this.out.mayNest(levels)) return true;
    this.problems.tooDeep(this.line);
    return false;
  }

  private code(element: HtmlElement): void {
    const text = clean(preformatted(element)).replace(/^\n|\s+$/g, '');
    const named = element.childNodes.find(isElement);
    const classes = `${attribute(element, 'class')} ${named?.tagName === 'code' ? attribute(named, 'class') : ''}`;
    const language = /(?:^|\s)lang(?:uage)?-([A-Za-z0-9+#._-]{1,30})(?=\s|$)/.exec(classes)?.[1];
    const attrs = language === undefined ? {} : { attrs: { language } };
    if (text !== '') this.out.block({ type: 'codeBlock', ...attrs, content: [{ type: 'text', text }] });
  }

  private link(element: HtmlElement): void {
    const href = attribute(element, 'href').trim();
    const file = this.found.files.get(href);
    const inside = () => this.children(element);
    if (file && !('refused' in file)) {
      this.out.linked(null, inside);
      this.safeBlock(file);
      return;
    }
    const absolute = href.startsWith('//') ? `https:${href}` : href;
    const isSafe = isSafeHref(absolute);
    if (!isSafe && href !== '') this.problems.link(href, this.line, file?.refused);
    this.out.linked(isSafe ? absolute : undefined, inside);
  }

  private image(element: HtmlElement): void {
    const src = attribute(element, 'src');
    const alt = attribute(element, 'alt');
    const image = this.found.images.get(imageKey(src, alt)) ?? null;
    if (image !== null && !('refused' in image) && this.safeBlock(image)) return;
    this.problems.image(
      this.address(src),
      alt,
      this.line,
      image && 'refused' in image ? image.refused : undefined,
    );
  }

  private media(element: HtmlElement, tag: string): void {
    const addresses = mediaAddresses(element);
    const title = mediaTitle(element);
    for (const address of addresses) {
      const file = this.found.files.get(address);
      const block = file && !('refused' in file) ? file : embedded(address, title);
      if (block !== null && this.safeBlock(block)) return;
    }
    for (const address of addresses) {
      const link = linkTo(address, title);
      if (link === null) continue;
      this.problems.linked(tag, address, this.line);
      this.out.block(link);
      return;
    }
    this.problems.media(tag, addresses[0] ?? '', this.line);
    this.out.separate(() => this.children(element));
  }

  /** Blocks that others made are looked at too: what comes out of here is valid, whatever goes in. */
  private safeBlock(block: BlockNode): boolean {
    const checked = blockDocumentSchema.safeParse({ type: 'doc', content: [block] });
    if (checked.success) this.out.block(checked.data.content[0]!);
    return checked.success;
  }

  private list(element: HtmlElement, tag: 'ul' | 'ol'): void {
    if (!this.mayNest(2)) return this.out.separate(() => this.children(element));
    const list = this.out.within(this.out.frame.depth + 1, { items: [] }, () => this.children(element));
    const items = withStrays(list);
    if (items.length === 0) return;
    const start = Number(attribute(element, 'start') || '1');
    const attrs =
      Number.isInteger(start) && start >= 0 && start <= 999_999_999 && start !== 1
        ? { attrs: { start } }
        : {};
    this.out.frame.blocks.push(
      tag === 'ul'
        ? { type: 'bulletList', content: items }
        : { type: 'orderedList', ...attrs, content: items },
    );
  }

  private item(element: HtmlElement): void {
    const list = this.out.frame;
    if (list.items === null) return this.out.separate(() => this.children(element));
    this.out.flush();
    withStrays(list);
    const { blocks } = this.out.within(list.depth + 1, {}, () => this.children(element));
    if (blocks.length > 0) list.items.push(itemOf(blocks));
  }

  private quote(element: HtmlElement): void {
    if (!this.mayNest(1)) return this.out.separate(() => this.children(element));
    const { blocks } = this.out.within(this.out.frame.depth + 1, {}, () => this.children(element));
    if (blocks.length > 0) this.out.frame.blocks.push({ type: 'blockquote', content: blocks });
  }

  private table(element: HtmlElement): void {
    const { line } = this;
    if (!this.mayNest(2)) return this.out.separate(() => this.children(element));
    const { rows, blocks } = this.out.within(this.out.frame.depth + 2, { rows: [] }, () =>
      this.children(element),
    );
    this.out.addAll(blocks);
    if (rows === null || rows.length === 0) return;
    if (isLayout(rows)) {
      for (const cell of rows.flat()) this.out.addAll(cell.blocks);
      return;
    }
    this.problems.table(line);
    const content = listFromRows(rows);
    if (content.length > 0) this.out.frame.blocks.push({ type: 'bulletList', content });
  }

  private row(element: HtmlElement): void {
    this.out.frame.rows?.push([]);
    this.out.separate(() => this.children(element));
  }

  private cell(element: HtmlElement, header: boolean): void {
    const row = this.out.frame.rows?.at(-1);
    if (row === undefined) return this.out.separate(() => this.children(element));
    const { blocks } = this.out.within(this.out.frame.depth, {}, () => this.children(element));
    row.push({ header, blocks });
  }

  private shift(element: HtmlElement, tag: 'sup' | 'sub'): void {
    const text = textIn(element);
    const moved = shifted(text, tag);
    if (text.trim() === '' || moved !== text) return this.out.text(moved);
    this.problems.shift(tag, this.line);
    this.children(element);
  }

  private struck(element: HtmlElement): void {
    this.problems.struck(element.tagName, this.line);
    this.children(element);
  }

  private math(element: HtmlElement): void {
    const text =
      attribute(element, 'alttext') || texOf(element) || textIn(element).replace(/\s+/g, ' ').trim();
    this.problems.dropped('math', this.line, REASONS['math']!, text !== '');
    this.out.text(text);
  }

  private dropped(element: HtmlElement, tag: string): void {
    const said = textIn(element).trim();
    // A style loses nothing that the author wrote.
    this.problems.dropped(
      tag,
      this.line,
      REASONS[tag] ?? FIELD_REASON,
      tag === 'style' || (tag === 'script' && said === ''),
    );
  }
}
