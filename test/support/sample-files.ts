import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import yazl from 'yazl';

/** A picture in which no two columns are alike, so that turning it shows. */
function drawing(width: number, height: number) {
  const pixels = Buffer.alloc(width * height * 3);
  for (let at = 0; at < pixels.length; at += 3) {
    const x = (at / 3) % width;
    pixels[at] = Math.floor((x * 255) / width);
    pixels[at + 1] = (at * 7) % 256;
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

export const aPng = (width = 40, height = 20): Promise<Buffer> => drawing(width, height).png().toBuffer();

/** A photograph as a telephone writes it: lying on its side, and saying so, and where it was taken. */
export const aPhotograph = (width = 1200, height = 800): Promise<Buffer> =>
  drawing(width, height)
    .withExif({ IFD0: { Make: 'SecretPhone' }, IFD3: { GPSLatitude: '48/1 51/1 0/1', GPSLatitudeRef: 'N' } })
    .withMetadata({ orientation: 6 })
    .jpeg()
    .toBuffer();

export const aGif = async (): Promise<Buffer> => drawing(30, 30).gif().toBuffer();

/** A PNG of 30,000 by 30,000 black pixels in about a hundred kilobytes: opened, it would be gigabytes. */
export function aBomb(side = 30_000): Buffer {
  const chunk = (type: string, data: Buffer): Buffer => {
    const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
    const size = Buffer.alloc(4);
    const sum = Buffer.alloc(4);
    size.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([size, body, sum]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(side, 0);
  header.writeUInt32BE(side, 4);
  header[8] = 1; // one bit a pixel, grayscale
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.alloc((side / 8 + 1) * side), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

export const aPdf = (): Buffer =>
  Buffer.from('%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n');

/** The boxes that an MP4 begins with, and as many bytes of film as asked for. */
export function anMp4(bytes = 100_000): Buffer {
  const type = Buffer.from('\0\0\0\x18ftypisom\0\0\0\x01isommp42', 'latin1');
  const film = Buffer.alloc(bytes - type.length);
  film.writeUInt32BE(film.length, 0);
  film.write('mdat', 4, 'latin1');
  for (let at = 8; at < film.length; at += 1) film[at] = at % 251;
  return Buffer.concat([type, film]);
}

export function aZip(files: Record<string, string>): Promise<Buffer> {
  const zip = new yazl.ZipFile();
  for (const [path, text] of Object.entries(files)) zip.addBuffer(Buffer.from(text), path);
  zip.end();
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    zip.outputStream.on('data', (part: Buffer) => parts.push(part));
    zip.outputStream.on('end', () => resolve(Buffer.concat(parts)));
    zip.outputStream.on('error', reject);
  });
}

export const aDocx = (): Promise<Buffer> =>
  aZip({
    '[Content_Types].xml':
      '<?xml version="1.0"?><Types><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
    'word/document.xml': '<w:document/>',
  });
