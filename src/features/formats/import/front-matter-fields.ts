import type { FrontMatter } from './front-matter.js';
import type { FileReport, Sentence } from './import-problems.js';

/** Of a course, a module or a lesson, in UTF-16 units. */
export const MAX_TITLE_LENGTH = 200;

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
    if (typeof value !== 'string')
      return this.invalid(field, {
        en: 'must be text between quotes',
        fr: 'doit être un texte entre guillemets droits',
      });
    return this.checkedText(field, value, max, { en: '', fr: '' });
  }

  requiredText(field: string, max: number): string | undefined {
    return this.present(field, { en: 'a text', fr: 'un texte' }) ? this.text(field, max) : undefined;
  }

  /** As {@link requiredText}, but that a draft may say `""`: not written yet. */
  draftText(field: string, max: number): string | undefined {
    return this.matter.fields.get(field) === '' ? '' : this.requiredText(field, max);
  }

  /** A whole number from `min` to `max`, both included. */
  integer(field: string, min: number, max: number): number | undefined {
    const value = this.matter.fields.get(field);
    if (typeof value === 'number' && Number.isInteger(value) && value >= min && value <= max) return value;
    return this.invalid(field, {
      en: `must be a whole number from ${min} to ${max}`,
      fr: `doit être un nombre entier de ${min} à ${max}`,
    });
  }

  /** A number from `min` to `max`, both included. */
  number(field: string, min: number, max: number): number | undefined {
    const value = this.matter.fields.get(field);
    if (typeof value === 'number' && value >= min && value <= max) return value;
    return this.invalid(field, {
      en: `must be a number from ${min} to ${max}`,
      fr: `doit être un nombre de ${min} à ${max}`,
    });
  }

  requiredInteger(field: string, min: number, max: number): number | undefined {
    const what = { en: `a whole number from ${min} to ${max}`, fr: `un nombre entier de ${min} à ${max}` };
    return this.present(field, what) ? this.integer(field, min, max) : undefined;
  }

  boolean(field: string): boolean | undefined {
    const value = this.matter.fields.get(field);
    return typeof value === 'boolean'
      ? value
      : this.invalid(field, { en: 'must be true or false', fr: 'doit être true ou false' });
  }

  oneOf<T extends string>(field: string, choices: readonly T[]): T | undefined {
    const value = this.matter.fields.get(field);
    return (
      choices.find((choice) => choice === value) ??
      this.invalid(field, {
        en: `must be ${choices.join(' or ')}`,
        fr: `doit être ${choices.join(' ou ')}`,
      })
    );
  }

  /** A list of 1 to `maxItems` texts; a text that is wrong is reported and left out, the others stay. */
  list(field: string, maxItems: number, maxLength: number): string[] | undefined {
    const value: unknown = this.matter.fields.get(field);
    if (!Array.isArray(value) || value.length === 0)
      return this.invalid(field, {
        en: 'must be a list with one "- text" per line',
        fr: 'doit être une liste, un « - texte » par ligne',
      });
    if (value.length > maxItems)
      return this.invalid(field, {
        en: `may have at most ${maxItems} entries`,
        fr: `peut avoir au plus ${maxItems} éléments`,
      });
    return value.flatMap((item: unknown, index) => {
      const place = { en: ` (entry ${index + 1})`, fr: ` (élément ${index + 1})` };
      if (typeof item === 'string') return this.checkedText(field, item, maxLength, place) ?? [];
      this.invalid(field, {
        en: `must be a list of texts${place.en}; put an entry with a colon between quotes`,
        fr: `doit être une liste de textes${place.fr} ; mettez entre guillemets droits un élément qui contient un deux-points`,
      });
      return [];
    });
  }

  /** As {@link list}, but that it must be there, and that a draft may say `[]`: none yet. */
  requiredList(field: string, maxItems: number, maxLength: number): string[] | undefined {
    const value: unknown = this.matter.fields.get(field);
    if (Array.isArray(value) && value.length === 0) return [];
    return this.present(field, { en: 'a list', fr: 'une liste' })
      ? this.list(field, maxItems, maxLength)
      : undefined;
  }

  /** Warns of fields that are known but mean nothing in this file. */
  ignore(fields: readonly string[], why: Sentence): void {
    for (const field of fields) {
      if (!this.has(field)) continue;
      this.report.warning('FIELD_IGNORED', this.matter.lineOf(field), {
        en: `"${field}" is ignored here: ${why.en}.`,
        fr: `« ${field} » est ignoré ici : ${why.fr}.`,
      });
    }
  }

  /** Reports what is wrong with a field. */
  invalid(field: string, why: Sentence): undefined {
    this.report.error('FIELD_INVALID', this.matter.lineOf(field), {
      en: `"${field}" ${why.en}.`,
      fr: `« ${field} » ${why.fr}.`,
    });
    return undefined;
  }

  private present(field: string, what: Sentence): boolean {
    if (this.has(field)) return true;
    this.report.error('FIELD_MISSING', this.matter.lineOf(field), {
      en: `"${field}" is missing; add ${what.en}: "${field}: ...".`,
      fr: `« ${field} » manque ; ajoutez ${what.fr} : « ${field}: ... ».`,
    });
    return false;
  }

  private checkedText(field: string, value: string, max: number, place: Sentence): string | undefined {
    const text = value.trim();
    if (text === '')
      return this.invalid(field, {
        en: `may not be empty${place.en}`,
        fr: `ne peut pas être vide${place.fr}`,
      });
    if (UNSTORABLE.test(text))
      return this.invalid(field, {
        en: `holds a character that cannot be stored${place.en}`,
        fr: `contient un caractère qui ne peut pas être enregistré${place.fr}`,
      });
    if (text.length > max)
      return this.invalid(field, {
        en: `may have at most ${max} characters and has ${text.length}${place.en}`,
        fr: `peut avoir au plus ${max} caractères et en a ${text.length}${place.fr}`,
      });
    return text;
  }
}
