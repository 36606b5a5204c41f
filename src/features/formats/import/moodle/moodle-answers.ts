import type { QuestionKind } from '../../../catalog/course-content.js';
import { quoted, type FileReport } from '../import-problems.js';
import type { DraftOption } from '../question-draft.js';
import { lettersOf } from '../rich-text.js';
import { childOf, childrenOf, textOf, type XmlElement } from '../xml-tree.js';
import { richText, textIn } from './moodle-text.js';

interface Answers {
  kind: QuestionKind;
  options: DraftOption[];
}

type Read = (question: XmlElement, report: FileReport) => Promise<Answers>;

const READERS: Record<string, Read> = {
  multichoice: async (question, report) => ({
    kind: ['true', '1'].includes(textIn(question, 'single')) ? 'SINGLE_CHOICE' : 'MULTIPLE_CHOICE',
    options: await weighedAnswers(question, report),
  }),
  multichoiceset: async (question, report) => ({
    kind: 'MULTIPLE_CHOICE',
    // All or nothing in that plugin; here each right one gives its share.
    options: (await weighedAnswers(question, report)).map(({ weight, ...option }) => ({
      ...option,
      correct: weight === 100,
    })),
  }),
  truefalse: async (question, report) => {
    const options = await weighedAnswers(question, report);
    const truth = options.find(({ text }) => text.toLowerCase() === 'true');
    const lie = options.find(({ text }) => text.toLowerCase() === 'false');
    const isTrue = (truth?.weight ?? 0) > (lie?.weight ?? 0);
    return {
      kind: 'TRUE_FALSE',
      options: [
        { text: 'true', feedback: truth?.feedback ?? '', correct: isTrue },
        { text: 'false', feedback: lie?.feedback ?? '', correct: !isTrue },
      ],
    };
  },
  shortanswer: async (question, report) => {
    if (textIn(question, 'usecase') === '1')
      report.warning('FIELD_IGNORED', question.line, {
        en: `The question ${quoted(textIn(question, 'name'))} minded upper and lower case; here they count as the same.`,
        fr: `La question ${quoted(textIn(question, 'name'))} distinguait majuscules et minuscules ; ici, elles comptent comme les mêmes.`,
      });
    return { kind: 'SHORT_TEXT', options: await weighedAnswers(question, report) };
  },
  numerical: numbers,
  matching: pairs,
  match: pairs,
  ordering,
};

/** The kind of a question and its answers; null for a kind that the bank does not know. */
export async function answersOf(
  question: XmlElement,
  type: string,
  report: FileReport,
): Promise<Answers | null> {
  return Object.hasOwn(READERS, type) ? READERS[type]!(question, report) : null;
}

async function weighedAnswers(question: XmlElement, report: FileReport): Promise<DraftOption[]> {
  const options: DraftOption[] = [];
  for (const answer of childrenOf(question, 'answer')) {
    const weight = fractionOf(answer);
    options.push({
      text: await lettersOf(richText(answer, answer.line), report),
      ...(await said(answer, report)),
      correct: weight > 0,
      weight,
    });
  }
  return options;
}

/** In percent. */
function fractionOf({ attributes }: XmlElement): number {
  const fraction = Number((attributes['fraction'] ?? '0').replace(',', '.'));
  return Number.isFinite(fraction) ? fraction : 0;
}

async function said(answer: XmlElement, report: FileReport): Promise<{ feedback: string }> {
  const feedback = childOf(answer, 'feedback');
  return { feedback: feedback ? await lettersOf(richText(feedback, answer.line), report) : '' };
}

async function numbers(question: XmlElement, report: FileReport): Promise<Answers> {
  const options: DraftOption[] = [];
  for (const answer of childrenOf(question, 'answer')) {
    const words = textOf(childOf(answer, 'text') ?? answer).trim();
    const value = Number(words.replace(',', '.'));
    const tolerance = Math.abs(Number(textIn(answer, 'tolerance').replace(',', '.') || '0'));
    if (words === '' || !Number.isFinite(value) || !Number.isFinite(tolerance)) {
      report.warning('QUESTION_ANSWER', answer.line, {
        en: `The answer ${quoted(words)} is not a number and is left out.`,
        fr: `La réponse ${quoted(words)} n’est pas un nombre et est laissée de côté.`,
      });
      continue;
    }
    const weight = fractionOf(answer);
    options.push({
      text: '',
      ...(await said(answer, report)),
      correct: weight > 0,
      weight,
      number: { value, tolerance },
    });
  }
  const units = childOf(question, 'units');
  if (units && childrenOf(units, 'unit').length > 0)
    report.warning('FIELD_IGNORED', units.line, {
      en: `The units of ${quoted(textIn(question, 'name'))} are left out: learners write figures only. Say in the question which unit is meant.`,
      fr: `Les unités de ${quoted(textIn(question, 'name'))} sont laissées de côté : les apprenants n’écrivent que des chiffres. Dites dans la question quelle unité est attendue.`,
    });
  return { kind: 'NUMBER', options };
}

async function pairs(question: XmlElement, report: FileReport): Promise<Answers> {
  const options: DraftOption[] = [];
  for (const pair of childrenOf(question, 'subquestion')) {
    const text = await lettersOf(richText(pair, pair.line), report);
    options.push({ text, match: textIn(pair, 'answer'), feedback: '', correct: text !== '' });
  }
  return { kind: 'MATCHING', options };
}

/** In the plugin "Ordering" the fraction of an item is its place, from 1. */
async function ordering(question: XmlElement, report: FileReport): Promise<Answers> {
  const items = await weighedAnswers(question, report);
  const places = items.map(({ weight = 0 }) => weight);
  const counted =
    new Set(places).size === items.length && places.every((place) => Number.isInteger(place) && place > 0);
  const inOrder = counted ? items.toSorted((a, b) => a.weight! - b.weight!) : items;
  return {
    kind: 'ORDERING',
    options: inOrder.map(({ text, feedback }) => ({ text, feedback, correct: true })),
  };
}
