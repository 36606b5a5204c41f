import type { Localized } from '../../platform/locale.js';
import type { BlockDocument } from './block-document.js';

/**
 * A course as one value: what an import yields, what an export writes, what a draft is copied from and what the content hash is
 * computed over. Every part is valid. An optional part that says nothing is left out rather than null or empty, so that
 * content without it keeps the hash it had before the part existed.
 */
export interface CourseContent {
  slug: string;
  defaultLocale: string;
  /** BCP 47 tags, the default first. */
  locales: string[];
  title: Localized;
  summary: Localized;
  outcomes: Record<string, string[]>;
  description: Record<string, BlockDocument>;
  topics: string[];
  license: string | null;
  modules: ModuleContent[];
}

export interface ModuleContent {
  /** Unique in the course. */
  key: string;
  title: Localized;
  summary: Localized;
  lessons: LessonContent[];
}

export const LESSON_KINDS = ['READING', 'VIDEO', 'QUIZ', 'ACTIVITY', 'PACKAGE'] as const;
export type LessonKind = (typeof LESSON_KINDS)[number];

export interface LessonContent {
  /** Unique in the course, and the same in every version: progress hangs on it. */
  key: string;
  kind: LessonKind;
  required: boolean;
  /** 1 to 600. */
  estimatedMinutes: number;
  title: Localized;
  /** Of a reading, a video lesson or an activity; null for a quiz and a package. */
  body: Record<string, BlockDocument> | null;
  /** Of a quiz; else null. */
  quiz: QuizContent | null;
  /** Of an activity. */
  activity?: ActivityContent;
  /** Of a package. */
  package?: PackageContent;
}

/** How the learner answers an activity. */
export interface ActivityContent {
  submission: 'TEXT' | 'FILE' | 'TEXT_OR_FILE';
}

/** A package of elsewhere, played as it is. */
export interface PackageContent {
  standard: 'SCORM_1_2' | 'SCORM_2004';
  /** SHA-256, in hexadecimal, of the archive in the file store. */
  file: string;
  /** Path inside the archive of what is opened first. */
  launch: string;
  /** What its manifest asks of the score, 0 to 100: it decides between passed and failed, whatever the package says. */
  masteryPercent?: number;
  /** What its manifest asks of `cmi.progress_measure` (SCORM 2004), 0 to 100: it decides whether the package is completed. */
  completionPercent?: number;
  /** Handed to the package as `cmi.launch_data`, 1 to 4,000 characters. */
  launchData?: string;
  /** It is a page that reports nothing, which SCORM calls an asset: done once it is opened. */
  isAsset?: true;
}

export interface QuizContent {
  /** 1 to 100. */
  passPercent: number;
  /** Those that differ from {@link DEFAULT_QUIZ_SETTINGS}. */
  settings?: Partial<QuizSettings>;
  /** Asked of everybody, in this order. */
  questions: QuestionContent[];
  /** Drawn after those, for each attempt anew. */
  pools?: QuizPool[];
}

/** A number of questions drawn at random among those of the bank that bear a tag; frozen by publishing. */
export interface QuizPool {
  tag: string;
  /** From 1 to the number of questions. */
  count: number;
  questions: QuestionContent[];
}

export const GRADE_POLICIES = ['HIGHEST', 'LAST', 'FIRST', 'AVERAGE'] as const;
export type GradePolicy = (typeof GRADE_POLICIES)[number];
export const SHOW_ANSWERS = ['AFTER_ATTEMPT', 'AFTER_PASS', 'AFTER_CLOSE', 'NEVER'] as const;
export type ShowAnswers = (typeof SHOW_ANSWERS)[number];

/** How a quiz is taken. */
export interface QuizSettings {
  /** Null: as often as wanted. */
  attemptLimit: number | null;
  /** Of one attempt; null: none. */
  timeLimitMinutes: number | null;
  /** ISO 8601 instant after which nothing is answered; null: never. */
  closesAt: string | null;
  /** After the end of an attempt, in which it may be handed in but not changed. */
  graceMinutes: number;
  /** Between two attempts. */
  waitMinutes: number;
  shuffleQuestions: boolean;
  shuffleOptions: boolean;
  showAnswers: ShowAnswers;
  gradePolicy: GradePolicy;
}

export const DEFAULT_QUIZ_SETTINGS: QuizSettings = {
  attemptLimit: null,
  timeLimitMinutes: null,
  closesAt: null,
  graceMinutes: 0,
  waitMinutes: 0,
  shuffleQuestions: false,
  shuffleOptions: true,
  showAnswers: 'AFTER_ATTEMPT',
  gradePolicy: 'HIGHEST',
};

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

export interface QuestionContent {
  /** Unique in the course. */
  key: string;
  kind: QuestionKind;
  prompt: Record<string, BlockDocument>;
  /** In the author's order; what each is depends on the kind ({@link QuestionOption}). */
  options: QuestionOption[];
  explanation: Localized | null;
  /** In lower case, sorted, each once. They group questions in the bank and are no part of what is asked. */
  tags?: string[];
}

/**
 * One part of the answer to a question. Never sent to a browser as it is: it says what is right.
 *
 * - `SINGLE_CHOICE`, `MULTIPLE_CHOICE`: a choice.
 * - `TRUE_FALSE`: the two choices with the keys `true` and `false`, without text.
 * - `SHORT_TEXT`: an answer that is recognized, compared without regard to case, accents and outer spaces; `*` stands for any text.
 * - `NUMBER`: a number that is recognized, and how far off an answer may be; without text.
 * - `MATCHING`: a pair of `text` and the `match` that belongs to it; without text, a match that belongs to nothing.
 * - `ORDERING`: an item, in the right place.
 */
export interface QuestionOption {
  /** Unique in the question and the same in each of its versions. */
  key: string;
  text: Localized;
  feedback: Localized | null;
  /** Of a recognized answer and of a choice: that it is right. True for each pair and each item. */
  correct: boolean;
  /**
   * Share of the point that it gives, in percent, -100 to 100. Without it, right ones share 100 equally and wrong ones give 0;
   * of a multiple choice, wrong ones share -100 equally.
   */
  weight?: number;
  match?: Localized;
  number?: NumberAnswer;
}

/** Right when it is at most the tolerance away from the value. */
export interface NumberAnswer {
  value: number;
  /** 0 or more. */
  tolerance: number;
}
