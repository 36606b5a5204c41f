import type { QuestionKind } from '$lib/questions/kinds';

/** A question of the bank as it stands in the list. `id` is what svelte-dnd-action asks for: the key of the question. */
export interface Chosen {
  id: string;
  kind: QuestionKind;
  excerpt: string;
  archived: boolean;
}

/** A quiz while it is composed: numbers are texts until they are sent, and empty is as usual. */
export interface Composing {
  questions: Chosen[];
  pools: { tag: string; count: string }[];
  passPercent: string;
  attemptLimit: string;
  timeLimitMinutes: string;
  /** Local date and time, as its field gives it. */
  closesLocal: string;
  graceMinutes: string;
  waitMinutes: string;
  shuffleQuestions: boolean;
  shuffleOptions: boolean;
  showAnswers: string;
  gradePolicy: string;
}

interface BankQuestion {
  key: string;
  archivedAt: string | null;
  version: { kind: QuestionKind; excerpt: string };
}

export const chosenOf = ({ key, archivedAt, version }: BankQuestion): Chosen => ({
  id: key,
  kind: version.kind,
  excerpt: version.excerpt || key,
  archived: archivedAt !== null,
});

/** `2026-12-31T23:59` in a time zone. @param instant RFC 3339 */
function localOf(instant: string, timeZone: string): string {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'short' });
  return format.format(new Date(instant)).replace(' ', 'T');
}

const typed = (value: number | null): string => (value === null ? '' : String(value));

export function composingOf(
  stored: {
    questions: readonly BankQuestion[];
    pools: readonly { tag: string; count: number }[];
    passPercent: number;
    attemptLimit: number | null;
    timeLimitMinutes: number | null;
    closesAt: string | null;
    graceMinutes: number;
    waitMinutes: number;
    shuffleQuestions: boolean;
    shuffleOptions: boolean;
    showAnswers: string;
    gradePolicy: string;
  },
  timeZone: string,
): Composing {
  const { shuffleQuestions, shuffleOptions, showAnswers, gradePolicy } = stored;
  return {
    questions: stored.questions.map(chosenOf),
    pools: stored.pools.map(({ tag, count }) => ({ tag, count: String(count) })),
    passPercent: String(stored.passPercent),
    attemptLimit: typed(stored.attemptLimit),
    timeLimitMinutes: typed(stored.timeLimitMinutes),
    closesLocal: stored.closesAt ? localOf(stored.closesAt, timeZone) : '',
    graceMinutes: String(stored.graceMinutes),
    waitMinutes: String(stored.waitMinutes),
    shuffleQuestions,
    shuffleOptions,
    showAnswers,
    gradePolicy,
  };
}

/** A field of numbers gives a number, or null when it is empty. What is no whole number is refused like one out of range. */
export function whole(value: string | number | null, empty: number | null): number | null {
  const text = String(value ?? '').trim();
  if (text === '') return empty;
  return Number.isInteger(Number(text)) ? Number(text) : -1;
}

/** As the API takes it. */
export function inputOf(quiz: Composing, timeZone: string) {
  return {
    passPercent: whole(quiz.passPercent, 0),
    questions: quiz.questions.map(({ id }) => id),
    pools: quiz.pools.map(({ tag, count }) => ({ tag, count: whole(count, 0) })),
    settings: {
      attemptLimit: whole(quiz.attemptLimit, null),
      timeLimitMinutes: whole(quiz.timeLimitMinutes, null),
      closesLocal: quiz.closesLocal || null,
      closesTimeZone: timeZone,
      graceMinutes: whole(quiz.graceMinutes, 0),
      waitMinutes: whole(quiz.waitMinutes, 0),
      shuffleQuestions: quiz.shuffleQuestions,
      shuffleOptions: quiz.shuffleOptions,
      showAnswers: quiz.showAnswers,
      gradePolicy: quiz.gradePolicy,
    },
  };
}
