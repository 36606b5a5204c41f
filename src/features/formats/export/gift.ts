import { plainText } from '../../catalog/block-document.js';
import type { QuestionContent, QuestionOption } from '../../catalog/course-content.js';
import { escapeGift } from '../import/gift/gift-escapes.js';
import { fractionOf, lettersIn, promptIn } from './exported-question.js';
import { htmlFromBlocks } from './html-from-blocks.js';

/**
 * Questions as a GIFT file for Moodle, UTF-8; importing it gives the same questions back. What GIFT cannot say is lost: other
 * languages than the one asked for, files (their descriptions stay), the feedback of pairs and items, weights below zero of
 * a text or number that is wrong, and that a callout is one. An order is written as Moodle's plugin "Ordering" reads it.
 *
 * @param locale BCP 47 tag of the language to write; a question without it is written in another.
 */
export function giftFrom(questions: readonly QuestionContent[], locale: string): string {
  return questions.map((question) => `${giftQuestion(question, locale)}\n`).join('\n');
}

function giftQuestion(question: QuestionContent, locale: string): string {
  const { key, tags = [], explanation } = question;
  const notes = [`[id:${key}]`, ...tags.map((tag) => `[tag:${tag.replaceAll(']', '\\]')}]`)].join(' ');
  const prompt = promptIn(question, locale);
  const asked = escapeGift(htmlFromBlocks(prompt, () => null));
  const title = escapeGift(
    plainText(prompt)
      .replace(/\s+/g, ' ')
      .trim()
      .slice(0, 80)
      .replace(/[\uD800-\uDBFF]$/, ''),
  );
  const general = lettersIn(explanation, locale);
  const lines = [...answerLines(question, locale), ...(general === '' ? [] : [`\t####${letters(general)}`])];
  const [first = '', ...others] = lines;
  // What says the kind of a question stands right behind the brace.
  return `// ${notes}\n::${title}::[html]${asked}{${first}${others.map((line) => `\n${line}`).join('')}\n}`;
}

/** The first line says of which kind the question is. */
function answerLines(question: QuestionContent, locale: string): string[] {
  const { kind, options } = question;
  const text = (option: QuestionOption) => letters(lettersIn(option.text, locale));
  const feedback = (option: QuestionOption) => behind(lettersIn(option.feedback, locale));
  switch (kind) {
    case 'SINGLE_CHOICE':
      return [
        '',
        ...options.map(
          (each) => `\t${each.correct ? '=' : '~'}${worth(each.weight)}${text(each)}${feedback(each)}`,
        ),
      ];
    case 'MULTIPLE_CHOICE':
      return [
        '',
        ...options.map((each) => `\t~${worth(fractionOf(question, each))}${text(each)}${feedback(each)}`),
      ];
    case 'TRUE_FALSE': {
      const right = options.find(({ correct }) => correct);
      const wrong = options.find(({ correct }) => !correct);
      const said = lettersIn(right?.feedback, locale);
      const forWrong = lettersIn(wrong?.feedback, locale);
      const both = said === '' && forWrong === '' ? '' : `#${letters(forWrong)}${behind(said)}`;
      return [`${right?.key === 'true' ? 'TRUE' : 'FALSE'}${both}`];
    }
    case 'SHORT_TEXT':
      return [
        '',
        ...options.map((each) => `\t=${worth(each.correct ? each.weight : 0)}${text(each)}${feedback(each)}`),
      ];
    case 'NUMBER':
      return [
        '#',
        ...options.map(
          (each) => `\t=${worth(each.correct ? each.weight : 0)}${figures(each)}${feedback(each)}`,
        ),
      ];
    case 'MATCHING':
      return [
        '',
        ...options.map((each) => `\t=${arrowless(text(each))} -> ${letters(lettersIn(each.match, locale))}`),
      ];
    case 'ORDERING':
      return ['>', ...options.map((each) => `\t${text(each)}`)];
  }
}

const worth = (weight: number | undefined) => (weight === undefined ? '' : `%${weight}%`);

const figures = ({ number }: QuestionOption) => `${number?.value ?? 0}:${number?.tolerance ?? 0}`;

const behind = (text: string) => (text === '' ? '' : `#${letters(text)}`);

/** Plain text, told so: otherwise a "<" in it would begin a tag. */
const letters = (text: string) => (text === '' ? '' : `[plain]${escapeGift(text)}`);

/** The arrow parts the sides of a pair and cannot be escaped. */
const arrowless = (text: string) => text.replaceAll('->', '→');
