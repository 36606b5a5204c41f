import type { Locale } from '../../platform/locale.js';

interface CriteriaFacts {
  requiredLessons: number;
  requiredQuizzes: number;
  /** Pass mark of the strictest required quiz, in percent; null without quizzes. */
  passPercent: number | null;
}

const NARRATIVES: Record<Locale, (facts: CriteriaFacts) => string> = {
  en: ({ requiredLessons, requiredQuizzes, passPercent }) => {
    const lessons =
      requiredLessons === 1 ? 'the one required lesson' : `all ${requiredLessons} required lessons`;
    if (requiredQuizzes === 0) return `Completed ${lessons}.`;
    const among = requiredLessons === 1 ? '' : 'among them ';
    return requiredQuizzes === 1
      ? `Completed ${lessons}, ${among}a quiz passed at ${passPercent} % or more.`
      : `Completed ${lessons}, ${among}${requiredQuizzes} quizzes passed with up to ${passPercent} % needed.`;
  },
  fr: ({ requiredLessons, requiredQuizzes, passPercent }) => {
    const lessons =
      requiredLessons === 1 ? 'la leçon obligatoire' : `les ${requiredLessons} leçons obligatoires`;
    if (requiredQuizzes === 0) return `A terminé ${lessons}.`;
    const among = requiredLessons === 1 ? '' : 'dont ';
    return requiredQuizzes === 1
      ? `A terminé ${lessons}, ${among}un quiz réussi à ${passPercent} % au moins.`
      : `A terminé ${lessons}, ${among}${requiredQuizzes} quiz réussis, jusqu’à ${passPercent} % étant exigés.`;
  },
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
