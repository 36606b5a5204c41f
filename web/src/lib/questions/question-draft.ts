import type { QuestionKind } from './kinds';

/** Texts by language (BCP 47). */
export type Texts = Record<string, string>;

/** One part of an answer while it is typed: numbers are texts until they are sent. */
export interface OptionDraft {
  /** In the page only. */
  id: number;
  /** Of an option that is stored. */
  key: string | null;
  text: Texts;
  feedback: Texts;
  correct: boolean;
  weight: string;
  match: Texts;
  value: string;
  tolerance: string;
}

/** A question while it is typed, in all languages. */
export interface QuestionDraft {
  kind: QuestionKind;
  /** Markdown. */
  prompt: Texts;
  options: OptionDraft[];
  explanation: Texts;
  /** With commas between them. */
  tags: string;
}

/** A version as the API gives it. */
export interface StoredVersion {
  kind: QuestionKind;
  promptMarkdown: Record<string, unknown>;
  options: readonly {
    key: string;
    text: Record<string, unknown>;
    feedback: Record<string, unknown> | null;
    correct: boolean;
    weight: number | null;
    match: Record<string, unknown> | null;
    number: { value: number; tolerance: number } | null;
  }[];
  explanation: Record<string, unknown> | null;
}

let serial = 0;
export const blankOption = (more: Partial<OptionDraft> = {}): OptionDraft => ({
  id: (serial += 1),
  key: null,
  text: {},
  feedback: {},
  correct: false,
  weight: '',
  match: {},
  value: '',
  tolerance: '0',
  ...more,
});

/** What a new question of a kind begins with. */
export function blankDraft(kind: QuestionKind): QuestionDraft {
  const options =
    kind === 'TRUE_FALSE'
      ? [blankOption({ key: 'true', correct: true }), blankOption({ key: 'false' })]
      : Array.from(
          { length: { SHORT_TEXT: 1, NUMBER: 1, MATCHING: 3, ORDERING: 3 }[kind as string] ?? 3 },
          (_, n) => blankOption({ correct: n === 0 }),
        );
  return { kind, prompt: {}, options, explanation: {}, tags: '' };
}

export function draftOf(version: StoredVersion, tags: readonly string[]): QuestionDraft {
  return {
    kind: version.kind,
    prompt: { ...version.promptMarkdown } as Texts,
    options: version.options.map((option) =>
      blankOption({
        key: option.key,
        text: { ...option.text } as Texts,
        feedback: { ...option.feedback } as Texts,
        correct: option.correct,
        weight: option.weight === null ? '' : String(option.weight),
        match: { ...option.match } as Texts,
        value: option.number ? String(option.number.value) : '',
        tolerance: option.number ? String(option.number.tolerance) : '0',
      }),
    ),
    explanation: { ...version.explanation } as Texts,
    tags: tags.join(', '),
  };
}

/** "1,5" and "1.5" are the same number; what is none is null. */
function numberOf(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() === '' || !Number.isFinite(value) ? null : value;
}

export const tagsOf = (text: string): string[] =>
  text
    .split(',')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');

/** As the API takes it. */
export function inputOf({ kind, prompt, options, explanation, tags }: QuestionDraft) {
  return {
    kind,
    promptMarkdown: prompt,
    explanation,
    tags: tagsOf(tags),
    options: options.map(({ key, text, feedback, correct, weight, match, value, tolerance }) => {
      const number = numberOf(value);
      return {
        key,
        text,
        feedback,
        correct,
        weight: numberOf(weight),
        match: kind === 'MATCHING' ? match : null,
        number:
          kind === 'NUMBER' && number !== null
            ? { value: number, tolerance: numberOf(tolerance) ?? -1 }
            : null,
      };
    }),
  };
}

/** How many texts that another language has are missing in this one. */
export function missingIn(locale: string, { prompt, options, explanation }: QuestionDraft): number {
  const all = [
    prompt,
    explanation,
    ...options.flatMap(({ text, feedback, match }) => [text, feedback, match]),
  ];
  const isThere = (text: string | undefined) => (text ?? '').trim() !== '';
  return all.filter((texts) => !isThere(texts[locale]) && Object.values(texts).some(isThere)).length;
}
