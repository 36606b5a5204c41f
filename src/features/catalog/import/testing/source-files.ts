import { createHash } from 'node:crypto';
import type { FileIntake, Imported, ImportFormat, SourceFiles } from '../import-format.js';

/** What was uploaded, out of memory. */
export function sourceOf(files: Readonly<Record<string, string | Buffer>>, name = 'upload.zip'): SourceFiles {
  const contents = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content)]));
  return {
    name,
    paths: [...contents.keys()],
    size: (path) => contents.get(path)?.length,
    read: (path) => {
      const content = contents.get(path);
      return content ? Promise.resolve(content) : Promise.reject(new Error(`There is no ${path}.`));
    },
    archive: () => Promise.resolve(Buffer.from(name)),
  };
}

/** Takes every file; what ends with `.png` or `.jpg` is a picture of 4 x 3 pixels. */
export const fakeIntake: FileIntake = {
  take: (name, content) => {
    const isPicture = /\.(png|jpg)$/i.test(name);
    return Promise.resolve({
      hash: createHash('sha256').update(content).digest('hex'),
      mediaType: isPicture ? 'image/png' : /\.mp4$/.test(name) ? 'video/mp4' : 'application/pdf',
      bytes: content.length,
      width: isPicture ? 4 : null,
      height: isPicture ? 3 : null,
    });
  },
};

/** Reads files as a format, after it recognized them where that is asked. */
export async function readSource(
  format: ImportFormat,
  files: Readonly<Record<string, string | Buffer>>,
  locale = 'en',
): Promise<Imported> {
  return format.read(sourceOf(files), {
    slug: 'a-course',
    locale,
    files: fakeIntake,
    progress: () => undefined,
  });
}
