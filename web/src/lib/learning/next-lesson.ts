/** A lesson as the pages of a course list it. */
export interface ListedLesson {
  key: string;
  title: string;
  kind: 'READING' | 'VIDEO' | 'QUIZ' | 'ACTIVITY' | 'PACKAGE';
  required: boolean;
  estimatedMinutes: number;
  completedAt: string | null;
}

/** Every lesson in order, with the place it has among all, from 1. */
export const inOrder = <T extends ListedLesson>(modules: readonly { lessons: readonly T[] }[]): T[] =>
  modules.flatMap(({ lessons }) => lessons);

/** Where to go after a lesson: the next one in order that is not done, else one left out earlier; null when all are done. */
export function lessonAfter<T extends ListedLesson>(lessons: readonly T[], key: string): T | null {
  const place = lessons.findIndex((lesson) => lesson.key === key);
  const after = lessons.slice(place + 1).find(({ completedAt }) => !completedAt);
  return (
    after ?? lessons.find((lesson) => lesson.required && !lesson.completedAt && lesson.key !== key) ?? null
  );
}
