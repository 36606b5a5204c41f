import type { Localized } from '../../../platform/locale.js';
import type { BlockDocument } from '../block-document.js';

/** A course as its files say it; every part is valid, what was not is in the problems beside it. */
export interface ParsedCourse {
  slug: string;
  defaultLocale: string;
  /** Those with a course file, the default first. */
  locales: string[];
  title: Localized;
  summary: Localized;
  outcomes: Record<string, string[]>;
  description: Record<string, BlockDocument>;
  topics: string[];
  license: string | null;
  modules: ParsedModule[];
}

export interface ParsedModule {
  key: string;
  title: Localized;
  summary: Localized;
  /** Never empty. */
  lessons: ParsedLesson[];
}

export interface ParsedLesson {
  /** Unique in the course. */
  key: string;
  kind: 'READING' | 'QUIZ';
  required: boolean;
  /** 1 to 120. */
  estimatedMinutes: number;
  title: Localized;
  /** Null for a quiz. */
  body: Record<string, BlockDocument> | null;
  /** Null for a reading. */
  quiz: ParsedQuiz | null;
}

export interface ParsedQuiz {
  /** 1 to 100. */
  passPercent: number;
  /** Never empty. */
  questions: ParsedQuestion[];
}

export type ParsedQuestionKind = 'SINGLE_CHOICE' | 'MULTIPLE_CHOICE' | 'TRUE_FALSE';

export interface ParsedQuestion {
  /** Unique in the course. */
  key: string;
  kind: ParsedQuestionKind;
  /** The heading's text as first paragraph, then the paragraphs below it. */
  prompt: Record<string, BlockDocument>;
  /** In the file's order. Keys are `a`, `b`, ... by position, or `true` and `false`. */
  options: ParsedOption[];
  explanation: Localized | null;
}

export interface ParsedOption {
  key: string;
  text: Localized;
  feedback: Localized | null;
  correct: boolean;
}
