import type { NumberAnswer, QuestionKind } from '../../../catalog/course-content.js';
import { textFromHtml } from '../blocks-from-html.js';
import { quoted, type FileReport, type Sentence } from '../import-problems.js';
import type { DraftOption } from '../question-draft.js';
import { childOf, childrenOf, htmlInside, type XmlElement } from '../xml-tree.js';

interface Answers {
  kind: QuestionKind;
  options: DraftOption[];
}

/** Reads the answers of a response; null, and reported, when they cannot be marked here. */
export type ResponseReader = (response: XmlElement, report: FileReport) => Promise<Answers | null>;

const READERS: Record<string, ResponseReader> = {
  multiplechoiceresponse: (response, report) => choices('SINGLE_CHOICE', 'choicegroup', response, report),
  choiceresponse: (response, report) => choices('MULTIPLE_CHOICE', 'checkboxgroup', response, report),
  optionresponse: dropdown,
  stringresponse: strings,
  numericalresponse: numbers,
};

/** Null for a kind of response that the bank does not know. */
export function readerOf(name: string): ResponseReader | null {
  return Object.hasOwn(READERS, name) ? READERS[name]! : null;
}

const isTrue = (word: string | undefined) => /^true$/i.test(word ?? '');

function refuse(report: FileReport, { line }: XmlElement, { en, fr }: Sentence): null {
  report.error('QUESTION_ANSWER', line, {
    en: `${en} The question is left out.`,
    fr: `${fr} La question est laissée de côté.`,
  });
  return null;
}

async function choices(
  kind: QuestionKind,
  group: string,
  response: XmlElement,
  report: FileReport,
): Promise<Answers> {
  const holder = childOf(response, group) ?? response;
  const options: DraftOption[] = [];
  for (const choice of childrenOf(holder, 'choice'))
    options.push(await optionOf(choice, 'choicehint', report));
  const compound = childrenOf(holder, 'compoundhint')[0];
  if (compound)
    report.warning('FIELD_IGNORED', compound.line, {
      en: 'A hint for several choices together is left out: here feedback belongs to one answer.',
      fr: 'Un indice pour plusieurs choix ensemble est laissé de côté : ici, un retour appartient à une réponse.',
    });
  return { kind, options };
}

/** A choice with its text, and what is said when it is chosen. */
async function optionOf(choice: XmlElement, hint: string, report: FileReport): Promise<DraftOption> {
  const at = { report, line: choice.contentLine };
  const hints = childrenOf(choice, hint).filter(
    ({ attributes }) => attributes['selected'] === undefined || isTrue(attributes['selected']),
  );
  const text = { ...choice, nodes: choice.nodes.filter((node) => !('name' in node && node.name === hint)) };
  const partial = choice.attributes['correct'] === 'partial';
  return {
    text: await textFromHtml(htmlInside(text), at),
    feedback: hints[0]
      ? await textFromHtml(htmlInside(hints[0]), { report, line: hints[0].contentLine })
      : '',
    correct: isTrue(choice.attributes['correct']),
    ...(partial && { weight: 100 * Number(choice.attributes['point_value'] ?? '0.5') || 50 }),
  };
}

async function dropdown(response: XmlElement, report: FileReport): Promise<Answers | null> {
  const inputs = childrenOf(response, 'optioninput');
  const [input, ...others] = inputs;
  if (input === undefined || others.length > 0)
    return refuse(report, response, {
      en: 'It has several lists to choose from; ask with one question for each list.',
      fr: 'Elle a plusieurs listes de choix ; posez une question par liste.',
    });
  const options: DraftOption[] = [];
  for (const option of childrenOf(input, 'option'))
    options.push(await optionOf(option, 'optionhint', report));
  if (options.length > 0) return { kind: 'SINGLE_CHOICE', options };
  // The older way: options="('a','b')" correct="a".
  const right = input.attributes['correct'] ?? '';
  const texts = [...(input.attributes['options'] ?? '').matchAll(/'((?:\\.|[^'\\])*)'|"((?:\\.|[^"\\])*)"/g)];
  for (const [, single, double] of texts) {
    const text = (single ?? double ?? '').replace(/\\(.)/g, '$1').trim();
    options.push({ text, feedback: '', correct: text === right.trim() });
  }
  return { kind: 'SINGLE_CHOICE', options };
}

async function strings(response: XmlElement, report: FileReport): Promise<Answers | null> {
  if (/\bregexp\b/.test(response.attributes['type'] ?? ''))
    return refuse(report, response, {
      en: 'Its answers are regular expressions; write the accepted answers, with * for any text.',
      fr: 'Ses réponses sont des expressions régulières ; écrivez les réponses acceptées, avec * pour n’importe quel texte.',
    });
  const said = async (element: XmlElement | undefined) =>
    element ? textFromHtml(htmlInside(element), { report, line: element.contentLine }) : '';
  const options: DraftOption[] = [];
  const add = async (element: XmlElement, correct: boolean, hint: XmlElement | undefined) => {
    const text = (element.attributes['answer'] ?? '').trim();
    if (text !== '') options.push({ text, feedback: await said(hint), correct });
  };
  await add(response, true, childOf(response, 'correcthint'));
  for (const more of childrenOf(response, 'additional_answer'))
    await add(more, true, childOf(more, 'correcthint'));
  for (const wrong of childrenOf(response, 'stringequalhint')) await add(wrong, false, wrong);
  return { kind: 'SHORT_TEXT', options };
}

async function numbers(response: XmlElement, report: FileReport): Promise<Answers | null> {
  const parameter = childrenOf(response, 'responseparam').find(
    ({ attributes }) => attributes['type'] === 'tolerance',
  );
  const tolerance = parameter?.attributes['default'] ?? '0';
  const hint = childOf(response, 'correcthint');
  const options: DraftOption[] = [];
  for (const [at, element] of [response, ...childrenOf(response, 'additional_answer')].entries()) {
    const words = element.attributes['answer'] ?? '';
    const number = numberOf(words, tolerance);
    if (number === null)
      return refuse(report, element, {
        en: `Its answer ${quoted(words)} is not a number or a range of numbers.`,
        fr: `Sa réponse ${quoted(words)} n’est ni un nombre, ni un intervalle de nombres.`,
      });
    const feedback =
      at === 0 && hint ? await textFromHtml(htmlInside(hint), { report, line: hint.contentLine }) : '';
    options.push({ text: '', feedback, correct: true, number });
  }
  return { kind: 'NUMBER', options };
}

/** A number with a tolerance, absolute or in percent of it, or a range such as `[5, 7)`, whose ends count as inside. */
function numberOf(words: string, tolerance: string): NumberAnswer | null {
  const range = /^\s*[[(]\s*([^,;]+)[,;]\s*([^,;]+)[\])]\s*$/.exec(words);
  if (range) {
    const [low, high] = [Number(range[1]), Number(range[2])];
    const [value, off] = [(low + high) / 2, Math.abs(high - low) / 2].map((each) =>
      Number(each.toPrecision(15)),
    );
    return Number.isFinite(value) ? { value: value!, tolerance: off! } : null;
  }
  const value = Number(words);
  const share = /^\s*([\d.]+)\s*%\s*$/.exec(tolerance)?.[1];
  const off =
    share === undefined
      ? Math.abs(Number(tolerance))
      : Number(((Math.abs(value) * Number(share)) / 100).toPrecision(15));
  return words.trim() !== '' && Number.isFinite(value) && Number.isFinite(off)
    ? { value, tolerance: off }
    : null;
}
