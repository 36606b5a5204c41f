import { z } from 'zod';
import { parseUrl } from '../../platform/url.js';

/** SHA-256, in hexadecimal, of a file in the store: what a document says of a file stays true wherever it is stored. */
export const fileHashSchema = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'A file is named by its SHA-256, 64 hexadecimal digits.');

const text = (most: number) =>
  z
    .string()
    .max(most)
    .refine((value) => !/[\0\p{Surrogate}]/u.test(value), 'Text may hold neither NUL nor lone surrogates.');

/** Pictures, in the order of the document: PNG, JPEG, WebP or AVIF, re-encoded by the store. */
export interface ImageNode {
  type: 'image';
  attrs: {
    file: string;
    /** What it shows, for who does not see it. Empty only where it is decorative; publishing asks for it otherwise. */
    alt: string;
    decorative: boolean;
    caption: string;
    /** Of the stored original, in pixels. */
    width: number;
    height: number;
  };
}

/** A video: a link to where it is shown, or a file of the store. */
export interface VideoNode {
  type: 'video';
  attrs: {
    /** Of one of {@link EMBED_HOSTS}; null for a file. */
    href: string | null;
    file: string | null;
    title: string;
    /** Of a file, in bytes: told before it is loaded. */
    bytes: number | null;
    durationSeconds: number | null;
    /** WebVTT files, by BCP 47 tag of their language. */
    captions: { locale: string; file: string }[];
    /** What is said and shown, as plain text with line breaks. */
    transcript: string;
  };
}

/** Something of another site, shown only when asked for. */
export interface EmbedNode {
  type: 'embed';
  attrs: {
    /** Of one of {@link EMBED_HOSTS}. */
    href: string;
    title: string;
  };
}

/** A file to take along. */
export interface DownloadNode {
  type: 'download';
  attrs: {
    file: string;
    /** As it is saved: `price-list.pdf`. */
    name: string;
    bytes: number;
    /** IANA media type. */
    mediaType: string;
  };
}

export type MediaNode = ImageNode | VideoNode | EmbedNode | DownloadNode;

/**
 * Sites that may be embedded, with all their subdomains. Each shows its content without an account; nothing of them is loaded before
 * the reader asks for it.
 */
export const EMBED_HOSTS = [
  'youtube.com',
  'youtube-nocookie.com',
  'youtu.be',
  'vimeo.com',
  'dailymotion.com',
  'framatube.org',
  'peertube.tv',
  'openstreetmap.org',
  'umap.openstreetmap.fr',
  'h5p.org',
  'learningapps.org',
] as const;

/** True for an https address on one of {@link EMBED_HOSTS}. */
export function isEmbeddable(href: string): boolean {
  const url = parseUrl(href);
  if (href.length > 2_048 || /[\s\p{Cc}<>"`\\]/u.test(href) || url === null) return false;
  const { protocol, hostname, username, port } = url;
  return (
    protocol === 'https:' &&
    username === '' &&
    port === '' &&
    EMBED_HOSTS.some((host) => hostname === host || hostname.endsWith(`.${host}`))
  );
}

const embeddable = z
  .string()
  .refine(isEmbeddable, `An embedded address is https, on one of: ${EMBED_HOSTS.join(', ')}.`);

const MOST_BYTES = 2 ** 31;

/** The media blocks, as parts of the discriminated union of blocks. */
export const mediaSchemas = [
  z.object({
    type: z.literal('image'),
    attrs: z.object({
      file: fileHashSchema,
      alt: text(500),
      decorative: z.boolean(),
      caption: text(500),
      width: z.int().min(1).max(20_000),
      height: z.int().min(1).max(20_000),
    }),
  }),
  z.object({
    type: z.literal('video'),
    attrs: z
      .object({
        href: embeddable.nullable(),
        file: fileHashSchema.nullable(),
        title: text(200),
        bytes: z.int().min(0).max(MOST_BYTES).nullable(),
        durationSeconds: z.int().min(1).max(86_400).nullable(),
        captions: z
          .array(
            z.object({
              locale: z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/),
              file: fileHashSchema,
            }),
          )
          .max(20),
        transcript: text(50_000),
      })
      .refine(({ href, file }) => (href === null) !== (file === null), 'A video has an address or a file.'),
  }),
  z.object({ type: z.literal('embed'), attrs: z.object({ href: embeddable, title: text(200) }) }),
  z.object({
    type: z.literal('download'),
    attrs: z.object({
      file: fileHashSchema,
      name: text(200).min(1),
      bytes: z.int().min(0).max(MOST_BYTES),
      mediaType: z
        .string()
        .regex(/^[a-z0-9.+-]+\/[a-z0-9.+-]+$/)
        .max(150),
    }),
  }),
] as const;

/** Hashes of the files that a media block shows, itself and its captions. */
export function filesOf({ type, attrs }: MediaNode): string[] {
  switch (type) {
    case 'video':
      return [...(attrs.file ? [attrs.file] : []), ...attrs.captions.map(({ file }) => file)];
    case 'embed':
      return [];
    default:
      return [attrs.file];
  }
}
