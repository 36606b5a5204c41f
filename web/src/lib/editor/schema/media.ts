import { Node } from '@tiptap/core';
import { isEmbeddable } from './addresses.js';

type Check = (value: unknown) => boolean;

const isText =
  (most: number): Check =>
  (value) =>
    typeof value === 'string' && value.length <= most;
const isWhole =
  (least: number, most: number): Check =>
  (value) =>
    Number.isInteger(value) && (value as number) >= least && (value as number) <= most;
const orNull =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const isFile: Check = (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value);
const isAddress: Check = (value) => typeof value === 'string' && isEmbeddable(value);
const isCaptions: Check = (value) =>
  Array.isArray(value) &&
  value.length <= 20 &&
  value.every((each: unknown) => {
    const { locale, file } = (each ?? {}) as Record<string, unknown>;
    return typeof locale === 'string' && /^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/.test(locale) && isFile(file);
  });

/** The attributes of each media block, and what the API takes in them. */
export const MEDIA = {
  image: {
    file: isFile,
    alt: isText(500),
    decorative: (value: unknown) => typeof value === 'boolean',
    caption: isText(500),
    width: isWhole(1, 20_000),
    height: isWhole(1, 20_000),
  },
  video: {
    href: orNull(isAddress),
    file: orNull(isFile),
    title: isText(200),
    bytes: orNull(isWhole(0, 2 ** 31)),
    durationSeconds: orNull(isWhole(1, 86_400)),
    captions: isCaptions,
    transcript: isText(50_000),
  },
  embed: { href: isAddress, title: isText(200) },
  download: {
    file: isFile,
    name: (value: unknown) => isText(200)(value) && value !== '',
    bytes: isWhole(0, 2 ** 31),
    mediaType: (value: unknown) => isText(150)(value) && /^[a-z0-9.+-]+\/[a-z0-9.+-]+$/.test(value as string),
  },
} as const satisfies Record<string, Record<string, Check>>;

export type MediaType = keyof typeof MEDIA;

/** What a pasted block said of itself, if the API would take it. */
function readAttributes(type: MediaType, json: string | null): Record<string, unknown> | false {
  try {
    const given = JSON.parse(json ?? '') as Record<string, unknown>;
    const checks = Object.entries(MEDIA[type] as Record<string, Check>);
    if (!checks.every(([name, check]) => check(given[name]))) return false;
    if (type === 'video' && (given.href === null) === (given.file === null)) return false;
    return Object.fromEntries(checks.map(([name]) => [name, given[name]]));
  } catch {
    return false;
  }
}

/** A media block. How it is edited is added by the pages (../views). */
export const mediaNode = (type: MediaType) =>
  Node.create({
    name: type,
    group: 'block',
    atom: true,
    draggable: true,
    addAttributes: () =>
      Object.fromEntries(
        Object.keys(MEDIA[type]).map((name) => [
          name,
          { isRequired: true, rendered: false, parseHTML: () => null },
        ]),
      ),
    parseHTML: () => [
      {
        tag: `figure[data-block="${type}"]`,
        getAttrs: (element) => readAttributes(type, element.getAttribute('data-attributes')),
      },
    ],
    renderHTML: ({ node }) => [
      'figure',
      { 'data-block': type, 'data-attributes': JSON.stringify(node.attrs) },
    ],
  });
