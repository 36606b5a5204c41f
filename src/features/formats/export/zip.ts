import { ZipFile } from 'yazl';

/** The first moment that a zip can hold, whatever the time zone: what an archive was made of, not when, decides its bytes. */
const MODIFIED = new Date(1980, 0, 1);
const MODE = 0o100644;

/** Packs files, sorted by name: the same files give the same bytes. @param files by path, with forward slashes. */
export function zipOf(files: ReadonlyMap<string, string | Buffer>): NodeJS.ReadableStream {
  const zip = new ZipFile();
  for (const path of [...files.keys()].sort()) {
    const content = files.get(path)!;
    zip.addBuffer(typeof content === 'string' ? Buffer.from(content) : content, path, {
      mtime: MODIFIED,
      mode: MODE,
      forceDosTimestamp: true,
    });
  }
  zip.end();
  return zip.outputStream;
}
