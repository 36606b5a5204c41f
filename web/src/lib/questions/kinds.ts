import type { IconName } from '$lib/design/icons';

export const QUESTION_KINDS = [
  'SINGLE_CHOICE',
  'MULTIPLE_CHOICE',
  'TRUE_FALSE',
  'SHORT_TEXT',
  'NUMBER',
  'MATCHING',
  'ORDERING',
] as const;
export type QuestionKind = (typeof QUESTION_KINDS)[number];

export const isQuestionKind = (text: unknown): text is QuestionKind =>
  QUESTION_KINDS.includes(text as QuestionKind);

export const KIND_ICONS: Record<QuestionKind, IconName> = {
  SINGLE_CHOICE: 'choice',
  MULTIPLE_CHOICE: 'choices',
  TRUE_FALSE: 'balance',
  SHORT_TEXT: 'text',
  NUMBER: 'hash',
  MATCHING: 'pairs',
  ORDERING: 'order',
};
