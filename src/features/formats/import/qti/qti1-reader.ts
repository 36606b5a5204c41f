import type { DraftOption, QuestionDraft } from '../question-draft.js';
import { reportKind } from '../question-reports.js';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml-tree.js';
import { asHtml, blocksAt, numberIn, textAt, type QtiPlace } from './qti-material.js';
import { conditionsOf, type ScoredCondition } from './qti1-conditions.js';

/** Items of QTI 1.2 (https://www.imsglobal.org/question/), as Common Cartridge profiles them and Canvas writes them. */
export function qti1Items(root: XmlElement): XmlElement[] {
  return childrenOf(root).flatMap((child) => (child.name === 'item' ? [child] : qti1Items(child)));
}

interface Choice {
  id: string;
  text: string;
}

interface Response {
  id: string;
  kind: 'response_lid' | 'response_str' | 'response_num' | 'response_grp' | 'response_xy';
  multiple: boolean;
  /** What stands right before it or in it: of a matching question, the left side. */
  label: string;
  choices: Choice[];
}

/** One item as a draft; null, and reported, for a kind that the bank does not know. */
export async function qti1Question(item: XmlElement, place: QtiPlace): Promise<QuestionDraft | null> {
  const presentation = childOf(item, 'presentation');
  const { title = '', ident = '' } = item.attributes;
  const declared = kindOf(item);
  if (!presentation || LEFT_OUT.has(declared)) {
    reportKind(place.report, item.line, LEFT_OUT.get(declared) ?? (declared || 'unknown'), title);
    return null;
  }
  const { html, line, responses } = await partsOf(presentation, place);
  const conditions = conditionsOf(item);
  const feedback = await feedbackOf(item, place);
  const answer = answerOf(declared, responses, conditions, feedback);
  if (answer === null) {
    reportKind(
      place.report,
      item.line,
      declared || responses.map(({ kind }) => kind).join(', ') || 'no answer',
      title,
    );
    return null;
  }
  return {
    name: ident && !/^[a-z]?[0-9a-f-]{16,}$/i.test(ident) ? ident : title,
    line: item.line,
    prompt: await blocksAt(place, html, line),
    explanation: generalFeedback(conditions, feedback),
    tags: [],
    ...answer,
  };
}

const CHOICE_KINDS: Record<string, QuestionDraft['kind']> = {
  'cc.multiple_choice.v0p1': 'SINGLE_CHOICE',
  'cc.multiple_response.v0p1': 'MULTIPLE_CHOICE',
  'cc.true_false.v0p1': 'TRUE_FALSE',
  multiple_choice_question: 'SINGLE_CHOICE',
  multiple_answers_question: 'MULTIPLE_CHOICE',
  true_false_question: 'TRUE_FALSE',
};

/** Kinds that hold no answer a machine can mark, by what they are called elsewhere. */
const LEFT_OUT = new Map([
  ['cc.essay.v0p1', 'essay'],
  ['essay_question', 'essay'],
  ['file_upload_question', 'essay'],
  ['text_only_question', 'description'],
  ['calculated_question', 'calculated'],
  ['fill_in_multiple_blanks_question', 'several blanks'],
  ['multiple_dropdowns_question', 'several drop-downs'],
]);

/** `cc_profile`, or what Canvas calls `question_type`; empty when the item does not say. */
function kindOf(item: XmlElement): string {
  const fields = childrenOf(item, 'itemmetadata').flatMap((metadata) =>
    childrenOf(metadata, 'qtimetadata').flatMap((each) => childrenOf(each, 'qtimetadatafield')),
  );
  for (const name of ['cc_profile', 'question_type']) {
    const field = fields.find((each) => textOf(childOf(each, 'fieldlabel') ?? each).trim() === name);
    const entry = field && childOf(field, 'fieldentry');
    if (entry) return textOf(entry).trim();
  }
  return '';
}

/** The words of a material as HTML. */
function htmlOf(element: XmlElement): string {
  return childrenOf(element)
    .map((child) => {
      if (child.name === 'mattext' || child.name === 'matemtext')
        return child.attributes.texttype === 'text/plain' ? `<p>${asHtml(textOf(child))}</p>` : textOf(child);
      if (child.name === 'matimage') return `<img src="${asHtml(child.attributes.uri ?? '')}" alt="">`;
      return child.name === 'matbreak' ? '<br>' : htmlOf(child);
    })
    .join('');
}

const RESPONSES = new Set(['response_lid', 'response_str', 'response_num', 'response_grp', 'response_xy']);

async function partsOf(presentation: XmlElement, place: QtiPlace) {
  const prompt: XmlElement[] = [];
  const responses: Response[] = [];
  const visit = async (element: XmlElement): Promise<void> => {
    for (const child of childrenOf(element)) {
      if (RESPONSES.has(child.name)) responses.push(await responseOf(child, place));
      else if (child.name === 'material') prompt.push(child);
      else if (child.name === 'flow' || child.name === 'flow_mat') await visit(child);
    }
  };
  await visit(presentation);
  return { html: prompt.map(htmlOf).join(''), line: prompt[0]?.line ?? presentation.line, responses };
}

async function responseOf(element: XmlElement, place: QtiPlace): Promise<Response> {
  const labels = deepAll(element, 'response_label');
  const material = childOf(element, 'material');
  return {
    id: element.attributes.ident ?? '',
    kind: element.name as Response['kind'],
    multiple: /multiple/i.test(element.attributes.rcardinality ?? ''),
    label: material ? await textAt(place, htmlOf(material), material.line) : '',
    choices: await Promise.all(
      labels.map(async (label) => ({
        id: label.attributes.ident ?? '',
        text: await textAt(place, htmlOf(label), label.line),
      })),
    ),
  };
}

const deepAll = (element: XmlElement, name: string): XmlElement[] =>
  childrenOf(element).flatMap((child) => (child.name === name ? [child] : deepAll(child, name)));

async function feedbackOf(item: XmlElement, place: QtiPlace): Promise<Map<string, string>> {
  const feedback = new Map<string, string>();
  for (const element of childrenOf(item, 'itemfeedback'))
    feedback.set(element.attributes.ident ?? '', await textAt(place, htmlOf(element), element.line));
  return feedback;
}

type Answer = Pick<QuestionDraft, 'kind' | 'options'>;

function answerOf(
  declared: string,
  responses: readonly Response[],
  conditions: readonly ScoredCondition[],
  feedback: ReadonlyMap<string, string>,
): Answer | null {
  const [first] = responses;
  if (!first) return null;
  if (responses.length > 1)
    return responses.every(({ kind, choices }) => kind === 'response_lid' && choices.length > 0)
      ? matching(responses, conditions)
      : null;
  if (first.kind === 'response_lid' && first.choices.length > 0)
    return choice(declared, first, conditions, feedback);
  if (first.kind === 'response_num' || declared === 'numerical_question')
    return numbers(conditions, feedback);
  return first.kind === 'response_str' ? texts(conditions, feedback) : null;
}

/** What a condition says when it shows something: joined, each once. */
const said = ({ feedback: ids }: ScoredCondition, feedback: ReadonlyMap<string, string>): string =>
  [...new Set(ids.map((id) => feedback.get(id) ?? ''))].filter((text) => text !== '').join('\n');

/** The feedback that is shown whatever was answered, which belongs to no choice. */
function generalFeedback(
  conditions: readonly ScoredCondition[],
  feedback: ReadonlyMap<string, string>,
): string {
  const general = conditions.filter(
    ({ wanted, bounds, score }) => wanted.length + bounds.length === 0 && score === 0,
  );
  return general.map((condition) => said(condition, feedback)).find((text) => text !== '') ?? '';
}

function choice(
  declared: string,
  { choices, multiple }: Response,
  conditions: readonly ScoredCondition[],
  feedback: ReadonlyMap<string, string>,
): Answer {
  const kind = CHOICE_KINDS[declared] ?? (multiple ? 'MULTIPLE_CHOICE' : 'SINGLE_CHOICE');
  const scoring = conditions.filter(({ score }) => score > 0);
  const best = Math.max(0, ...scoring.map(({ score }) => score));
  const whole = scoring.find(({ wanted, any }) => !any && wanted.length > 1);
  const options = choices.map(({ id, text }): DraftOption => {
    const own = scoring.filter(({ wanted }) => wanted.some(({ value }) => value === id));
    const told = conditions.filter(({ wanted }) => wanted.length === 1 && wanted[0]!.value === id);
    const share =
      own.length === 0 || best === 0 ? 0 : (Math.max(...own.map(({ score }) => score)) / best) * 100;
    const correct = kind === 'MULTIPLE_CHOICE' && whole ? own.includes(whole) : share > 0;
    return {
      text,
      feedback: told.map((condition) => said(condition, feedback)).find((each) => each !== '') ?? '',
      correct,
      ...(kind === 'SINGLE_CHOICE' && share > 0 && share < 100 && { weight: share }),
    };
  });
  if (kind !== 'TRUE_FALSE') return { kind, options };
  const truth = (option: DraftOption, index: number): boolean | null => {
    const words = `${choices[index]!.id} ${option.text}`.toLowerCase();
    if (/\b(true|vrai|yes|oui)\b/.test(words)) return true;
    return /\b(false|faux|no|non)\b/.test(words) ? false : null;
  };
  const named = options.map(truth);
  if (options.length !== 2 || named[0] === null || named[1] === null || named[0] === named[1])
    return { kind: 'SINGLE_CHOICE', options };
  return { kind, options: options.map((option, index) => ({ ...option, text: String(named[index]) })) };
}

function matching(responses: readonly Response[], conditions: readonly ScoredCondition[]): Answer {
  const matchOf = ({ id, choices }: Response): string => {
    const right = conditions
      .filter(({ score }) => score > 0)
      .flatMap(({ wanted }) => wanted.filter(({ response }) => response === id));
    return choices.find((each) => each.id === right[0]?.value)?.text ?? '';
  };
  const pairs = responses.map((response): DraftOption => ({
    text: response.label,
    feedback: '',
    correct: true,
    match: matchOf(response),
  }));
  const used = new Set(pairs.map(({ match }) => match));
  const extra = [...new Set(responses.flatMap(({ choices }) => choices.map(({ text }) => text)))]
    .filter((text) => !used.has(text))
    .map((match): DraftOption => ({ text: '', feedback: '', correct: false, match }));
  return { kind: 'MATCHING', options: [...pairs, ...extra] };
}

function texts(conditions: readonly ScoredCondition[], feedback: ReadonlyMap<string, string>): Answer {
  const best = Math.max(0, ...conditions.map(({ score }) => score));
  const byText = new Map<string, DraftOption>();
  for (const condition of conditions)
    for (const { value } of condition.wanted) {
      const known = byText.get(value) ?? { text: value, feedback: '', correct: false };
      byText.set(value, known);
      known.feedback ||= said(condition, feedback);
      if (condition.score <= 0) continue;
      known.correct = true;
      if (condition.score < best) known.weight = (condition.score / best) * 100;
    }
  return {
    kind: 'SHORT_TEXT',
    options: [...byText.values()].filter(({ correct, feedback: told }) => correct || told !== ''),
  };
}

function numbers(conditions: readonly ScoredCondition[], feedback: ReadonlyMap<string, string>): Answer {
  const options = conditions
    .filter(({ score }) => score > 0)
    .flatMap((condition): DraftOption[] => {
      const told = { text: '', feedback: said(condition, feedback), correct: true };
      const ranges = condition.bounds.flatMap(({ low, high }) =>
        low === undefined || high === undefined || high < low
          ? []
          : [{ value: (low + high) / 2, tolerance: (high - low) / 2 }],
      );
      if (ranges.length > 0) return ranges.map((number) => ({ ...told, number }));
      return condition.wanted.flatMap(({ value }) => {
        const exact = numberIn(value);
        return exact === undefined ? [] : [{ ...told, number: { value: exact, tolerance: 0 } }];
      });
    });
  return { kind: 'NUMBER', options };
}
