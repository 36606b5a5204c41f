import type { Client } from './client.js';

/** A question with the least that each kind needs, in English; what is given replaces it. */
export function aQuestion(
  kind = 'SINGLE_CHOICE',
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return { kind, promptMarkdown: { en: `About ${kind.toLowerCase()}?` }, options: OPTIONS[kind], ...more };
}

const en = (text: string) => ({ en: text });
const OPTIONS: Record<string, object[]> = {
  SINGLE_CHOICE: [
    { text: en('Paris'), correct: true },
    { text: en('Lyon'), feedback: en('Not quite.') },
  ],
  MULTIPLE_CHOICE: [
    { text: en('one'), correct: true },
    { text: en('two'), correct: true },
    { text: en('three') },
  ],
  TRUE_FALSE: [{ key: 'true', correct: true }, { key: 'false' }],
  SHORT_TEXT: [
    { text: en('springboard'), correct: true },
    { text: en('*board'), correct: true, weight: 50 },
  ],
  NUMBER: [{ number: { value: 19.6, tolerance: 0.1 }, correct: true }],
  MATCHING: [
    { text: en('France'), match: en('Paris') },
    { text: en('Italy'), match: en('Rome') },
    { match: en('Madrid') },
  ],
  ORDERING: [{ text: en('first') }, { text: en('second') }],
};

/** Adds a question to a bank. @returns the payload, userErrors included. */
export const createQuestion = (
  trainer: Client,
  courseId: string,
  question: object,
  selection = 'question { id key tags }',
  more: object = {},
): Promise<any> =>
  trainer.mutate('questionCreate', 'QuestionCreateInput', { courseId, question, ...more }, selection);

export const updateQuestion = (trainer: Client, input: object, selection = 'question { id }'): Promise<any> =>
  trainer.mutate('questionUpdate', 'QuestionUpdateInput', input, selection);

/** The draft of a course with its quiz. */
export async function aDraftQuiz(
  trainer: Client,
  courseId: string,
): Promise<{ draftId: string; quizId: string }> {
  const { version } = await trainer.mutate(
    'courseDraftCreate',
    'CourseDraftCreateInput',
    { courseId },
    'version { id modules { lessons { id kind } } }',
  );
  const quiz = version.modules[0].lessons.find(({ kind }: { kind: string }) => kind === 'QUIZ');
  return { draftId: version.id, quizId: quiz.id };
}
