import { DEFAULT_QUIZ_SETTINGS, type QuizSettings } from '../catalog/course-content.js';

/** How a quiz is taken: what its trainer set, and else the usual. */
export const settingsOf = ({
  quizSettings,
}: {
  quizSettings: Partial<QuizSettings> | null;
}): QuizSettings => ({ ...DEFAULT_QUIZ_SETTINGS, ...quizSettings });
