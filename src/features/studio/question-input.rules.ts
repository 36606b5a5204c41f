import { z } from 'zod';
import { DomainError, inputRefusals } from '../../platform/errors.js';
import { parseInput } from '../../platform/input.js';
import type { Localized } from '../../platform/locale.js';
import { blockDocumentSchema, type BlockDocument } from '../catalog/block-document.js';
import {
  QUESTION_KINDS,
  type QuestionContent,
  type QuestionKind,
  type QuestionOption,
} from '../catalog/course-content.js';
import { catalogRefusals } from '../catalog/course.rules.js';
import { isAsStored, MAX_MARKDOWN_LENGTH, parseLessonMarkdown } from './lesson-markdown.rules.js';
import { refusalOfQuestion } from '../catalog/question.rules.js';

const MOST_OPTIONS = 100;
const MOST_TAGS = 20;

/** One word or a few, compared without regard to case; a comma would be two tags where they are typed in a line. */
export const tagSchema = z
  .string()
  .trim()
  .toLowerCase()
  .min(1)
  .max(50)
  .refine(
    (tag) => !/[,\p{Cc}\p{Surrogate}]/u.test(tag),
    'A tag holds no comma. / Une étiquette ne contient pas de virgule.',
  );

export const tagsSchema = z
  .array(tagSchema)
  .max(MOST_TAGS)
  .transform((tags) => [...new Set(tags)].sort());

const localeSchema = z.string().regex(/^[a-z]{2,3}(-[A-Za-z0-9]{1,8})*$/);

/** Texts by language; a language without text is none. */
const localized = (most: number) =>
  z
    .record(localeSchema, z.string().trim().max(most))
    .transform((texts): Localized =>
      Object.fromEntries(Object.entries(texts).filter(([, text]) => text !== '')),
    );

const optionSchema = z.object({
  key: z.string().max(50).nullish(),
  text: localized(2_000).nullish(),
  feedback: localized(2_000).nullish(),
  correct: z.boolean().nullish(),
  weight: z.number().nullish(),
  match: localized(2_000).nullish(),
  number: z.object({ value: z.number(), tolerance: z.number() }).nullish(),
});

const questionSchema = z.object({
  kind: z.enum(QUESTION_KINDS),
  prompt: z.record(localeSchema, z.unknown()).nullish(),
  promptMarkdown: z.record(localeSchema, z.string().max(MAX_MARKDOWN_LENGTH)).nullish(),
  options: z.array(optionSchema).max(MOST_OPTIONS),
  explanation: localized(5_000).nullish(),
  tags: tagsSchema.nullish(),
});

export type QuestionInput = z.input<typeof questionSchema>;
type Option = z.output<typeof optionSchema>;

/** What a question is changed from. */
export interface Before {
  content: QuestionContent;
  /** Of options, in any version: a key that was used once means that option for ever. */
  optionKeys: ReadonlySet<string>;
}

/**
 * A question as a trainer typed it, ready to be kept.
 * @param locales BCP 47 tags of the course; texts in other languages stay where they are and are not begun.
 * @param key of the question.
 * @throws DomainError about the first thing that keeps it from being asked; `field` is a path in it.
 */
export function questionFrom(
  input: QuestionInput,
  key: string,
  locales: readonly string[],
  before?: Before,
): QuestionContent {
  const typed = parseInput(questionSchema, input);
  const { kind, tags } = typed;
  const explanation =
    typed.explanation && Object.keys(typed.explanation).length > 0 ? typed.explanation : null;
  const prompt = promptFrom(typed, before?.content.prompt ?? {});
  requireLocales(prompt, locales, before);
  const keys = new OptionKeys(before);
  const options = typed.options.map((option) => SHAPES[kind](option, keys));
  const content: QuestionContent = {
    key,
    kind,
    prompt,
    options: kind === 'TRUE_FALSE' ? options.toSorted((a, b) => b.key.localeCompare(a.key)) : options,
    explanation,
    ...(tags && { tags }),
  };
  const refused = refusalOfQuestion(content);
  if (refused) throw new DomainError(refused.refusal, refused.values, refused.field);
  return content;
}

function requireLocales(
  prompt: QuestionContent['prompt'],
  locales: readonly string[],
  before?: Before,
): void {
  const known = [...locales, ...Object.keys(before?.content.prompt ?? {})];
  const unknown = Object.keys(prompt).find((locale) => !known.includes(locale));
  if (unknown) throw new DomainError(catalogRefusals.LOCALE_NOT_IN_COURSE, {}, `prompt.${unknown}`);
}

/** Documents as they are, then what was typed as Markdown; what Markdown cannot say of a text that nobody touched stays. */
function promptFrom(
  { prompt, promptMarkdown }: Pick<z.output<typeof questionSchema>, 'prompt' | 'promptMarkdown'>,
  stored: Record<string, BlockDocument>,
): Record<string, BlockDocument> {
  const documents: Record<string, BlockDocument> = {};
  for (const [locale, value] of Object.entries(prompt ?? {})) {
    const parsed = blockDocumentSchema.safeParse(value);
    if (!parsed.success) {
      const reason = parsed.error.issues[0]!.message;
      throw new DomainError(inputRefusals.INVALID_INPUT, { reason }, `prompt.${locale}`);
    }
    documents[locale] = parsed.data;
  }
  for (const [locale, markdown] of Object.entries(promptMarkdown ?? {})) {
    if (markdown.trim() === '') continue;
    documents[locale] = isAsStored(markdown, stored[locale])
      ? stored[locale]!
      : documentFrom(markdown, locale);
  }
  return documents;
}

function documentFrom(markdown: string, locale: string): BlockDocument {
  try {
    return parseLessonMarkdown(markdown);
  } catch (error) {
    if (error instanceof DomainError) throw new DomainError(error.refusal, error.values, `prompt.${locale}`);
    throw error;
  }
}

/** Gives each option a key that never meant another one. */
class OptionKeys {
  private readonly used = new Set<string>();
  private readonly taken: Set<string>;

  constructor(private readonly before?: Before) {
    this.taken = new Set(before?.optionKeys);
  }

  of(wanted: string | null | undefined): string {
    const isOurs = wanted != null && (this.before?.optionKeys.has(wanted) ?? false) && !this.used.has(wanted);
    const key = isOurs ? wanted : this.free();
    this.used.add(key);
    this.taken.add(key);
    return key;
  }

  private free(): string {
    for (let index = 0; ; index += 1) {
      const key = index < 26 ? String.fromCharCode(97 + index) : `o${index + 1}`;
      if (!this.taken.has(key)) return key;
    }
  }
}

const orNull = (texts: Localized | null | undefined): Localized | null =>
  texts && Object.keys(texts).length > 0 ? texts : null;

type Shape = (option: Option, keys: OptionKeys) => QuestionOption;

const choice: Shape = ({ key, text, feedback, correct, weight }, keys) => ({
  key: keys.of(key),
  text: text ?? {},
  feedback: orNull(feedback),
  correct: correct ?? false,
  ...(weight != null && { weight }),
});

/** What an option of each kind keeps of what was typed. */
const SHAPES: Record<QuestionKind, Shape> = {
  SINGLE_CHOICE: choice,
  MULTIPLE_CHOICE: choice,
  SHORT_TEXT: choice,
  TRUE_FALSE: ({ key, feedback, correct }) => ({
    key: key ?? '',
    text: {},
    feedback: orNull(feedback),
    correct: correct ?? false,
  }),
  NUMBER: (option, keys) => ({
    ...choice(option, keys),
    text: {},
    ...(option.number && { number: option.number }),
  }),
  MATCHING: ({ key, text, feedback, match }, keys) => ({
    key: keys.of(key),
    text: text ?? {},
    feedback: orNull(feedback),
    correct: orNull(text) !== null,
    match: match ?? {},
  }),
  ORDERING: ({ key, text, feedback }, keys) => ({
    key: keys.of(key),
    text: text ?? {},
    feedback: orNull(feedback),
    correct: true,
  }),
};
