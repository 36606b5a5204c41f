import type { FileReport } from './import-problems.js';
import type { Localized } from '../../../platform/locale.js';
import type { QuestionOption, QuestionContent } from '../course-content.js';
import type { ReadQuestion, ReadQuiz } from './quiz-from-markdown.js';

/** A quiz in another locale than the default, with the report of its file. */
export interface TranslatedQuiz {
  locale: string;
  quiz: ReadQuiz;
  report: FileReport;
}

const TRUE_FALSE_TEXTS: Record<string, readonly [string, string]> = {
  de: ['Richtig', 'Falsch'],
  en: ['True', 'False'],
  es: ['Verdadero', 'Falso'],
  fr: ['Vrai', 'Faux'],
  it: ['Vero', 'Falso'],
  nl: ['Waar', 'Niet waar'],
  pt: ['Verdadeiro', 'Falso'],
};

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
          const message = `The question {#${question.key}} is not translated here; it is shown in ${defaultLocale}.`;
          report.warning('TRANSLATION_MISSING', 1, message);
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
      const message = `The question {#${key}} is not in the ${defaultLocale} file and is left out; use its key there.`;
      report.error('TRANSLATION_MISMATCH', line, message);
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
    report.error(
      'TRANSLATION_MISMATCH',
      translated.line,
      `{#${base.key}} ${difference} as in the ${defaultLocale} file; this translation is left out.`,
    );
    return false;
  }
  const lacksFeedback = base.options.some(
    (option, index) => option.feedback !== null && (translated.options[index]?.feedback ?? null) === null,
  );
  if (lacksFeedback || (base.explanation !== null && translated.explanation === null)) {
    const missing = lacksFeedback ? 'A feedback' : 'The explanation';
    report.warning(
      'TRANSLATION_INCOMPLETE',
      translated.line,
      `${missing} of {#${base.key}} is not translated; it is shown in ${defaultLocale}.`,
    );
  }
  return true;
}

function differenceOf(base: ReadQuestion, translated: ReadQuestion): string | null {
  if (base.kind !== translated.kind) return 'does not have the same kind of answers';
  if (base.options.length !== translated.options.length) {
    return `has ${translated.options.length} options and not ${base.options.length}`;
  }
  const differs = base.options.findIndex(
    (option, index) => option.correct !== translated.options[index]?.correct,
  );
  if (differs === -1) return null;
  return base.kind === 'TRUE_FALSE'
    ? 'does not have the same answer'
    : `does not mark option ${differs + 1} the same`;
}

/** The default locale comes first. */
function parsedQuestion(inLocales: { locale: string; question: ReadQuestion }[]): QuestionContent {
  const [first] = inLocales;
  if (first === undefined) throw new Error('A question needs its default locale.');
  const { key, kind, options } = first.question;
  const collect = (pick: (question: ReadQuestion) => string | null): Localized =>
    Object.fromEntries(
      inLocales.map(({ locale, question }) => [locale, pick(question)] as const).filter(isText),
    );

  return {
    key,
    kind,
    prompt: Object.fromEntries(inLocales.map(({ locale, question }) => [locale, question.prompt])),
    options: options.map(({ correct }, index): QuestionOption => {
      if (kind === 'TRUE_FALSE') {
        const text = Object.fromEntries(
          inLocales.map(({ locale }) => [locale, trueFalseText(locale, index)]),
        );
        return { key: index === 0 ? 'true' : 'false', text, feedback: null, correct };
      }
      return {
        key: String.fromCharCode('a'.charCodeAt(0) + index),
        text: collect((question) => question.options[index]?.text ?? null),
        feedback: orNull(collect((question) => question.options[index]?.feedback ?? null)),
        correct,
      };
    }),
    explanation: orNull(collect((question) => question.explanation)),
  };
}

function isText(entry: readonly [string, string | null]): entry is readonly [string, string] {
  return entry[1] !== null;
}

function orNull(texts: Localized): Localized | null {
  return Object.keys(texts).length === 0 ? null : texts;
}

function trueFalseText(locale: string, index: number): string {
  const texts = TRUE_FALSE_TEXTS[locale.split('-')[0] ?? ''] ?? TRUE_FALSE_TEXTS.en;
  return texts?.[index] ?? '';
}
