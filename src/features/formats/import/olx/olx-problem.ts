import { blocksFromHtml, textFromHtml } from '../blocks-from-html.js';
import { blocksFromPlainText } from '../plain-blocks.js';
import { quoted } from '../import-problems.js';
import { saysSomething, type QuestionDraft } from '../question-draft.js';
import { reportKind } from '../question-reports.js';
import type { TakenFiles } from '../taken-files.js';
import { childOf, childrenOf, htmlInside, type XmlElement, type XmlText } from '../xml-tree.js';
import { readerOf, type ResponseReader } from './olx-responses.js';
import type { OlxElement } from './olx-files.js';

type Node = XmlElement | XmlText;

/** The text above a question, and the element that takes the answer. */
interface Part {
  before: Node[];
  response: XmlElement;
  read: ResponseReader;
}

/** Of a problem that are no part of what is asked. */
const APART = new Set(['solution', 'demandhint', 'script', 'hintgroup']);

/**
 * The questions of a problem: one for each element that takes an answer, asked by the text above it. Those of other kinds are reported; a
 * problem whose values a program makes is left out as a whole.
 */
export async function draftsOf(
  problem: OlxElement,
  tags: readonly string[],
  taken: TakenFiles,
): Promise<QuestionDraft[]> {
  const { element, report, name } = problem;
  const title = element.attributes['display_name'] ?? '';
  const script = childOf(element, 'script');
  if (script) {
    reportKind(report, script.line, 'script', title);
    return [];
  }
  const hints = childOf(element, 'demandhint');
  if (hints)
    report.warning('FIELD_IGNORED', hints.line, {
      en: `The hints of ${quoted(title)} that are asked for are left out: here feedback belongs to an answer.`,
      fr: `Les indices à demander de ${quoted(title)} sont laissés de côté : ici, un retour appartient à une réponse.`,
    });
  const parts = partsOf(element);
  if (parts.length === 0) {
    const other = element.nodes.find((node): node is XmlElement => 'name' in node && isResponse(node));
    reportKind(report, other?.line ?? element.line, other?.name ?? 'description', title);
    return [];
  }
  for (const other of elementsIn(element).filter((each) => isResponse(each) && readerOf(each.name) === null))
    reportKind(report, other.line, other.name, title);
  const drafts: QuestionDraft[] = [];
  for (const { before, response, read } of parts) {
    const answers = await read(response, report);
    if (answers === null) continue;
    const { line } = response;
    // Its own explanation, or that of the whole problem.
    const solution = solutionIn(response) ?? solutionIn(element);
    const explanation = solution
      ? await textFromHtml(htmlInside(solution), { report, line: solution.contentLine })
      : '';
    const asked: XmlElement = { ...response, nodes: [...before, ...promptNodes(response)].map(asParagraph) };
    const start = asked.nodes[0]?.line ?? line;
    const source = { report, line: start, image: taken.image, file: taken.file };
    const prompt = await blocksFromHtml(htmlInside({ ...asked, contentLine: start }), source);
    if (!saysSomething(prompt)) prompt.content = blocksFromPlainText(title);
    drafts.push({ name: name || title, line, ...answers, prompt, explanation, tags });
  }
  return drafts;
}

const solutionIn = (element: XmlElement) => elementsIn(element).find(({ name }) => name === 'solution');

function partsOf(problem: XmlElement): Part[] {
  const parts: Part[] = [];
  let before: Node[] = [];
  const visit = (node: Node): void => {
    if ('name' in node) {
      if (APART.has(node.name)) return;
      const read = readerOf(node.name);
      if (read) {
        parts.push({ before, response: node, read });
        before = [];
        return;
      }
      if (isResponse(node)) {
        // What asked for it goes with it.
        before = [];
        return;
      }
      if (elementsIn(node).some(isResponse)) {
        node.nodes.forEach(visit);
        return;
      }
    }
    before.push(node);
  };
  problem.nodes.forEach(visit);
  return parts;
}

const isResponse = ({ name }: XmlElement): boolean => /response$/.test(name);

/** All elements inside, at any depth. */
function elementsIn(element: XmlElement): XmlElement[] {
  return childrenOf(element).flatMap((child) => [child, ...elementsIn(child)]);
}

/** What a response says besides the answers. */
function promptNodes(response: XmlElement): Node[] {
  return response.nodes.filter(
    (node) => 'name' in node && /^(?:label|description|p|div|h[1-6]|ul|ol|pre|img|table)$/.test(node.name),
  );
}

function asParagraph(node: Node): Node {
  return 'name' in node && (node.name === 'label' || node.name === 'description')
    ? { ...node, name: 'p', attributes: {} }
    : node;
}
