import type { FileIntake, SourceFiles } from '../../src/features/catalog/import/import-format.js';
import { createHash } from 'node:crypto';
import { sampleFiles } from './course-arbitraries.js';

/** Files by path, as an upload that was unpacked. */
export function sourceOf(files: ReadonlyMap<string, string | Buffer>, name = 'course.zip'): SourceFiles {
  const contents = new Map([...files].map(([path, content]) => [path, Buffer.from(content)]));
  return {
    name,
    paths: [...contents.keys()],
    size: (path) => contents.get(path)?.length,
    read: async (path) => {
      const content = contents.get(path);
      if (!content) throw new Error(`No file ${path}.`);
      return content;
    },
  };
}

/** Knows the sample files, and refuses all others. */
export const sampleIntake: FileIntake = {
  take: async (_name, content) => {
    const hash = createHash('sha256').update(content).digest('hex');
    const refused = { en: 'It is of no kind that is taken.', fr: 'Ce n’est pas un type de fichier accepté.' };
    return sampleFiles.get(hash)?.taken ?? { refused };
  },
};
