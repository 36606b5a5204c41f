import { createHash } from 'node:crypto';
import type {
  FileIntake,
  Imported,
  ImportFormat,
  SourceFiles,
} from '../../src/features/formats/import/import-format.js';
import { sampleFiles } from './course-arbitraries.js';

/** Files as an import gets them, by path. */
export function sourceFiles(files: Record<string, string | Buffer>, name = 'upload'): SourceFiles {
  const all = new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content as string)]));
  return {
    name,
    paths: [...all.keys()],
    size: (path) => all.get(path)?.length,
    read: (path) => {
      const content = all.get(path);
      return content ? Promise.resolve(content) : Promise.reject(new Error(`There is no ${path}.`));
    },
    archive: () => Promise.resolve(Buffer.from(name)),
  };
}

/** Knows the sample files of arbitrary courses, and refuses all others. */
export const sampleIntake: FileIntake = {
  take: (_name, content) => {
    const hash = createHash('sha256').update(content).digest('hex');
    const refused = { en: 'It is of no kind that is taken.', fr: 'Ce n’est pas un type de fichier accepté.' };
    return Promise.resolve(sampleFiles.get(hash)?.taken ?? { refused });
  },
};

/** Takes what begins like a PNG as a picture of 4 x 3, refuses what says so, and takes all else as text. */
export const anyIntake: FileIntake = {
  take: (_name, content) => {
    if (content.toString('latin1').startsWith('refuse'))
      return Promise.resolve({ refused: { en: 'it is refused', fr: 'il est refusé' } });
    const isPicture = content.subarray(1, 4).toString('latin1') === 'PNG';
    return Promise.resolve({
      hash: createHash('sha256').update(content).digest('hex'),
      mediaType: isPicture ? 'image/png' : 'text/plain',
      bytes: content.length,
      width: isPicture ? 4 : null,
      height: isPicture ? 3 : null,
    });
  },
};

/** Reads files into a course in English, and the problems as `SEVERITY CODE file:line`. */
export async function readFormat(
  format: ImportFormat,
  files: Record<string, string | Buffer>,
): Promise<Imported & { told: string[] }> {
  const imported = await format.read(sourceFiles(files), {
    slug: 'a-course',
    locale: 'en',
    files: anyIntake,
    progress: () => undefined,
  });
  const told = imported.problems.map(
    ({ severity, code, file, line }) => `${severity} ${code} ${file}:${line}`,
  );
  return { ...imported, told };
}
