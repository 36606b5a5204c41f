import type { QuestionKind } from '$lib/questions/kinds';

/** One text of a question beside its translation. */
export interface QuestionText {
  /** Of its field in the form: `prompt`, `explanation`, or what of which answer, as `text.a`. */
  name: string;
  part: 'prompt' | 'explanation' | 'text' | 'accepted' | 'left' | 'match' | 'feedback';
  /** Of the answer that it belongs to, from 1; 0 for the question itself. */
  n: number;
  correct: boolean;
  source: string;
  text: string;
}

interface Version {
  kind: QuestionKind;
  promptMarkdown: Record<string, unknown>;
  explanation: Record<string, unknown> | null;
  options: readonly {
    key: string;
    text: Record<string, unknown>;
    feedback: Record<string, unknown> | null;
    correct: boolean;
    match: Record<string, unknown> | null;
  }[];
}

/** Every text that a question has in either language, in the order in which it is read; the prompt always. */
export function textsOf(version: Version, source: string, target: string): QuestionText[] {
  const pair = (
    { name, part, n = 0, correct = false }: Pick<QuestionText, 'name' | 'part'> & Partial<QuestionText>,
    texts: Record<string, unknown> | null,
  ): QuestionText[] => {
    const [from, to] = [source, target].map((locale) => String(texts?.[locale] ?? '').trim());
    return from || to || name === 'prompt' ? [{ name, part, n, correct, source: from!, text: to! }] : [];
  };
  const words = ({ MATCHING: 'left', SHORT_TEXT: 'accepted' } as const)[version.kind as string] ?? 'text';
  return [
    ...pair({ name: 'prompt', part: 'prompt' }, version.promptMarkdown),
    ...version.options.flatMap(({ key, text, match, feedback, correct }, index) => {
      const of = { n: index + 1, correct: correct && version.kind.endsWith('_CHOICE') };
      return [
        ...pair({ name: `text.${key}`, part: words, ...of }, text),
        ...pair({ name: `match.${key}`, part: 'match', ...of }, match),
        ...pair({ name: `feedback.${key}`, part: 'feedback', ...of, correct: false }, feedback),
      ];
    }),
    ...pair({ name: 'explanation', part: 'explanation' }, version.explanation),
  ];
}
