import type { FrontMatter } from './front-matter.js';
import type { FileReport } from './import-problems.js';

/** Of a course, a module or a lesson, in UTF-16 units. */
export const MAX_TITLE_LENGTH = 150;

/** PostgreSQL's text takes no NUL, and UTF-8 no lone surrogate; YAML's "\0" and "\uD800" can make both. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** Reads fields of one front matter; each method reports what is wrong and then answers undefined. */
export class FieldReader {
  constructor(
    private readonly matter: FrontMatter,
    private readonly report: FileReport,
  ) {}

  /** True when the author wrote the field, whatever its value. */
  has(field: string): boolean {
    return this.matter.fields.get(field) !== undefined && this.matter.fields.get(field) !== null;
  }

  /** A text of 1 to `max` characters, trimmed. */
  text(field: string, max: number): string | undefined {
    const value = this.matter.fields.get(field);
    if (typeof value !== 'string') return this.invalid(field, 'must be text between quotes');
    return this.checkedText(field, value, max, '');
  }

  requiredText(field: string, max: number): string | undefined {
    return this.present(field, 'a text') ? this.text(field, max) : undefined;
  }

  /** A whole number from `min` to `max`, both included. */
  integer(field: string, min: number, max: number): number | undefined {
    const value = this.matter.fields.get(field);
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    return this.invalid(field, `must be a whole number from ${min} to ${max}`);
  }

  requiredInteger(field: string, min: number, max: number): number | undefined {
    return this.present(field, `a whole number from ${min} to ${max}`)
      ? this.integer(field, min, max)
      : undefined;
  }

  boolean(field: string): boolean | undefined {
    const value = this.matter.fields.get(field);
    return typeof value === 'boolean' ? value : this.invalid(field, 'must be true or false');
  }

  oneOf<T extends string>(field: string, choices: readonly T[]): T | undefined {
    const value = this.matter.fields.get(field);
    return (
      choices.find((choice) => choice === value) ?? this.invalid(field, `must be ${choices.join(' or ')}`)
    );
  }

  /** A list of 1 to `maxItems` texts; a text that is wrong is reported and left out, the others stay. */
  list(field: string, maxItems: number, maxLength: number): string[] | undefined {
    const value: unknown = this.matter.fields.get(field);
    if (!Array.isArray(value) || value.length === 0) {
      return this.invalid(field, 'must be a list with one "- text" per line');
    }
    if (value.length > maxItems) return this.invalid(field, `may have at most ${maxItems} entries`);
    return value.flatMap((item: unknown, index) => {
      const place = ` (entry ${index + 1})`;
      if (typeof item === 'string') return this.checkedText(field, item, maxLength, place) ?? [];
      this.invalid(field, `must be a list of texts${place}; put an entry with a colon between quotes`);
      return [];
    });
  }

  requiredList(field: string, maxItems: number, maxLength: number): string[] | undefined {
    return this.present(field, 'a list') ? this.list(field, maxItems, maxLength) : undefined;
  }

  /** Warns of fields that are known but mean nothing in this file. */
  ignore(fields: readonly string[], why: string): void {
    for (const field of fields) {
      if (!this.has(field)) continue;
      this.report.warning('FIELD_IGNORED', this.matter.lineOf(field), `"${field}" is ignored here: ${why}.`);
    }
  }

  private present(field: string, what: string): boolean {
    if (this.has(field)) return true;
    this.report.error(
      'FIELD_MISSING',
      this.matter.lineOf(field),
      `"${field}" is missing; add ${what}: "${field}: ...".`,
    );
    return false;
  }

  private checkedText(field: string, value: string, max: number, place: string): string | undefined {
    const text = value.trim();
    if (text === '') return this.invalid(field, `may not be empty${place}`);
    if (UNSTORABLE.test(text)) return this.invalid(field, `holds a character that cannot be stored${place}`);
    if (text.length > max) {
      return this.invalid(field, `may have at most ${max} characters and has ${text.length}${place}`);
    }
    return text;
  }

  private invalid(field: string, why: string): undefined {
    this.report.error('FIELD_INVALID', this.matter.lineOf(field), `"${field}" ${why}.`);
    return undefined;
  }
}
