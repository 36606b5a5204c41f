import { DomainError, defineRefusals, type Refusal } from '../errors.js';

/** Kinds of files that the store holds, with the most bytes that one may have. */
export const FILE_KINDS = {
  IMAGE: 20_000_000,
  DOCUMENT: 50_000_000,
  VIDEO: 500_000_000,
  CAPTIONS: 1_000_000,
  /** Brought by imports alone, and never served. */
  ARCHIVE: 200_000_000,
} as const;
export type FileKind = keyof typeof FILE_KINDS;

/** What a trainer may upload to a course. */
export const UPLOAD_KINDS: readonly FileKind[] = ['IMAGE', 'DOCUMENT', 'VIDEO', 'CAPTIONS'];
/** What an import may bring along. */
export const IMPORT_KINDS: readonly FileKind[] = [...UPLOAD_KINDS, 'ARCHIVE'];

/** A picture of more would take hundreds of megabytes of memory to open. */
export const MOST_PIXELS = 50_000_000;

const OOXML = 'application/vnd.openxmlformats-officedocument';
const ODF = 'application/vnd.oasis.opendocument';

/** Media types that are taken: the kind of each, and the ending that its name gets when it is saved. */
const MEDIA_TYPES: Readonly<Record<string, { kind: FileKind; endings: readonly string[] }>> = {
  'image/png': { kind: 'IMAGE', endings: ['png'] },
  'image/apng': { kind: 'IMAGE', endings: ['png'] },
  'image/jpeg': { kind: 'IMAGE', endings: ['jpg', 'jpeg'] },
  'image/gif': { kind: 'IMAGE', endings: ['gif'] },
  'image/webp': { kind: 'IMAGE', endings: ['webp'] },
  'image/avif': { kind: 'IMAGE', endings: ['avif'] },
  'application/pdf': { kind: 'DOCUMENT', endings: ['pdf'] },
  'application/epub+zip': { kind: 'DOCUMENT', endings: ['epub'] },
  [`${OOXML}.wordprocessingml.document`]: { kind: 'DOCUMENT', endings: ['docx'] },
  [`${OOXML}.spreadsheetml.sheet`]: { kind: 'DOCUMENT', endings: ['xlsx'] },
  [`${OOXML}.presentationml.presentation`]: { kind: 'DOCUMENT', endings: ['pptx'] },
  [`${ODF}.text`]: { kind: 'DOCUMENT', endings: ['odt'] },
  [`${ODF}.spreadsheet`]: { kind: 'DOCUMENT', endings: ['ods'] },
  [`${ODF}.presentation`]: { kind: 'DOCUMENT', endings: ['odp'] },
  'text/plain': { kind: 'DOCUMENT', endings: ['txt', 'csv', 'md'] },
  'text/vtt': { kind: 'CAPTIONS', endings: ['vtt'] },
  'video/mp4': { kind: 'VIDEO', endings: ['mp4', 'm4v'] },
  'video/webm': { kind: 'VIDEO', endings: ['webm'] },
  'application/zip': { kind: 'ARCHIVE', endings: ['zip'] },
};

export const kindOf = (mediaType: string): FileKind | null => MEDIA_TYPES[mediaType]?.kind ?? null;

export const fileRefusals = defineRefusals({
  UPLOAD_HEADER_MISSING: {
    en: 'The request lacks the header {header}.',
    fr: 'Il manque l’en-tête {header} à la requête.',
  },
  FILE_EMPTY: {
    en: '“{name}” is empty. Choose the file again; perhaps it was not saved.',
    fr: '« {name} » est vide. Choisissez de nouveau le fichier ; il n’a peut-être pas été enregistré.',
  },
  FILE_TOO_LARGE: {
    en: '“{name}” is too large: {max} MB at most. Save it smaller and send it again.',
    fr: '« {name} » est trop volumineux : {max} Mo au maximum. Enregistrez-le plus petit et envoyez-le de nouveau.',
  },
  FILE_TYPE_REFUSED: {
    en: '“{name}” is of a kind that courses do not hold. Send a picture (PNG, JPEG, WebP, AVIF, GIF), a document (PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, text), a video (MP4, WebM) or captions (WebVTT).',
    fr: '« {name} » est d’un type que les formations n’acceptent pas. Envoyez une image (PNG, JPEG, WebP, AVIF, GIF), un document (PDF, Word, Excel, PowerPoint, OpenDocument, EPUB, texte), une vidéo (MP4, WebM) ou des sous-titres (WebVTT).',
  },
  FILE_SVG: {
    en: '“{name}” is an SVG drawing, which may hold programs. Save it as PNG and send that.',
    fr: '« {name} » est un dessin SVG, qui peut contenir des programmes. Enregistrez-le en PNG et envoyez ce fichier.',
  },
  FILE_HTML: {
    en: '“{name}” is a web page, which may hold programs. Copy its text into the lesson, or save it as PDF.',
    fr: '« {name} » est une page web, qui peut contenir des programmes. Copiez son texte dans la leçon, ou enregistrez-la en PDF.',
  },
  FILE_ARCHIVE: {
    en: '“{name}” is an archive. Send the files in it one by one, or bring it in through the import page.',
    fr: '« {name} » est une archive. Envoyez ses fichiers un par un, ou passez par la page d’importation.',
  },
  PICTURE_UNREADABLE: {
    en: '“{name}” cannot be opened as a picture: it is damaged or incomplete. Save it again as PNG or JPEG and send that.',
    fr: '« {name} » ne peut pas être ouvert comme image : le fichier est abîmé ou incomplet. Enregistrez-le de nouveau en PNG ou JPEG et envoyez ce fichier.',
  },
  PICTURE_TOO_LARGE: {
    en: '“{name}” has more than {max} million pixels. Make it smaller and send it again; 2,560 pixels of width are plenty.',
    fr: '« {name} » a plus de {max} millions de pixels. Réduisez l’image et envoyez-la de nouveau ; 2 560 pixels de large suffisent largement.',
  },
});

/** Refuses a file by its name. */
export const refusedFile = (refusal: Refusal, name: string, max = 0): DomainError =>
  new DomainError(refusal, { name, max }, 'file');

/** Of megabytes, as the sentence says them. */
export const tooLarge = (name: string, kind: FileKind): DomainError =>
  refusedFile(fileRefusals.FILE_TOO_LARGE, name, FILE_KINDS[kind] / 1_000_000);

/**
 * A file's name as somebody sent it, fit to be shown and saved: without folders, control characters and signs that turn the
 * direction of writing, 1 to 200 characters.
 */
export function plainFileName(raw: string): string {
  const last = raw.split(/[/\\]/).at(-1)!;
  const plain = last.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}<>:"|?*]/gu, '').replace(/^[\s.]+|[\s.]+$/g, '');
  return [...plain].slice(-200).join('') || 'file';
}

/**
 * The name under which a stored file is saved: as {@link plainFileName}, with an ending of its media type, so that what was taken
 * as text is not opened as a web page.
 */
export function nameToSave(raw: string, mediaType: string): string {
  // Pictures were encoded anew: the ending that one came with is wrong now.
  const given = plainFileName(raw);
  const name = kindOf(mediaType) === 'IMAGE' ? given.replace(/(?<=.)\.(png|jpe?g|gif|avif)$/i, '') : given;
  const endings = MEDIA_TYPES[mediaType]?.endings ?? [];
  const ending = /\.([^.]+)$/.exec(name)?.[1]?.toLowerCase();
  return endings.length === 0 || (ending !== undefined && endings.includes(ending))
    ? name
    : `${name}.${endings[0]}`;
}

/** `Content-Disposition: attachment`, with the name in ASCII and, where that is not all, in UTF-8 (RFC 6266, section 4.3). */
export function attachment(name: string): string {
  const ascii = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const extended = encodeURIComponent(name).replace(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"${ascii === name ? '' : `; filename*=UTF-8''${extended}`}`;
}

/** No file runs anything, loads anything, or is shown within a page of another site. */
export const SAFE_HEADERS = {
  'Content-Security-Policy': "sandbox; default-src 'none'",
  'Cross-Origin-Resource-Policy': 'same-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** `Content-Type`: text is UTF-8, which was looked at when it was taken. */
export const contentType = (mediaType: string): string =>
  mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType;
