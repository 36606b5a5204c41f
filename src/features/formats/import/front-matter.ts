import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { quoted, type FileReport, type Sentence } from './import-problems.js';

/** Most characters of front matter: what a course needs with all its outcomes, or a quiz with a thousand questions to draw from. */
export const MAX_FRONT_MATTER_LENGTH = 100_000;

/** The YAML at the head of a file, and where its Markdown begins. */
export interface FrontMatter {
  /** Known fields only, still of any type. */
  fields: ReadonlyMap<string, unknown>;
  /** 1-based line of a field; the opening `---` for one that is absent. */
  lineOf(field: string): number;
  body: string;
  /** How many lines of the file stand before the body: add them to a line of the body. */
  bodyOffset: number;
}

/**
 * Splits a file into front matter and body and reads the YAML. Null, with the reason reported, when the front
 * matter is missing, never closed, too large, not YAML, not a map, or uses aliases: those have no use in a dozen
 * plain fields, and a few lines of them expand to gigabytes. An unknown field is a warning naming the nearest known.
 *
 * @param text normalized: no BOM, lines end in `\n`.
 */
export function readFrontMatter(
  text: string,
  known: readonly string[],
  report: FileReport,
): FrontMatter | null {
  const lines = text.split('\n');
  if (lines[0]?.trimEnd() !== '---') {
    report.error('FRONT_MATTER_MISSING', 1, {
      en: `The first line must be "---", followed by ${known.join(', ')} and "---".`,
      fr: `La première ligne doit être « --- », suivie de ${known.join(', ')} et de « --- ».`,
    });
    return null;
  }
  const end = lines.findIndex((line, index) => index > 0 && line.trimEnd() === '---');
  if (end === -1) {
    report.error('FRONT_MATTER_UNCLOSED', 1, {
      en: 'The front matter is never closed; put a line "---" after its last field.',
      fr: 'L’en-tête n’est jamais fermé ; mettez une ligne « --- » après son dernier champ.',
    });
    return null;
  }
  const yaml = lines.slice(1, end).join('\n');
  if (yaml.length > MAX_FRONT_MATTER_LENGTH) {
    report.error('FRONT_MATTER_TOO_LARGE', 1, {
      en: `The front matter is longer than ${MAX_FRONT_MATTER_LENGTH} characters; move text into the body.`,
      fr: `L’en-tête dépasse ${MAX_FRONT_MATTER_LENGTH} caractères ; déplacez du texte dans le corps.`,
    });
    return null;
  }
  const parsed = readYaml(yaml, report);
  if (parsed === null) return null;

  const fields = new Map<string, unknown>();
  for (const [field, value] of parsed.values) {
    if (known.includes(field)) fields.set(field, value);
    else report.warning('FIELD_UNKNOWN', parsed.lines.get(field) ?? 1, unknownFieldMessage(field, known));
  }
  return {
    fields,
    lineOf: (field) => parsed.lines.get(field) ?? 1,
    body: lines.slice(end + 1).join('\n'),
    bodyOffset: end + 1,
  };
}

function readYaml(
  yaml: string,
  report: FileReport,
): { values: Map<string, unknown>; lines: Map<string, number> } | null {
  // The YAML begins on the file's second line.
  const counter = new LineCounter();
  const lineAt = (offset: number): number => Math.max(1, counter.linePos(offset).line) + 1;
  try {
    const document = parseDocument(yaml, { lineCounter: counter, prettyErrors: false, logLevel: 'silent' });
    const fault = document.errors[0] ?? document.warnings[0];
    if (fault !== undefined) {
      report.error('FRONT_MATTER_INVALID', lineAt(fault.pos[0]), {
        en: `This is not valid YAML: ${fault.message}. Put a text between quotes when it contains ": " or " #" or begins with a sign.`,
        fr: `Ceci n’est pas du YAML valide : ${fault.message}. Mettez un texte entre guillemets droits s’il contient « : » ou « # » ou commence par un signe.`,
      });
      return null;
    }
    if (!isMap(document.contents)) {
      report.error('FRONT_MATTER_INVALID', 2, {
        en: 'The front matter must be lines of "field: value".',
        fr: 'L’en-tête doit être fait de lignes « champ: valeur ».',
      });
      return null;
    }
    const lines = new Map<string, number>();
    for (const { key } of document.contents.items) {
      if (isScalar(key)) lines.set(String(key.value), lineAt(key.range?.[0] ?? 0));
    }
    const values = document.toJS({ mapAsMap: true, maxAliasCount: 0 }) as Map<unknown, unknown>;
    return { values: new Map([...values].map(([key, value]) => [String(key), value])), lines };
  } catch (error) {
    // toJS throws a ReferenceError for an alias; a RangeError is a nesting too deep for the parser.
    if (error instanceof ReferenceError) {
      report.error('FRONT_MATTER_ALIAS', 1, {
        en: 'YAML aliases (*name) are not allowed here; write the value out, or put the text between quotes.',
        fr: 'Les alias YAML (*nom) ne sont pas permis ici ; écrivez la valeur, ou mettez le texte entre guillemets droits.',
      });
    } else {
      report.error('FRONT_MATTER_INVALID', 1, {
        en: 'The front matter cannot be read as YAML; use plain "field: value" lines.',
        fr: 'L’en-tête n’est pas lisible comme YAML ; écrivez de simples lignes « champ: valeur ».',
      });
    }
    return null;
  }
}

function unknownFieldMessage(field: string, known: readonly string[]): Sentence {
  const nearest = nearestOf(field, known);
  const all = known.join(', ');
  const hint =
    nearest === null
      ? { en: `Known here: ${all}.`, fr: `Connus ici : ${all}.` }
      : { en: `Did you mean ${quoted(nearest)}?`, fr: `Vouliez-vous dire ${quoted(nearest)} ?` };
  return {
    en: `The field ${quoted(field)} is not known and is ignored. ${hint.en}`,
    fr: `Le champ ${quoted(field)} n’est pas connu et est ignoré. ${hint.fr}`,
  };
}

/** The known name with the fewest edits (Levenshtein distance); null when more than half of it would change. */
export function nearestOf(name: string, known: readonly string[]): string | null {
  const wanted = name.slice(0, 40).toLowerCase();
  let best: { name: string; edits: number } | null = null;
  for (const candidate of known) {
    const edits = editDistance(wanted, candidate.toLowerCase());
    if (edits <= candidate.length / 2 && (best === null || edits < best.edits))
      best = { name: candidate, edits };
  }
  return best?.name ?? null;
}

function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitution = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitution, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
