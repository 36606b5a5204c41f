import type { QuestionContent, QuestionOption, QuizContent } from '../../catalog/course-content.js';
import { escapeHtml } from '../../catalog/escape-html.js';
import { fractionOf, lettersIn, promptIn } from './exported-question.js';
import { htmlFromBlocks, type FileAddress } from './html-from-blocks.js';

/** What an assessment or a bank is written with. */
interface Writing {
  locale: string;
  address: FileAddress;
}

/**
 * `cc_profile` of the kinds that Common Cartridge has (1.3, section 4.10); for the others, what Canvas and its readers call them: a
 * platform that does not know them leaves them out.
 */
const PROFILES: Record<QuestionContent['kind'], [field: string, entry: string] | null> = {
  SINGLE_CHOICE: ['cc_profile', 'cc.multiple_choice.v0p1'],
  MULTIPLE_CHOICE: ['cc_profile', 'cc.multiple_response.v0p1'],
  TRUE_FALSE: ['cc_profile', 'cc.true_false.v0p1'],
  SHORT_TEXT: ['cc_profile', 'cc.fib.v0p1'],
  NUMBER: ['question_type', 'numerical_question'],
  MATCHING: ['question_type', 'matching_question'],
  ORDERING: null,
};

/** Kinds that QTI 1.2 has no common way to say. */
export const isWritable = ({ kind }: QuestionContent): boolean => PROFILES[kind] !== null;

/** A quiz as an assessment of QTI 1.2 in the profile of Common Cartridge. */
export function assessment(key: string, title: string, quiz: QuizContent, writing: Writing): string {
  const questions = [...quiz.questions, ...(quiz.pools ?? []).flatMap((pool) => pool.questions)].filter(
    isWritable,
  );
  const { attemptLimit, timeLimitMinutes } = quiz.settings ?? {};
  const fields = [
    field('cc_profile', 'cc.exam.v0p1'),
    field('qmd_assessmenttype', 'Examination'),
    field('cc_maxattempts', attemptLimit ? String(attemptLimit) : 'unlimited'),
    ...(timeLimitMinutes ? [field('qmd_timelimit', String(timeLimitMinutes))] : []),
  ];
  return document(
    `<assessment ident="${escapeHtml(key)}" title="${escapeHtml(title)}"><qtimetadata>${fields.join('')}</qtimetadata>` +
      `<section ident="root_section">${questions.map((question) => item(question, writing)).join('\n')}</section></assessment>`,
  );
}

/** Questions as an object bank. */
export const objectBank = (questions: readonly QuestionContent[], writing: Writing): string =>
  document(
    `<objectbank ident="bank">${questions
      .filter(isWritable)
      .map((question) => item(question, writing))
      .join('\n')}</objectbank>`,
  );

const document = (inside: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<questestinterop xmlns="http://www.imsglobal.org/xsd/ims_qtiasiv1p2">${inside}</questestinterop>\n`;

const field = (label: string, entry: string): string =>
  `<qtimetadatafield><fieldlabel>${label}</fieldlabel><fieldentry>${entry}</fieldentry></qtimetadatafield>`;

const material = (html: string): string =>
  `<material><mattext texttype="text/html">${escapeHtml(html)}</mattext></material>`;

function item(question: QuestionContent, { locale, address }: Writing): string {
  const [label, entry] = PROFILES[question.kind]!;
  const letters = (option: QuestionOption): string => {
    if (question.kind === 'TRUE_FALSE') return option.key === 'true' ? 'True' : 'False';
    return lettersIn(option.text, locale);
  };
  const explanation = lettersIn(question.explanation, locale);
  const told = question.options.flatMap((option): [string, string][] => {
    const feedback = lettersIn(option.feedback, locale);
    return feedback === '' ? [] : [[`${option.key}_fb`, feedback]];
  });
  const feedback = explanation === '' ? told : [...told, ['general_fb', explanation] as [string, string]];
  return (
    `<item ident="${escapeHtml(question.key)}" title="${escapeHtml(question.key)}">` +
    `<itemmetadata><qtimetadata>${field(label, entry)}</qtimetadata></itemmetadata>` +
    `<presentation>${material(htmlFromBlocks(promptIn(question, locale), address))}${responses(question, letters, locale)}</presentation>` +
    `<resprocessing><outcomes><decvar maxvalue="100" minvalue="0" varname="SCORE" vartype="Decimal"/></outcomes>` +
    (explanation === ''
      ? ''
      : '<respcondition continue="Yes"><conditionvar><other/></conditionvar><displayfeedback feedbacktype="Response" linkrefid="general_fb"/></respcondition>') +
    `${told.map(([id]) => shown(question, id)).join('')}${scoring(question, locale)}</resprocessing>` +
    `${feedback.map(([id, text]) => `<itemfeedback ident="${escapeHtml(id)}"><flow_mat>${material(`<p>${escapeHtml(text)}</p>`)}</flow_mat></itemfeedback>`).join('')}</item>`
  );
}

const choice = (id: string, text: string): string =>
  `<response_label ident="${escapeHtml(id)}"><material><mattext texttype="text/plain">${escapeHtml(text)}</mattext></material></response_label>`;

function responses(
  { kind, options }: QuestionContent,
  letters: (option: QuestionOption) => string,
  locale: string,
): string {
  switch (kind) {
    case 'SHORT_TEXT':
    case 'NUMBER':
      return '<response_str ident="response1" rcardinality="Single"><render_fib><response_label ident="answer1" rshuffle="No"/></render_fib></response_str>';
    case 'MATCHING': {
      const matches = matchesOf(options, locale)
        .map((text, index) => choice(`m${index + 1}`, text))
        .join('');
      return options
        .filter((option) => letters(option) !== '')
        .map(
          (option) =>
            `<response_lid ident="${escapeHtml(option.key)}" rcardinality="Single"><material><mattext texttype="text/plain">${escapeHtml(letters(option))}</mattext></material><render_choice>${matches}</render_choice></response_lid>`,
        )
        .join('');
    }
    default: {
      const cardinality = kind === 'MULTIPLE_CHOICE' ? 'Multiple' : 'Single';
      return `<response_lid ident="response1" rcardinality="${cardinality}"><render_choice>${options
        .map((option) => choice(option.key, letters(option)))
        .join('')}</render_choice></response_lid>`;
    }
  }
}

/** The right sides of the pairs, each once. */
const matchesOf = (options: readonly QuestionOption[], locale: string): string[] => [
  ...new Set(options.map(({ match }) => lettersIn(match, locale))),
];

const equal = (response: string, value: string): string =>
  `<varequal respident="${escapeHtml(response)}">${escapeHtml(value)}</varequal>`;

const set = (score: number, action = 'Set'): string =>
  `<setvar action="${action}" varname="SCORE">${Number(score.toFixed(5))}</setvar>`;

function shown({ kind, options }: QuestionContent, id: string): string {
  const option = options.find(({ key }) => `${key}_fb` === id)!;
  const texts = Object.values(option.text);
  const value = kind === 'SHORT_TEXT' ? (texts[0] ?? '') : option.key;
  return `<respcondition continue="Yes"><conditionvar>${equal('response1', value)}</conditionvar><displayfeedback feedbacktype="Response" linkrefid="${escapeHtml(id)}"/></respcondition>`;
}

function scoring(question: QuestionContent, locale: string): string {
  const { kind, options } = question;
  const condition = (variable: string, score: string): string =>
    `<respcondition continue="No"><conditionvar>${variable}</conditionvar>${score}</respcondition>`;
  switch (kind) {
    case 'MULTIPLE_CHOICE': {
      const all = options.map(({ key, correct }) =>
        correct ? equal('response1', key) : `<not>${equal('response1', key)}</not>`,
      );
      return condition(`<and>${all.join('')}</and>`, set(100));
    }
    case 'MATCHING': {
      const matches = matchesOf(options, locale);
      const pairs = options.filter(({ text }) => lettersIn(text, locale) !== '');
      return pairs
        .map((option) => {
          const at = matches.indexOf(lettersIn(option.match, locale)) + 1;
          return `<respcondition><conditionvar>${equal(option.key, `m${at}`)}</conditionvar>${set(100 / pairs.length, 'Add')}</respcondition>`;
        })
        .join('');
    }
    case 'NUMBER':
      return options
        .filter(({ number }) => number)
        .map((option) => {
          const { value, tolerance } = option.number!;
          const range = `<and><vargte respident="response1">${value - tolerance}</vargte><varlte respident="response1">${value + tolerance}</varlte></and>`;
          return condition(
            `<or>${equal('response1', String(value))}${range}</or>`,
            set(fractionOf(question, option)),
          );
        })
        .join('');
    default:
      return options
        .filter((option) => fractionOf(question, option) > 0)
        .map((option) => {
          const value = kind === 'SHORT_TEXT' ? lettersIn(option.text, locale) : option.key;
          return condition(equal('response1', value), set(fractionOf(question, option)));
        })
        .join('');
  }
}
