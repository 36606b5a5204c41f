import type { Locale } from '../../platform/locale.js';

interface CriteriaFacts {
  requiredLessons: number;
  requiredQuizzes: number;
  /** Pass marks of the required quizzes, such as `80` or `75–80`, in percent. */
  passMarks: string;
}

const NARRATIVES: Record<Locale, (facts: CriteriaFacts) => string> = {
  en: ({ requiredLessons, requiredQuizzes, passMarks }) =>
    `Completed all ${requiredLessons} required lessons` +
    (requiredQuizzes > 0 ? `, among them ${requiredQuizzes} quizzes (pass mark: ${passMarks} %).` : '.'),
  fr: ({ requiredLessons, requiredQuizzes, passMarks }) =>
    `A terminé les ${requiredLessons} leçons obligatoires` +
    (requiredQuizzes > 0 ? `, dont ${requiredQuizzes} quiz (seuil de réussite : ${passMarks} %).` : '.'),
};

/** What had to be done, in a sentence, for the badge. */
export function criteriaNarrative(
  lessons: readonly { required: boolean; quizPassPercent: number | null }[],
  locale: Locale,
): string {
  const required = lessons.filter((lesson) => lesson.required);
  const marks = [...new Set(required.flatMap((lesson) => lesson.quizPassPercent ?? []))].sort((a, b) => a - b);
  return NARRATIVES[locale]({
    requiredLessons: required.length,
    requiredQuizzes: required.filter((lesson) => lesson.quizPassPercent !== null).length,
    passMarks: marks.length > 1 ? `${marks[0]}–${marks.at(-1)}` : String(marks[0]),
  });
}
