import type { DraftOption, QuestionDraft } from '../question-draft.js';
import { reportKind } from '../question-reports.js';
import { childOf, childrenOf, htmlInside, textOf, type XmlElement, type XmlText } from '../xml-tree.js';
import { blocksAt, numberIn, textAt, type QtiPlace } from './qti-material.js';

/** Interactions that the bank has a kind for, by their names in QTI 2.x. */
const INTERACTIONS = [
  'choiceInteraction',
  'textEntryInteraction',
  'matchInteraction',
  'orderInteraction',
] as const;
type Interaction = (typeof INTERACTIONS)[number];

interface Declaration {
  /** In the order of the file. */
  correct: string[];
  multiple: boolean;
  baseType: string;
  /** Points by answer. */
  mapping: ReadonlyMap<string, number>;
}

/**
 * An `assessmentItem` of QTI 2.1 or 2.2, or of 3.0 by the names of 2.x (https://www.imsglobal.org/question/), as a draft; null, and
 * reported, when the bank has no kind for what it asks.
 */
export async function qti2Question(
  item: XmlElement,
  place: QtiPlace,
  tags: readonly string[],
): Promise<QuestionDraft | null> {
  const { title = '', identifier = '' } = item.attributes;
  const body = childOf(item, 'itemBody');
  const found = body ? interactionsIn(body) : [];
  const [interaction] = found;
  if (!body || !interaction || found.length > 1 || !isKnown(interaction.name)) {
    const kind = found.length > 1 ? 'several interactions' : kindName(interaction?.name);
    reportKind(place.report, item.line, kind, title);
    return null;
  }
  const declaration = declarationOf(item, interaction.attributes.responseIdentifier ?? 'RESPONSE');
  const feedback = await feedbackOf(item, place);
  const prompt = childOf(interaction, 'prompt');
  const asked = [htmlWithout(body, interaction), prompt ? htmlInside(prompt) : ''].join('');
  return {
    name: /^[a-z]?[0-9a-f-]{16,}$/i.test(identifier) ? title : identifier,
    line: item.line,
    prompt: await blocksAt(place, asked, body.contentLine),
    explanation: feedback.general,
    tags,
    ...(await READERS[interaction.name](interaction, declaration, item, place, feedback.byAnswer)),
  };
}

const isKnown = (name: string): name is Interaction => (INTERACTIONS as readonly string[]).includes(name);

const kindName = (name: string | undefined): string =>
  name === 'extendedTextInteraction' || name === 'uploadInteraction' ? 'essay' : (name ?? 'description');

type KnownInteraction = XmlElement & { name: Interaction };

function interactionsIn(element: XmlElement): XmlElement[] {
  return childrenOf(element).flatMap((child) =>
    child.name.endsWith('Interaction') ? [child] : interactionsIn(child),
  );
}

/** The text around the interaction; a gap in a sentence stays visible. */
function htmlWithout(element: XmlElement, interaction: XmlElement): string {
  const gap: XmlText[] =
    interaction.name === 'textEntryInteraction' ? [{ text: '_____', line: interaction.line }] : [];
  const part = (node: XmlElement | XmlText): (XmlElement | XmlText)[] => {
    if ('text' in node) return [node];
    return node === interaction ? gap : [cut(node)];
  };
  const cut = (each: XmlElement): XmlElement => ({ ...each, nodes: each.nodes.flatMap(part) });
  return htmlInside(cut(element));
}

function declarationOf(item: XmlElement, response: string): Declaration {
  const element = childrenOf(item, 'responseDeclaration').find(
    ({ attributes }) => attributes.identifier === response,
  );
  const mapping = element && childOf(element, 'mapping');
  const entries = mapping ? childrenOf(mapping, 'mapEntry') : [];
  return {
    correct: valuesOf(element && childOf(element, 'correctResponse')),
    multiple: /multiple|ordered/.test(element?.attributes.cardinality ?? ''),
    baseType: element?.attributes.baseType ?? '',
    mapping: new Map(
      entries.map(({ attributes }) => [attributes.mapKey ?? '', numberIn(attributes.mappedValue) ?? 0]),
    ),
  };
}

const valuesOf = (element: XmlElement | undefined): string[] =>
  element ? childrenOf(element, 'value').map((value) => textOf(value).trim()) : [];

/** Feedback that bears the name of an answer belongs to it; the first other one is the explanation. */
async function feedbackOf(item: XmlElement, place: QtiPlace) {
  const byAnswer = new Map<string, string>();
  let general = '';
  const answers = new Set(deepIdentifiers(childOf(item, 'itemBody')));
  for (const element of childrenOf(item, 'modalFeedback')) {
    const text = await textAt(place, htmlInside(element), element.contentLine);
    const { identifier = '' } = element.attributes;
    if (answers.has(identifier)) byAnswer.set(identifier, text);
    else general ||= text;
  }
  return { byAnswer, general };
}

const deepIdentifiers = (element: XmlElement | undefined): string[] =>
  element
    ? childrenOf(element).flatMap((child) => [child.attributes.identifier ?? '', ...deepIdentifiers(child)])
    : [];

type Answer = Pick<QuestionDraft, 'kind' | 'options'>;
type Reader = (
  interaction: XmlElement,
  declaration: Declaration,
  item: XmlElement,
  place: QtiPlace,
  feedback: ReadonlyMap<string, string>,
) => Answer | Promise<Answer>;

const READERS: Record<KnownInteraction['name'], Reader> = {
  choiceInteraction: choice,
  textEntryInteraction: textEntry,
  matchInteraction: match,
  orderInteraction: order,
};

/** What a choice says, without the feedback inside it. */
async function choiceText(choice: XmlElement, place: QtiPlace): Promise<string> {
  const words = {
    ...choice,
    nodes: choice.nodes.filter((node) => !('name' in node && node.name === 'feedbackInline')),
  };
  return textAt(place, htmlInside(words), choice.contentLine);
}

async function inlineFeedback(choice: XmlElement, place: QtiPlace): Promise<string> {
  const inline = childOf(choice, 'feedbackInline');
  return inline ? textAt(place, htmlInside(inline), inline.contentLine) : '';
}

async function choice(...[interaction, declaration, , place, feedback]: Parameters<Reader>): Promise<Answer> {
  const { correct, mapping, multiple } = declaration;
  const kind = multiple && interaction.attributes.maxChoices !== '1' ? 'MULTIPLE_CHOICE' : 'SINGLE_CHOICE';
  const best = Math.max(0, ...mapping.values());
  const positive = [...mapping.values()]
    .filter((points) => points > 0)
    .reduce((sum, points) => sum + points, 0);
  const whole = kind === 'SINGLE_CHOICE' ? best : positive;
  const weighed = whole > 0 && (kind === 'MULTIPLE_CHOICE' || mapping.size > 1);
  const options = await Promise.all(
    childrenOf(interaction, 'simpleChoice').map(async (element): Promise<DraftOption> => {
      const { identifier = '' } = element.attributes;
      const weight = weighed ? ((mapping.get(identifier) ?? 0) / whole) * 100 : undefined;
      return {
        text: await choiceText(element, place),
        feedback: feedback.get(identifier) || (await inlineFeedback(element, place)),
        correct: correct.length > 0 ? correct.includes(identifier) : (mapping.get(identifier) ?? 0) > 0,
        ...(weight !== undefined && { weight }),
      };
    }),
  );
  return { kind, options };
}

function textEntry(...[, declaration, item]: Parameters<Reader>): Answer {
  const { correct, mapping, baseType } = declaration;
  if (baseType === 'float' || baseType === 'integer') {
    const tolerance = toleranceOf(item);
    const options = correct.flatMap((text): DraftOption[] => {
      const value = numberIn(text);
      return value === undefined
        ? []
        : [{ text: '', feedback: '', correct: true, number: { value, tolerance: tolerance(value) } }];
    });
    return { kind: 'NUMBER', options };
  }
  const best = Math.max(0, ...mapping.values());
  const answers = [...new Set([...correct, ...mapping.keys()])];
  const options = answers.flatMap((text): DraftOption[] => {
    const points = mapping.get(text);
    if (points !== undefined && points <= 0) return [];
    const share = points === undefined || best === 0 ? 100 : (points / best) * 100;
    return [{ text, feedback: '', correct: true, ...(share < 100 && { weight: share }) }];
  });
  return { kind: 'SHORT_TEXT', options };
}

/** Of the first `equal` in the processing: absolute, or relative in percent; the wider of its two sides. */
function toleranceOf(item: XmlElement): (value: number) => number {
  const equal = first(childOf(item, 'responseProcessing'), 'equal');
  const sides = (equal?.attributes.tolerance ?? '').split(/\s+/).map((side) => numberIn(side) ?? 0);
  const widest = Math.max(0, ...sides);
  return equal?.attributes.toleranceMode === 'relative'
    ? (value) => (Math.abs(value) * widest) / 100
    : () => widest;
}

function first(element: XmlElement | undefined, name: string): XmlElement | undefined {
  for (const child of element ? childrenOf(element) : []) {
    const found = child.name === name ? child : first(child, name);
    if (found) return found;
  }
  return undefined;
}

async function match(...[interaction, declaration, , place]: Parameters<Reader>): Promise<Answer> {
  const [left, right] = childrenOf(interaction, 'simpleMatchSet').map((set) =>
    childrenOf(set, 'simpleAssociableChoice'),
  );
  const texts = new Map<string, string>();
  for (const element of [...(left ?? []), ...(right ?? [])])
    texts.set(element.attributes.identifier ?? '', await choiceText(element, place));
  const pairs = declaration.correct.map((value) => value.split(/\s+/));
  const options = (left ?? []).map((element): DraftOption => {
    const { identifier = '' } = element.attributes;
    const partner = pairs.find(([source]) => source === identifier)?.[1];
    return {
      text: texts.get(identifier) ?? '',
      feedback: '',
      correct: true,
      match: partner === undefined ? '' : (texts.get(partner) ?? ''),
    };
  });
  const used = new Set(options.map((option) => option.match));
  const extra = (right ?? [])
    .map(({ attributes }) => texts.get(attributes.identifier ?? '') ?? '')
    .filter((text) => text !== '' && !used.has(text))
    .map((text): DraftOption => ({ text: '', feedback: '', correct: false, match: text }));
  return { kind: 'MATCHING', options: [...options, ...extra] };
}

async function order(...[interaction, declaration, , place]: Parameters<Reader>): Promise<Answer> {
  const choices = childrenOf(interaction, 'simpleChoice');
  const ranked = declaration.correct.flatMap(
    (identifier) => choices.find(({ attributes }) => attributes.identifier === identifier) ?? [],
  );
  const options = await Promise.all(
    ranked.map(async (element): Promise<DraftOption> => ({
      text: await choiceText(element, place),
      feedback: '',
      correct: true,
    })),
  );
  return { kind: 'ORDERING', options };
}
