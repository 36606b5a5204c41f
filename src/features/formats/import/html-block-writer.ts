import { BLOCK_DOCUMENT_LIMITS, type BlockNode, type Mark } from '../../catalog/block-document.js';
import type { Frame } from './html-frame.js';
import { InlineRun } from './inline-run.js';

/** Deepest block that may hold a paragraph with text. */
const DEEPEST = BLOCK_DOCUMENT_LIMITS.depth - 2;

/** Writes blocks one after the other: the paragraph, the marks and the open blocks that what comes next belongs to. */
export class BlockWriter {
  frame: Frame = { depth: 1, blocks: [], items: null, rows: null };
  private readonly run = new InlineRun();
  private heading: 2 | 3 | null = null;
  private readonly open = { bold: 0, italic: 0, code: 0 };
  private href: string | null = null;

  text(text: string): void {
    this.run.text(text, this.marks());
  }

  lineBreak(): void {
    this.run.lineBreak();
  }

  marked(mark: 'bold' | 'italic' | 'code', inside: () => void): void {
    this.open[mark] += 1;
    inside();
    this.open[mark] -= 1;
  }

  /** @param href null: no link; left out: the one around it, if any */
  linked(href: string | null | undefined, inside: () => void): void {
    const outer = this.href;
    if (href !== undefined) this.href = href;
    inside();
    this.href = outer;
  }

  headed(level: 2 | 3, inside: () => void): void {
    this.flush();
    const outer = this.heading;
    this.heading = level;
    inside();
    this.flush();
    this.heading = outer;
  }

  /** Ends the paragraph or heading that is being written. */
  flush(): void {
    const content = this.run.take();
    if (content.length === 0) return;
    this.frame.blocks.push(
      this.heading === null
        ? { type: 'paragraph', content }
        : { type: 'heading', attrs: { level: this.heading }, content },
    );
  }

  separate(inside: () => void): void {
    this.flush();
    inside();
    this.flush();
  }

  block(block: BlockNode): void {
    this.flush();
    this.frame.blocks.push(block);
  }

  /** One by one: an argument list has its limits. */
  addAll(blocks: readonly BlockNode[]): void {
    for (const block of blocks) this.frame.blocks.push(block);
  }

  /** What is written inside, as blocks of its own. */
  within(depth: number, parts: Partial<Frame>, inside: () => void): Frame {
    this.flush();
    const outer = this.frame;
    const heading = this.heading;
    this.heading = null;
    const frame: Frame = { depth, blocks: [], items: null, rows: null, ...parts };
    this.frame = frame;
    inside();
    this.flush();
    this.frame = outer;
    this.heading = heading;
    return frame;
  }

  /** Whether so many more levels may be opened. */
  mayNest(levels: number): boolean {
    return this.frame.depth + levels <= DEEPEST;
  }

  private marks(): Mark[] {
    const marks: Mark[] = [];
    if (this.href !== null) marks.push({ type: 'link', attrs: { href: this.href } });
    if (this.open.bold > 0) marks.push({ type: 'bold' });
    if (this.open.italic > 0) marks.push({ type: 'italic' });
    if (this.open.code > 0) marks.push({ type: 'code' });
    return marks;
  }
}
