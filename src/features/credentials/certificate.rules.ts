import type { Locale } from '../../platform/locale.js';

interface CriteriaFacts {
  requiredLessons: number;
  requiredQuizzes: number;
  /** Pass marks of the required quizzes, such as `80` or `75–80`, in percent. */
  passMarks: string;
  /** Over these quizzes, in percent; null: none. */
  overallMinimumPercent: number | null;
}

const NARRATIVES: Record<Locale, (facts: CriteriaFacts) => string> = {
  en: ({ requiredLessons, requiredQuizzes, passMarks, overallMinimumPercent }) => {
    const lessons =
      requiredLessons === 1 ? 'the one required lesson' : `all ${requiredLessons} required lessons`;
    if (requiredQuizzes === 0) return `Completed ${lessons}.`;
    const among = requiredLessons === 1 ? '' : 'among them ';
    const quizzes = requiredQuizzes === 1 ? 'a quiz' : `${requiredQuizzes} quizzes`;
    const overall =
      overallMinimumPercent === null ? '' : ` Reached ${overallMinimumPercent} % over the quizzes at least.`;
    return `Completed ${lessons}, ${among}${quizzes} (pass mark: ${passMarks} %).${overall}`;
  },
  fr: ({ requiredLessons, requiredQuizzes, passMarks, overallMinimumPercent }) => {
    const lessons =
      requiredLessons === 1 ? 'la leçon obligatoire' : `les ${requiredLessons} leçons obligatoires`;
    if (requiredQuizzes === 0) return `A terminé ${lessons}.`;
    const among = requiredLessons === 1 ? '' : 'dont ';
    const quizzes = requiredQuizzes === 1 ? 'un quiz' : `${requiredQuizzes} quiz`;
    const overall =
      overallMinimumPercent === null
        ? ''
        : ` A obtenu au moins ${overallMinimumPercent} % sur l’ensemble des quiz.`;
    return `A terminé ${lessons}, ${among}${quizzes} (seuil de réussite : ${passMarks} %).${overall}`;
  },
};

/** What had to be done, in a sentence, for the badge. */
export function criteriaNarrative(
  {
    lessons,
    overallMinimumPercent,
  }: {
    lessons: readonly { required: boolean; quizPassPercent: number | null }[];
    overallMinimumPercent: number | null;
  },
  locale: Locale,
): string {
  const required = lessons.filter((lesson) => lesson.required);
  const marks = [...new Set(required.flatMap((lesson) => lesson.quizPassPercent ?? []))].sort(
    (a, b) => a - b,
  );
  return NARRATIVES[locale]({
    requiredLessons: required.length,
    overallMinimumPercent,
    requiredQuizzes: required.filter((lesson) => lesson.quizPassPercent !== null).length,
    passMarks: marks.length > 1 ? `${marks[0]}–${marks.at(-1)}` : String(marks[0]),
  });
}
