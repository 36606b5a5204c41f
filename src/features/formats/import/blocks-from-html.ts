import { plainText, type BlockDocument } from '../../catalog/block-document.js';
import { clean } from './clean-text.js';
import { HtmlConverter } from './html-converter.js';
import { findFiles, type HtmlSource } from './html-files.js';
import { parseHtml } from './parse-html.js';
import { withinLimits } from './within-limits.js';

export type { HtmlSource, Refused } from './html-files.js';

/**
 * HTML as a block document, always within its bounds and its schema. Nothing of the HTML itself is kept: each element becomes what
 * it means, or its text, or is left out; the last two are reported once for each kind of element, at the line of the first.
 * Time grows linearly with the length of the HTML.
 */
export async function blocksFromHtml(html: string, source: HtmlSource): Promise<BlockDocument> {
  const parsed = parseHtml(html);
  const found = await findFiles(parsed.nodes, parsed.address, source);
  const converter = new HtmlConverter(source, found, parsed.address);
  if (parsed.textOnly) {
    source.report.error('HTML', source.line, {
      en: 'The HTML is nested too deeply, or one of its tags is too long; only its text is kept. Open it in an editor, simplify it and import again.',
      fr: 'Le HTML est trop profondément imbriqué, ou une de ses balises est trop longue ; seul son texte est gardé. Ouvrez-le dans un éditeur, simplifiez-le et importez à nouveau.',
    });
  }
  return withinLimits(converter.convert(parsed.nodes), source.line, source.report);
}

/** HTML as plain text, one line per block: for options, feedback and explanations, which hold no formatting. Pictures are reported. */
export async function textFromHtml(html: string, at: Pick<HtmlSource, 'report' | 'line'>): Promise<string> {
  if (!/[<&]/.test(html)) return clean(html).replace(/\s+/g, ' ').trim();
  const refused = {
    en: 'here only text may stand; put it into the question',
    fr: 'seul du texte peut se trouver ici ; placez-la dans la question',
  };
  return plainText(await blocksFromHtml(html, { ...at, image: () => ({ refused }) })).trim();
}
