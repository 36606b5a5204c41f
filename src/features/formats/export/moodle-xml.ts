import { plainText } from '../../catalog/block-document.js';
import type { QuestionContent, QuestionOption } from '../../catalog/course-content.js';
import { escapeHtml } from '../../catalog/escape-html.js';
import { fractionOf, lettersIn, promptIn } from './exported-question.js';
import { htmlFromBlocks, type FileAddress } from './html-from-blocks.js';

/** A file of the store that an exported question shows. */
export interface ExportedFile {
  /** With the ending that its media type asks for: `shop.png`. */
  name: string;
  content: Buffer;
}

/**
 * Questions as Moodle XML, with the files that they show in it; importing it gives the same questions back. What the format cannot
 * say is lost: other languages than the one asked for, the feedback of pairs, and that a callout is one.
 *
 * @param locale BCP 47 tag of the language to write; a question without it is written in another.
 * @param files by their hash; one that is missing is named in its place.
 */
export function moodleXmlFrom(
  questions: readonly QuestionContent[],
  locale: string,
  files: ReadonlyMap<string, ExportedFile> = new Map(),
): string {
  const all = questions.map((question) => moodleQuestion(question, locale, files));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<quiz>\n${all.join('')}</quiz>\n`;
}

const TYPES: Record<QuestionContent['kind'], string> = {
  SINGLE_CHOICE: 'multichoice',
  MULTIPLE_CHOICE: 'multichoice',
  TRUE_FALSE: 'truefalse',
  SHORT_TEXT: 'shortanswer',
  NUMBER: 'numerical',
  MATCHING: 'matching',
  ORDERING: 'ordering',
};

function moodleQuestion(
  question: QuestionContent,
  locale: string,
  files: ReadonlyMap<string, ExportedFile>,
): string {
  const { key, kind, tags = [], explanation } = question;
  const prompt = promptIn(question, locale);
  const shown = new Map<string, ExportedFile>();
  const address: FileAddress = (hash) => {
    const file = files.get(hash);
    if (file === undefined) return null;
    const name = `${hash.slice(0, 8)}-${file.name}`;
    shown.set(hash, { ...file, name });
    return `@@PLUGINFILE@@/${encodeURIComponent(name)}`;
  };
  const html = htmlFromBlocks(prompt, address);
  const attached = [...shown.values()].map(
    ({ name, content }) =>
      `\n      <file name="${xml(name)}" path="/" encoding="base64">${content.toString('base64')}</file>`,
  );
  const name = plainText(prompt)
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 80)
    .replace(/[\uD800-\uDBFF]$/, '');
  const lines = [
    `<name><text>${xml(name || key)}</text></name>`,
    `<questiontext format="html"><text>${xml(html)}</text>${attached.join('')}</questiontext>`,
    `<generalfeedback format="plain_text"><text>${xml(lettersIn(explanation, locale))}</text></generalfeedback>`,
    `<defaultgrade>1</defaultgrade>`,
    `<idnumber>${xml(key)}</idnumber>`,
    ...answers(question, locale),
    ...(tags.length > 0
      ? [`<tags>${tags.map((tag) => `<tag><text>${xml(tag)}</text></tag>`).join('')}</tags>`]
      : []),
  ];
  return `  <question type="${TYPES[kind]}">\n${lines.map((line) => `    ${line}\n`).join('')}  </question>\n`;
}

function answers(question: QuestionContent, locale: string): string[] {
  const { kind, options } = question;
  // An item of an order has its place there, from 1.
  const fraction = (option: QuestionOption) =>
    kind === 'ORDERING' ? options.indexOf(option) + 1 : fractionOf(question, option);
  const answer = (option: QuestionOption, text: string, more = '') =>
    `<answer fraction="${fraction(option)}" format="plain_text"><text>${xml(text)}</text>` +
    `<feedback format="plain_text"><text>${xml(lettersIn(option.feedback, locale))}</text></feedback>${more}</answer>`;
  const texts = options.map((option) => answer(option, lettersIn(option.text, locale)));
  switch (kind) {
    case 'SINGLE_CHOICE':
    case 'MULTIPLE_CHOICE':
      return [
        `<single>${kind === 'SINGLE_CHOICE'}</single>`,
        '<shuffleanswers>true</shuffleanswers>',
        ...texts,
      ];
    case 'TRUE_FALSE':
      return options.map((option) => answer(option, option.key));
    case 'SHORT_TEXT':
      return ['<usecase>0</usecase>', ...texts];
    case 'NUMBER':
      return options.map((option) =>
        answer(
          option,
          String(option.number?.value ?? 0),
          `<tolerance>${option.number?.tolerance ?? 0}</tolerance>`,
        ),
      );
    case 'MATCHING':
      return options.map(
        ({ text, match }) =>
          `<subquestion format="plain_text"><text>${xml(lettersIn(text, locale))}</text><answer><text>${xml(lettersIn(match, locale))}</text></answer></subquestion>`,
      );
    case 'ORDERING':
      return texts;
  }
}

/** Text as XML 1.0 takes it. */
function xml(text: string): string {
  return escapeHtml(text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')).replaceAll(
    '\r',
    '&#13;',
  );
}
