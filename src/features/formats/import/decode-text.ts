import type { FileReport } from './import-problems.js';

/**
 * The letters of a file: UTF-8, or as its byte order mark or its own declaration says. A file that is not UTF-8 at all is read as
 * Windows-1252, which old editors write. What cannot be read becomes U+FFFD; control characters are taken out; both are reported.
 * Lines end with `\n`.
 *
 * @param declared IANA name of the encoding that the file itself claims.
 */
export function decodeText(content: Buffer, report: FileReport, declared?: string): string {
  const text = decoded(content, report, declared).replace(/\r\n?/g, '\n');
  const damaged = text.indexOf('\uFFFD');
  if (damaged !== -1) {
    report.error('ENCODING_DAMAGED', lineAt(text, damaged), {
      en: 'Some characters cannot be read, here first, and appear as "\uFFFD". Save the file as UTF-8 where it was made and import it again.',
      fr: 'Certains caractères sont illisibles, ici pour la première fois, et apparaissent comme « \uFFFD ». Enregistrez le fichier en UTF-8 là où il a été créé et importez-le à nouveau.',
    });
  }
  const control = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;
  const first = text.search(control);
  if (first === -1) return text;
  report.warning('ENCODING_DAMAGED', lineAt(text, first), {
    en: 'Control characters, here first, are taken out; nothing that is shown is lost.',
    fr: 'Des caractères de contrôle, ici pour la première fois, sont retirés ; rien de visible n’est perdu.',
  });
  return text.replace(control, '');
}

function decoded(content: Buffer, report: FileReport, declared: string | undefined): string {
  const marked = markOf(content);
  const named = marked ?? known(declared);
  if (named !== null && named !== 'utf-8') return new TextDecoder(named).decode(content);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(content);
  } catch {
    const lossy = new TextDecoder().decode(content);
    // Letters beyond ASCII that are good UTF-8 show a damaged file rather than one in an older encoding.
    if (marked !== null || content.includes(0) || /[^\0-\x7F\uFFFD]/.test(lossy)) return lossy;
    const text = new TextDecoder('windows-1252').decode(content);
    report.warning('ENCODING_DAMAGED', lineAt(lossy, lossy.indexOf('\uFFFD')), {
      en: 'The file is not UTF-8 and was read as Windows-1252 (Western European). Check its accents; save it as UTF-8 if they are wrong.',
      fr: 'Le fichier n’est pas en UTF-8 et a été lu comme Windows-1252 (Europe occidentale). Vérifiez les accents ; enregistrez-le en UTF-8 s’ils sont faux.',
    });
    return text;
  }
}

function markOf(content: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | null {
  const [a, b, c] = content;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  return null;
}

/** As the platform names it; null for one that it does not know, and for UTF-16 without a mark, which a byte declaration contradicts. */
function known(declared: string | undefined): string | null {
  if (declared === undefined || /^utf-?16/i.test(declared)) return null;
  try {
    return new TextDecoder(declared).encoding;
  } catch {
    return null;
  }
}

function lineAt(text: string, index: number): number {
  return text.slice(0, index).split(/\r\n?|\n/).length;
}
