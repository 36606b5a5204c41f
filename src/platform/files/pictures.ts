import { copyFile, readFile, stat } from 'node:fs/promises';
import { IMAGE_WIDTHS } from './file-urls.js';
import { fileRefusals, MOST_PIXELS, refusedFile } from './file.rules.js';

/** In pixels. No screen shows a lesson's picture wider; a long drawing may be as high as WebP comfortably holds. */
const WIDEST = 2_560;
const HIGHEST = 10_000;
/** Of 100: the difference is not seen, the bytes are. */
const QUALITY = 82;
/** Opened at once in one process; each may take hundreds of megabytes. */
const AT_ONCE = 2;

/** Of libvips, by their names there: what is not in the list is not even tried. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'];

export interface EncodedPicture {
  /** In pixels. */
  width: number;
  height: number;
  bytes: number;
}

/** Loaded with the first picture: a process that serves none does without. */
const sharpLibrary = once(async () => {
  const { default: sharp } = await import('sharp');
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: LOADERS.map((name) => `VipsForeignLoad${name}`) });
  sharp.cache(false);
  return sharp;
});

/** Upright by its EXIF orientation; of something that moves, the first frame: motion belongs into a video, which can be stopped. */
const OPENED = {
  autoOrient: true,
  failOn: 'error',
  limitInputPixels: MOST_PIXELS,
  sequentialRead: true,
} as const;

/**
 * Encodes a picture anew as WebP, and makes the narrower ones of {@link IMAGE_WIDTHS}. What is in the file besides the picture
 * (where it was taken, with which telephone, a program) is left behind. A WebP that holds nothing else is kept as it came, so that
 * what was exported comes back under the same name.
 * @param from where the picture is; @param to where it goes; a narrower one goes to `<to>.<width>`.
 * @throws DomainError `PICTURE_UNREADABLE`, `PICTURE_TOO_LARGE`
 */
export async function encodePicture(
  from: string,
  to: string,
  { name, mediaType, narrower }: { name: string; mediaType: string; narrower: boolean },
): Promise<EncodedPicture & { variants: number[] }> {
  const sharp = await sharpLibrary();
  return inTurn(async () => {
    try {
      const { width: ownWidth, height: ownHeight } = await sharp(from, OPENED).metadata();
      if (ownWidth * ownHeight > MOST_PIXELS) throw new Error('Input image exceeds pixel limit');
      const picture =
        mediaType === 'image/webp' && ownWidth <= WIDEST && ownHeight <= HIGHEST && (await isPlainWebp(from))
          ? await keepAsItCame(from, to)
          : await sharp(from, OPENED)
              .resize({ width: WIDEST, height: HIGHEST, fit: 'inside', withoutEnlargement: true })
              .webp({ quality: QUALITY, smartSubsample: true })
              .toFile(to)
              .then(({ width, height, size }) => ({ width, height, bytes: size }));
      const variants = narrower ? IMAGE_WIDTHS.filter((width) => width < picture.width) : [];
      for (const width of variants)
        await sharp(from, OPENED).resize({ width }).webp({ quality: QUALITY }).toFile(`${to}.${width}`);
      return { ...picture, variants };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code) throw error; // the disk's fault, not the picture's
      throw /pixel limit/i.test((error as Error).message)
        ? refusedFile(fileRefusals.PICTURE_TOO_LARGE, name, MOST_PIXELS / 1_000_000)
        : refusedFile(fileRefusals.PICTURE_UNREADABLE, name);
    }
  });
}

async function keepAsItCame(from: string, to: string): Promise<EncodedPicture> {
  const sharp = await sharpLibrary();
  const { info } = await sharp(from, OPENED).raw().toBuffer({ resolveWithObject: true }); // all of it can be opened
  await copyFile(from, to);
  return { width: info.width, height: info.height, bytes: (await stat(to)).size };
}

/** Whether a WebP holds one picture and nothing else, up to its last byte (RFC 9649, section 2). */
async function isPlainWebp(path: string): Promise<boolean> {
  const file = await readFile(path);
  if (file.toString('latin1', 0, 4) !== 'RIFF' || file.readUInt32LE(4) + 8 !== file.length) return false;
  let at = 12;
  while (at + 8 <= file.length) {
    if (!['VP8 ', 'VP8L', 'VP8X', 'ALPH'].includes(file.toString('latin1', at, at + 4))) return false;
    const size = file.readUInt32LE(at + 4);
    at += 8 + size + (size % 2);
  }
  return at === file.length;
}

let running = 0;
const waiting: (() => void)[] = [];

/** Lets only so many work at once; the others wait for their turn. */
async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= AT_ONCE) await new Promise<void>((resolve) => waiting.push(resolve));
  else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next) next();
    else running -= 1;
  }
}

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}
