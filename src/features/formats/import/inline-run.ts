import type { InlineNode, Mark } from '../../catalog/block-document.js';
import { clean } from './clean-text.js';

/** A line of text under construction: white space is one space, as a browser shows it. */
export class InlineRun {
  private nodes: InlineNode[] = [];

  text(raw: string, marks: Mark[]): void {
    let text = clean(raw).replace(/[ \t\n\r\f]+/g, ' ');
    const last = this.nodes.at(-1);
    const afterSpace = last === undefined || last.type === 'hardBreak' || last.text.endsWith(' ');
    if (afterSpace && text.startsWith(' ')) text = text.slice(1);
    if (text === '') return;
    if (last?.type === 'text' && sameMarks(last.marks ?? [], marks)) last.text += text;
    else this.nodes.push(marks.length === 0 ? { type: 'text', text } : { type: 'text', text, marks });
  }

  lineBreak(): void {
    this.nodes.push({ type: 'hardBreak' });
  }

  /** What was gathered, without white space and breaks at its ends; begins anew. */
  take(): InlineNode[] {
    let nodes = this.nodes;
    this.nodes = [];
    let from = 0;
    let to = nodes.length;
    const empty = (node: InlineNode | undefined) =>
      node !== undefined && (node.type === 'hardBreak' || node.text.trim() === '');
    while (from < to && empty(nodes[from])) from += 1;
    while (to > from && empty(nodes[to - 1])) to -= 1;
    nodes = nodes.slice(from, to);
    const first = nodes[0];
    if (first?.type === 'text') nodes[0] = { ...first, text: first.text.trimStart() };
    const last = nodes.at(-1);
    if (last?.type === 'text') nodes[nodes.length - 1] = { ...last, text: last.text.trimEnd() };
    return nodes;
  }
}

function sameMarks(a: readonly Mark[], b: readonly Mark[]): boolean {
  return a.length === b.length && JSON.stringify(a) === JSON.stringify(b);
}
