import { createHash } from 'node:crypto';
import type { Localized } from '../../../platform/locale.js';
import type { QuestionContent, QuestionOption } from '../../catalog/course-content.js';
import { clean, cutTo } from './clean-text.js';
import { UniqueKeys } from '../../catalog/keys.rules.js';
import type { FileReport } from './import-problems.js';
import type { DraftOption, QuestionDraft } from './question-draft.js';
import { mended } from './question-mending.js';

const MOST_TEXT = 2_000;
const MOST_EXPLANATION = 5_000;
const MOST_TAGS = 20;

/** Makes questions for the bank of drafts, each with a key of its own. */
export class QuestionMaker {
  private readonly keys = new UniqueKeys();

  /** @param locale BCP 47 tag of the language that the drafts are in. */
  constructor(private readonly locale: string) {}

  /** The question; null, and reported, when nobody could answer it or it could not be marked. */
  make(draft: QuestionDraft, report: FileReport): QuestionContent | null {
    const sound = mended(draft, report);
    if (sound === null) return null;
    const { kind, prompt, tags } = sound;
    const kept = tagsFrom(tags);
    return {
      key: this.keyOf(sound),
      kind,
      prompt: { [this.locale]: prompt },
      options:
        kind === 'TRUE_FALSE'
          ? this.trueFalse(sound)
          : sound.options.map((option, at) => this.option(sound, option, at)),
      explanation: this.localized(sound.explanation, MOST_EXPLANATION),
      ...(kept.length > 0 && { tags: kept }),
    };
  }

  private option(
    { kind }: QuestionDraft,
    { text, feedback, correct, weight, match, number }: DraftOption,
    at: number,
  ): QuestionOption {
    return {
      key: at < 26 ? String.fromCharCode(97 + at) : `o${at + 1}`,
      text: this.localized(text, MOST_TEXT) ?? {},
      feedback: this.localized(feedback, MOST_TEXT),
      correct,
      ...(weight !== undefined && { weight }),
      ...(kind === 'MATCHING' && { match: this.localized(match ?? '', MOST_TEXT) ?? {} }),
      ...(number && { number }),
    };
  }

  private trueFalse({ options }: QuestionDraft): QuestionOption[] {
    return options.map(({ text, feedback, correct }) => ({
      key: text,
      text: {},
      feedback: this.localized(feedback, MOST_TEXT),
      correct,
    }));
  }

  private localized(text: string, most: number): Localized | null {
    const kept = cutTo(most, text).trim();
    return kept === '' ? null : { [this.locale]: kept };
  }

  private keyOf({ name, prompt, options }: QuestionDraft): string {
    const asked = JSON.stringify([prompt, options.map(({ text, match }) => [text, match ?? ''])]);
    return this.keys.of(name, `q-${createHash('sha256').update(asked).digest('hex').slice(0, 10)}`);
  }
}

/** As the bank keeps tags: short, in lower case, without commas, sorted, each once, not too many. */
export function tagsFrom(words: readonly string[]): string[] {
  const tags = words
    .map((word) =>
      cutTo(
        50,
        clean(word)
          .replace(/[,\p{Cc}\s]+/gu, ' ')
          .trim()
          .toLowerCase(),
      ).trim(),
    )
    .filter((tag) => tag !== '');
  return [...new Set(tags)].slice(0, MOST_TAGS).sort();
}

/** Tags of a category path of Moodle: its parts, without those that every course has. */
export function tagsOfCategory(path: string): string[] {
  // A slash in a name is doubled.
  const parts = path.replaceAll('//', '\u0001').split('/');
  return parts
    .map((part) => part.replaceAll('\u0001', '/').trim())
    .filter((part) => part !== '' && part !== 'top' && !/^\$.*\$$/.test(part));
}
