import type { Localized } from '../../../platform/locale.js';
import type { BlockDocument } from '../../catalog/block-document.js';
import type { QuestionContent, QuestionOption } from '../../catalog/course-content.js';
import type { FileReport, Sentence } from './import-problems.js';
import { optionKey } from './question-key.js';
import type { ReadQuestion, ReadQuiz } from './quiz-from-markdown.js';
import type { ReadOption } from './quiz-options.js';
import { trueFalseTexts } from './true-false-texts.js';

/** A quiz in another locale than the default, with the report of its file. */
export interface TranslatedQuiz {
  locale: string;
  quiz: ReadQuiz;
  report: FileReport;
}

/**
 * Joins the questions of all locales by key. The default locale decides which questions there are and what is
 * right; a translation that does not match is an error of its file, and only its text of that question is left out.
 */
export function mergeTranslations(
  base: ReadQuiz,
  defaultLocale: string,
  translations: readonly TranslatedQuiz[],
): QuestionContent[] {
  const questions = base.questions.map((question) => {
    const matching = translations.flatMap(({ locale, quiz, report }) => {
      const translated = quiz.questions.find((candidate) => candidate.key === question.key);
      if (translated === undefined) {
        if (!quiz.rejectedKeys.has(question.key)) {
          report.warning('TRANSLATION_MISSING', 1, {
            en: `The question {#${question.key}} is not translated here; it is shown in ${defaultLocale}.`,
            fr: `La question {#${question.key}} n’est pas traduite ici ; elle est affichée en ${defaultLocale}.`,
          });
        }
        return [];
      }
      return matches(question, translated, defaultLocale, report) ? [{ locale, question: translated }] : [];
    });
    return parsedQuestion([{ locale: defaultLocale, question }, ...matching]);
  });

  const known = new Set([...base.questions.map((question) => question.key), ...base.rejectedKeys]);
  for (const { quiz, report } of translations) {
    for (const { key, line } of quiz.questions) {
      if (known.has(key)) continue;
      report.error('TRANSLATION_MISMATCH', line, {
        en: `The question {#${key}} is not in the ${defaultLocale} file and is left out; use its key there.`,
        fr: `La question {#${key}} n’est pas dans le fichier ${defaultLocale} et est laissée de côté ; reprenez la clé qu’elle y porte.`,
      });
    }
  }
  return questions;
}

function matches(
  base: ReadQuestion,
  translated: ReadQuestion,
  defaultLocale: string,
  report: FileReport,
): boolean {
  const difference = differenceOf(base, translated);
  if (difference !== null) {
    report.error('TRANSLATION_MISMATCH', translated.line, {
      en: `{#${base.key}} ${difference.en} as in the ${defaultLocale} file; this translation is left out.`,
      fr: `{#${base.key}} ${difference.fr} que dans le fichier ${defaultLocale} ; cette traduction est laissée de côté.`,
    });
    return false;
  }
  const missing = missingIn(base, translated);
  if (missing !== null) {
    report.warning('TRANSLATION_INCOMPLETE', translated.line, {
      en: `${missing.en} of {#${base.key}} is not translated; it is shown in ${defaultLocale}.`,
      fr: `${missing.fr} de {#${base.key}} n’est pas traduit ; cela s’affiche en ${defaultLocale}.`,
    });
  }
  return true;
}

function missingIn(base: ReadQuestion, translated: ReadQuestion): Sentence | null {
  const lacks = (has: (option: ReadOption) => boolean): boolean =>
    base.options.some((option, index) => has(option) && !has(translated.options[index]!));
  if (base.prompt !== null && translated.prompt === null) return { en: 'The text', fr: 'Le texte' };
  if (lacks(({ text }) => text !== '') || lacks(({ match }) => (match ?? '') !== ''))
    return { en: 'An option', fr: 'Une option' };
  if (lacks(({ feedback }) => feedback !== null)) return { en: 'A feedback', fr: 'Un commentaire' };
  if (base.explanation !== null && translated.explanation === null)
    return { en: 'The explanation', fr: 'L’explication' };
  return null;
}

function differenceOf(base: ReadQuestion, translated: ReadQuestion): Sentence | null {
  if (base.kind !== translated.kind)
    return {
      en: 'does not have the same kind of answers',
      fr: 'n’a pas le même genre de réponses',
    };
  const [wanted, given] = [base.options.length, translated.options.length];
  if (wanted !== given)
    return { en: `has ${given} options and not ${wanted}`, fr: `a ${given} options et non ${wanted}` };
  // What belongs to nothing has no left side, and so has a pair whose left side is not translated.
  const differs = base.options.findIndex(
    ({ correct }, index) => base.kind !== 'MATCHING' && correct !== translated.options[index]!.correct,
  );
  if (differs === -1) return null;
  return base.kind === 'TRUE_FALSE'
    ? { en: 'does not have the same answer', fr: 'n’a pas la même réponse' }
    : {
        en: `does not mark option ${differs + 1} the same`,
        fr: `ne marque pas l’option ${differs + 1} de la même façon`,
      };
}

interface InLocale {
  locale: string;
  question: ReadQuestion;
}

/** The default locale comes first. */
function parsedQuestion(inLocales: readonly InLocale[]): QuestionContent {
  const [first] = inLocales;
  if (first === undefined) throw new Error('A question needs its default locale.');
  const { key, kind, options, tags } = first.question;
  const prompt: Record<string, BlockDocument> = {};
  for (const { locale, question } of inLocales)
    if (question.prompt !== null) prompt[locale] = question.prompt;
  return {
    key,
    kind,
    prompt,
    options: options.map((option, index) => mergedOption(option, index, inLocales)),
    explanation: orNull(collect(inLocales, ({ explanation }) => explanation)),
    ...(tags.length > 0 && { tags }),
  };
}

function mergedOption(
  { key, correct, weight, number, match }: ReadOption,
  index: number,
  inLocales: readonly InLocale[],
): QuestionOption {
  const own = (pick: (option: ReadOption) => string | null | undefined): Localized =>
    collect(inLocales, ({ options }) => pick(options[index]!));
  return {
    key: key ?? optionKey(index),
    text: isBare(inLocales) ? usualTexts(key, inLocales) : own(({ text }) => text),
    feedback: orNull(own(({ feedback }) => feedback)),
    correct,
    ...(weight !== undefined && { weight }),
    ...(match !== undefined && { match: own((option) => option.match) }),
    ...(number && { number }),
  };
}

/** A line `Answer: true` and no list of what the two are called. */
const isBare = (inLocales: readonly InLocale[]): boolean =>
  inLocales.every(({ question: { kind, listsChoices } }) => kind === 'TRUE_FALSE' && listsChoices !== true);

const usualTexts = (key: string | null, inLocales: readonly InLocale[]): Localized =>
  Object.fromEntries(inLocales.map(({ locale }) => [locale, trueFalseTexts(locale)[key === 'true' ? 0 : 1]]));

const collect = (
  inLocales: readonly InLocale[],
  pick: (question: ReadQuestion) => string | null | undefined,
): Localized =>
  Object.fromEntries(
    inLocales.flatMap(({ locale, question }) => {
      const text = pick(question) ?? '';
      return text === '' ? [] : [[locale, text]];
    }),
  );

function orNull(texts: Localized): Localized | null {
  return Object.keys(texts).length === 0 ? null : texts;
}
