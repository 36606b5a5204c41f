import { gzipSync } from 'node:zlib';
import { ZipFile } from 'yazl';

/** A file of an archive; `mode` is of POSIX, such as that of a symbolic link. */
export interface ArchivedFile {
  path: string;
  content: string | Buffer;
  mode?: number;
}

async function bytesOf(stream: NodeJS.ReadableStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** A zip of files whose names a decent program would write. */
export async function zipped(files: readonly ArchivedFile[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const { path, content, mode = 0o100644 } of files)
    zip.addBuffer(Buffer.from(content as string), path, { mode, forceDosTimestamp: true });
  zip.end();
  return bytesOf(zip.outputStream);
}

/**
 * A zip of files with any names at all, which no decent program writes: made with stand-ins of the same length in bytes, which
 * are then replaced.
 */
export async function zippedAs(files: readonly ArchivedFile[]): Promise<Buffer> {
  const standIn = (path: string, index: number): string => {
    const length = Buffer.byteLength(path);
    return String(index).padStart(length, 'x').slice(-length);
  };
  let zip = await zipped(files.map((file, index) => ({ ...file, path: standIn(file.path, index) })));
  for (const [index, { path }] of files.entries()) {
    const [from, to] = [Buffer.from(standIn(path, index)), Buffer.from(path)];
    for (const signature of ['PK\u0003\u0004', 'PK\u0001\u0002']) {
      const offset = signature.endsWith('\u0004') ? 30 : 46;
      for (
        let at = zip.indexOf(signature, 0, 'latin1');
        at !== -1;
        at = zip.indexOf(signature, at + 4, 'latin1')
      ) {
        if (!zip.subarray(at + offset, at + offset + from.length).equals(from)) continue;
        zip = Buffer.concat([zip.subarray(0, at + offset), to, zip.subarray(at + offset + to.length)]);
      }
    }
  }
  return zip;
}

/** A header of a tar (POSIX.1-2017 ustar). */
export function tarHeader(name: string, size: number, type = '0'): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0, 100);
  header.write('0000644\0', 100);
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124);
  header.write('        ', 148);
  header.write(type, 156);
  header.write('ustar\u000000', 257);
  const sum = header.reduce((all, byte) => all + byte, 0);
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148);
  return header;
}

const padded = (content: Buffer): Buffer =>
  Buffer.concat([content, Buffer.alloc((512 - (content.length % 512)) % 512)]);

export interface TarredFile {
  path: string;
  content?: string | Buffer;
  type?: string;
}

/** A gzipped tar. Names beyond 100 bytes are written as pax records. */
export function tarGz(files: readonly TarredFile[]): Buffer {
  const parts = files.flatMap(({ path, content = '', type = '0' }) => {
    const bytes = Buffer.from(content as string);
    const entry = [tarHeader(path.slice(0, 99), bytes.length, type), padded(bytes)];
    if (Buffer.byteLength(path) < 100) return entry;
    let record = ` path=${path}\n`;
    let length = Buffer.byteLength(record);
    while (Buffer.byteLength(`${length}${record}`) !== length)
      length = Buffer.byteLength(`${length}${record}`);
    record = `${length}${record}`;
    return [tarHeader('pax', Buffer.byteLength(record), 'x'), padded(Buffer.from(record)), ...entry];
  });
  return gzipSync(Buffer.concat([...parts, Buffer.alloc(1024)]));
}
