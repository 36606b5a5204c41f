import type { Token } from 'markdown-it';
import { parseDocument } from 'yaml';
import { z } from 'zod';
import { EMBED_HOSTS, isEmbeddable, type MediaNode, type VideoNode } from '../../catalog/block-media.js';
import { quoted, type FileReport } from './import-problems.js';
import { attributesAt, NO_ATTRIBUTES, type MediaFiles } from './media-files.js';
import { bounded, takenFile, type Spot } from './media-from-markdown.js';

const MOST_TITLE = 200;
const MOST_TRANSCRIPT = 50_000;
const LOCALE = /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/;

const fieldsSchema = z.strictObject({
  title: z.string().default(''),
  seconds: z.int().min(1).max(86_400).optional(),
  captions: z
    .array(z.record(z.string().regex(LOCALE), z.string()))
    .max(20)
    .default([]),
  transcript: z.string().default(''),
});
type Fields = z.output<typeof fieldsSchema>;

/** A `:::video` or `:::embed` block; null, and reported, when it cannot be used. @param line 1-based, of its first line. */
export function mediaFromDirective(
  token: Token,
  line: number,
  media: MediaFiles,
  report: FileReport,
): MediaNode | null {
  const [, kind, rest = ''] = /^([a-z]+)[ \t]*(.*)$/.exec(token.info) ?? [];
  if (kind !== 'video' && kind !== 'embed') {
    report.error('BLOCK_UNKNOWN', line, {
      en: `":::${kind ?? ''}" is not known and is left out; there are ":::video" and ":::embed".`,
      fr: `« :::${kind ?? ''} » n’est pas connu et est laissé de côté ; il existe « :::video » et « :::embed ».`,
    });
    return null;
  }
  const [target = '', ...more] = rest.split(/[ \t]+(?=\{)/);
  const fields = fieldsOf(token.content, line, report);
  if (fields === null) return null;
  const title = bounded(fields.title, MOST_TITLE, line, report);
  if (isEmbeddable(target)) {
    if (kind === 'embed') return { type: 'embed', attrs: { href: target, title } };
    return video(fields, title, { href: target, file: null, bytes: null }, { line, media, report });
  }
  if (kind === 'embed' || /^[a-z]+:\/\//i.test(target)) {
    report.error('BLOCK_UNKNOWN', line, {
      en: `${quoted(target)} is left out: only https addresses of these sites are shown: ${EMBED_HOSTS.join(', ')}. Write a link instead.`,
      fr: `${quoted(target)} est laissé de côté : seules les adresses https de ces sites sont affichées : ${EMBED_HOSTS.join(', ')}. Écrivez plutôt un lien.`,
    });
    return null;
  }
  const attributes = attributesAt(more.join(' '))?.attributes ?? NO_ATTRIBUTES;
  const what = { en: `The video ${quoted(target)}`, fr: `La vidéo ${quoted(target)}` };
  const file = takenFile(media.find(target, attributes), what, 'FILE_MISSING', { line, report });
  if (!file) return null;
  const bytes = file.bytes < 0 ? null : file.bytes;
  return video(fields, title, { href: null, file: file.hash, bytes }, { line, media, report });
}

function video(
  fields: Fields,
  title: string,
  source: Pick<VideoNode['attrs'], 'href' | 'file' | 'bytes'>,
  { line, media, report }: Spot,
): VideoNode {
  const captions = fields.captions.flatMap((entry) =>
    Object.entries(entry).flatMap(([locale, name]) => {
      const what = { en: `The captions ${quoted(name)}`, fr: `Le fichier de sous-titres ${quoted(name)}` };
      const file = takenFile(media.find(name, NO_ATTRIBUTES), what, 'FILE_MISSING', { line, report });
      return file ? [{ locale, file: file.hash }] : [];
    }),
  );
  const transcript = bounded(fields.transcript, MOST_TRANSCRIPT, line, report);
  const durationSeconds = fields.seconds ?? null;
  return {
    type: 'video',
    attrs: {
      href: source.href,
      file: source.file,
      title,
      bytes: source.bytes,
      durationSeconds,
      captions: captions.slice(0, 20),
      transcript,
    },
  };
}

function fieldsOf(yaml: string, line: number, report: FileReport): Fields | null {
  try {
    const document = parseDocument(yaml, { prettyErrors: false, logLevel: 'silent' });
    const value: unknown = document.errors.length > 0 ? null : (document.toJS({ maxAliasCount: 0 }) ?? {});
    const parsed = fieldsSchema.safeParse(value);
    const texts = parsed.success ? [parsed.data.title, parsed.data.transcript] : [];
    if (parsed.success && !texts.some((text) => /[\0\p{Surrogate}]/u.test(text))) return parsed.data;
  } catch {
    // An alias, or a nesting too deep: neither has a use here.
  }
  report.error('FIELD_INVALID', line, {
    en: 'The lines between ":::" cannot be read and the block is left out; write title: "...", seconds: 90, captions as "- en: files/name.vtt" and transcript: "...", texts in double quotes.',
    fr: 'Les lignes entre « ::: » sont illisibles et le bloc est laissé de côté ; écrivez title: "...", seconds: 90, les sous-titres sous la forme « - fr: files/nom.vtt » et transcript: "...", les textes entre guillemets droits.',
  });
  return null;
}
