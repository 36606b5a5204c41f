import type { Locale } from '../../platform/locale.js';

interface CriteriaFacts {
  requiredLessons: number;
  requiredQuizzes: number;
  /** Pass mark of the strictest required quiz, in percent; null without quizzes. */
  passPercent: number | null;
}

const NARRATIVES: Record<Locale, (facts: CriteriaFacts) => string> = {
  en: ({ requiredLessons, requiredQuizzes, passPercent }) =>
    `Completed all ${requiredLessons} required lessons` +
    (requiredQuizzes > 0 ? `, among them ${requiredQuizzes} quizzes passed with up to ${passPercent} % needed.` : '.'),
  fr: ({ requiredLessons, requiredQuizzes, passPercent }) =>
    `A terminé les ${requiredLessons} leçons obligatoires` +
    (requiredQuizzes > 0 ? `, dont ${requiredQuizzes} quiz réussis, jusqu’à ${passPercent} % étant exigés.` : '.'),
};

/** What had to be done, in a sentence, for the badge. */
export function criteriaNarrative(
  lessons: readonly { required: boolean; quizPassPercent: number | null }[],
  locale: Locale,
): string {
  const required = lessons.filter((lesson) => lesson.required);
  const passMarks = required.flatMap((lesson) => lesson.quizPassPercent ?? []);
  return NARRATIVES[locale]({
    requiredLessons: required.length,
    requiredQuizzes: passMarks.length,
    passPercent: passMarks.length > 0 ? Math.max(...passMarks) : null,
  });
}
