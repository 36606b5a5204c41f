import sharp from 'sharp';

/** An element of a Matroska file (RFC 8794): its id, how long it is, and what it holds. */
function element(id: string, ...inside: (Buffer | number)[]): Buffer {
  const content = Buffer.concat(inside.map((each) => (typeof each === 'number' ? wholeNumber(each) : each)));
  const size = Buffer.alloc(8);
  size.writeBigUInt64BE(BigInt(content.length) | (1n << 56n));
  return Buffer.concat([Buffer.from(id, 'hex'), size, content]);
}

function wholeNumber(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

const text = (value: string): Buffer => Buffer.from(value, 'ascii');
const float = (value: number): Buffer => {
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(value);
  return bytes;
};

/** The picture of a lossy WebP: one key frame of VP8 (RFC 9649, section 2.5). */
async function keyFrame(width: number, height: number): Promise<Buffer> {
  const picture = { create: { width, height, channels: 3 as const, background: '#0e5f59' } };
  const webp = await sharp(picture).webp({ lossless: false }).toBuffer();
  const at = webp.indexOf('VP8 ');
  return webp.subarray(at + 8, at + 8 + webp.readUInt32LE(at + 4));
}

/**
 * A film that Chromium plays, and in which it can go to any second: WebM, VP8, a picture each second, without sound. It is as small as a
 * film can be, about 10 kB for a minute.
 */
export async function aFilm(seconds: number, { width, height } = { width: 64, height: 36 }): Promise<Buffer> {
  const frame = await keyFrame(width, height);
  const head = element(
    '1A45DFA3',
    element('4286', 1), // EBMLVersion
    element('42F7', 1), // EBMLReadVersion
    element('42F2', 4), // EBMLMaxIDLength
    element('42F3', 8), // EBMLMaxSizeLength
    element('4282', text('webm')), // DocType
    element('4287', 2), // DocTypeVersion
    element('4285', 2), // DocTypeReadVersion
  );
  const info = element(
    '1549A966',
    element('2AD7B1', 1_000_000), // TimestampScale: all that follows is in milliseconds
    element('4489', float(seconds * 1000)), // Duration
    element('4D80', text('test')), // MuxingApp
    element('5741', text('test')), // WritingApp
  );
  const tracks = element(
    '1654AE6B',
    element(
      'AE', // TrackEntry
      element('D7', 1), // TrackNumber
      element('73C5', 1), // TrackUID
      element('83', 1), // TrackType: video
      element('86', text('V_VP8')), // CodecID
      element('E0', element('B0', width), element('BA', height)), // Video: PixelWidth, PixelHeight
    ),
  );
  const clusters = Array.from({ length: seconds }, (_, second) =>
    element(
      '1F43B675',
      element('E7', second * 1000), // Timestamp
      element('A3', Buffer.from([0x81, 0, 0, 0x80]), frame), // SimpleBlock: track 1, at once, a key frame
    ),
  );
  /** Where each cluster is in the segment, whose first part this is; as long whatever it says. */
  const cues = (first: number): Buffer => {
    let at = first;
    const points = clusters.map((cluster, second) => {
      const place = element('B7', element('F7', 1), element('F1', at)); // CueTrack, CueClusterPosition
      at += cluster.length;
      return element('BB', element('B3', second * 1000), place); // CuePoint: CueTime
    });
    return element('1C53BB6B', ...points);
  };
  const first = info.length + tracks.length + cues(0).length;
  return Buffer.concat([head, element('18538067', info, tracks, cues(first), ...clusters)]);
}
