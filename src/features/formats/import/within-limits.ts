import {
  BLOCK_DOCUMENT_LIMITS,
  brokenLimit,
  plainText,
  type BlockDocument,
  type BlockNode,
  type InlineNode,
  type ListItemNode,
} from '../../catalog/block-document.js';
import { quoted, type FileReport } from './import-problems.js';

interface Budget {
  nodes: number;
  text: number;
}

/**
 * The document, or as much of its beginning as the bounds allow; what is cut off is reported at the line. Its depth must be
 * within the bounds.
 */
export function withinLimits(content: BlockNode[], line: number, report: FileReport): BlockDocument {
  const whole: BlockDocument = { type: 'doc', content };
  if (brokenLimit(whole) === null) return whole;
  const budget = { nodes: BLOCK_DOCUMENT_LIMITS.nodes - 1, text: BLOCK_DOCUMENT_LIMITS.textLength };
  const kept: BlockDocument = { type: 'doc', content: cutBlocks(content, budget) };
  const end = quoted([...plainText(kept)].slice(-40).join(''));
  report.error('CONTENT_TOO_LARGE', line, {
    en: `This text is longer than a text may be (${BLOCK_DOCUMENT_LIMITS.textLength} characters, ${BLOCK_DOCUMENT_LIMITS.nodes} parts); what follows ${end} is left out. Split it in two and import again.`,
    fr: `Ce texte est plus long que permis (${BLOCK_DOCUMENT_LIMITS.textLength} caractères, ${BLOCK_DOCUMENT_LIMITS.nodes} éléments) ; ce qui suit ${end} est laissé de côté. Coupez-le en deux et importez à nouveau.`,
  });
  return kept;
}

function cutBlocks(blocks: readonly BlockNode[], budget: Budget): BlockNode[] {
  const kept: BlockNode[] = [];
  for (const block of blocks) {
    if (budget.nodes < 1 || budget.text < 1) break;
    budget.nodes -= 1;
    const cut = cutBlock(block, budget);
    if (cut !== null) kept.push(cut);
  }
  return kept;
}

function cutBlock(block: BlockNode, budget: Budget): BlockNode | null {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return block.content ? { ...block, content: cutInline(block.content, budget) } : block;
    case 'codeBlock':
      return {
        ...block,
        content: cutInline(block.content ?? [], budget).filter((node) => node.type === 'text'),
      };
    case 'blockquote':
    case 'callout': {
      const content = cutBlocks(block.content, budget);
      return content.length > 0 ? { ...block, content } : null;
    }
    case 'bulletList':
    case 'orderedList': {
      const content: ListItemNode[] = [];
      for (const item of block.content) {
        // An item and the paragraph that it begins with.
        if (budget.nodes < 2 || budget.text < 1) break;
        budget.nodes -= 1;
        content.push({ type: 'listItem', content: cutBlocks(item.content, budget) });
      }
      return content.length > 0 ? { ...block, content } : null;
    }
    default:
      return block;
  }
}

function cutInline(nodes: readonly InlineNode[], budget: Budget): InlineNode[] {
  const kept: InlineNode[] = [];
  for (const node of nodes) {
    if (budget.nodes < 1 || budget.text < 1) break;
    budget.nodes -= 1;
    if (node.type === 'text') {
      const text = node.text.slice(0, budget.text).replace(/[\uD800-\uDBFF]$/, '');
      budget.text -= node.text.length;
      if (text !== '') kept.push({ ...node, text });
    } else kept.push(node);
  }
  return kept;
}
