import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { ARCHIVE_LIMITS, ArchiveRefused } from '../../src/features/formats/import/archive-limits.js';
import { unpack, type Unpacked } from '../../src/features/formats/import/archive.js';
import { entryName } from '../../src/features/formats/import/entry-name.js';
import { tarGz, zipped, zippedAs, type ArchivedFile } from '../support/archives.js';

const A_LINK = 0o120777;

describe('unpacking what was uploaded', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tremplin-archive-'));
  });
  afterAll(() => rm(folder, { recursive: true }));

  let serial = 0;
  async function opened<T>(
    content: Buffer,
    work: (unpacked: Unpacked) => T | Promise<T>,
    { name = 'course.zip', limits = ARCHIVE_LIMITS } = {},
  ): Promise<T> {
    const path = join(folder, `upload-${(serial += 1)}`);
    await writeFile(path, content);
    const work_ = join(folder, 'work');
    const unpacked = await unpack(path, { name, folder: work_, limits });
    try {
      return await work(unpacked);
    } finally {
      await unpacked.close();
      expect(await readdir(work_)).toEqual([]);
    }
  }
  const texts = async ({ source }: Unpacked): Promise<Record<string, string>> =>
    Object.fromEntries(
      await Promise.all(
        source.paths.map(async (path) => [path, (await source.read(path)).toString()] as const),
      ),
    );
  const problems = ({ problems: all }: Unpacked): string[] => all.map(({ code, file }) => `${code} ${file}`);
  const refusal = async (content: Buffer, options = {}): Promise<ArchiveRefused> =>
    opened(content, () => undefined, options).then(
      () => {
        throw new Error('It was unpacked.');
      },
      (error: unknown) => {
        if (!(error instanceof ArchiveRefused)) throw error;
        expect(error.sentence.fr).not.toBe(error.sentence.en);
        return error;
      },
    );

  const FILES = { 'a.txt': 'first', 'folder/été.txt': 'deuxième', 'folder/empty.txt': '' };
  const asFiles = (files: Record<string, string>): ArchivedFile[] =>
    Object.entries(files).map(([path, content]) => ({ path, content }));

  it('gives the files of a zip, a tar.gz and a single file, whatever they are called', async () => {
    expect(await opened(await zipped(asFiles(FILES)), texts)).toEqual(FILES);
    const long = `${'long/'.repeat(25)}name.xml`;
    const tar = tarGz([...asFiles(FILES), { path: 'folder/', type: '5' }, { path: long, content: 'deep' }]);
    expect(await opened(tar, texts, { name: 'olx.tar.gz' })).toEqual({ ...FILES, [long]: 'deep' });
    expect(await opened(Buffer.from('::Q1:: 2+2? {=4}'), texts, { name: 'bank.gift' })).toEqual({
      'bank.gift': '::Q1:: 2+2? {=4}',
    });

    const misnamed = await opened(await zipped(asFiles(FILES)), problems, { name: 'bank.txt' });
    expect(misnamed).toEqual(['NAME_MISLEADING bank.txt']);
    expect(await opened(Buffer.from('no zip'), problems, { name: 'bank.zip' })).toEqual([
      'NAME_MISLEADING bank.zip',
    ]);
  });

  it('leaves out what would lead astray, with a line each, and what systems leave behind, without a word', async () => {
    const content = await zippedAs(
      [
        '../up.txt',
        '/root.txt',
        'C:/disk.txt',
        'nul\0.txt',
        'a/..\\..\\b.txt',
        'x'.repeat(301),
        'ok.txt',
      ].map((path) => ({ path, content: 'x' })),
    );
    const unpacked = await opened(content, (each) => ({ paths: each.source.paths, told: each.problems }));
    expect(unpacked.paths).toEqual(['ok.txt']);
    expect(unpacked.told.map(({ code }) => code)).toEqual(Array(6).fill('PATH_REFUSED'));
    for (const { message, messageFr } of unpacked.told) expect(messageFr).not.toBe(message);

    const clutter = ['__MACOSX/a.txt', 'x/.DS_Store', '._a.txt', 'Thumbs.db', '.git/HEAD', 'a.txt'];
    const quiet = await opened(await zipped(clutter.map((path) => ({ path, content: 'x' }))), (each) => each);
    expect([quiet.source.paths, quiet.problems]).toEqual([['a.txt'], []]);
  });

  it('takes the first of two files with one name, and follows no link', async () => {
    const twice = await zippedAs([
      { path: 'Photo.png', content: 'first' },
      { path: 'photo.PNG', content: 'second' },
      { path: 'link', content: '/etc/passwd', mode: A_LINK },
    ]);
    await opened(twice, async (unpacked) => {
      expect(await texts(unpacked)).toEqual({ 'Photo.png': 'first' });
      expect(problems(unpacked)).toEqual(['FILE_DUPLICATE photo.PNG', 'FILE_IS_LINK link']);
    });
    const tar = tarGz([
      { path: 'hard', type: '1' },
      { path: 'soft', type: '2' },
      { path: 'device', type: '3' },
      { path: '../../up', content: 'x' },
      { path: './in.txt', content: 'kept' },
    ]);
    await opened(
      tar,
      async (unpacked) => {
        expect(await texts(unpacked)).toEqual({ 'in.txt': 'kept' });
        expect(problems(unpacked)).toEqual([
          'FILE_IS_LINK hard',
          'FILE_IS_LINK soft',
          'PATH_REFUSED ../../up',
        ]);
      },
      { name: 'a.tgz' },
    );
  });

  it('refuses a bomb before it fills the disk, whatever the bomb says of itself', async () => {
    const bomb = await zipped([{ path: 'bomb', content: Buffer.alloc(20_000_000) }]);
    expect(bomb.length).toBeLessThan(30_000);
    expect((await refusal(bomb)).message).toMatch(/200 times/);
    expect((await refusal(gzipSync(Buffer.alloc(20_000_000)), { name: 'a.tar.gz' })).message).toMatch(
      /no tar/,
    );
    const inTar = tarGz([{ path: 'bomb', content: Buffer.alloc(20_000_000) }]);
    expect((await refusal(inTar, { name: 'a.tar.gz' })).message).toMatch(/200 times/);
    // Many small ones, none of which is conspicuous.
    const many = await zipped(
      Array.from({ length: 15 }, (_, index) => ({ path: `${index}`, content: Buffer.alloc(1_000_000) })),
    );
    expect((await refusal(many)).message).toMatch(/200 times/);
    // Says that it holds one byte.
    const liar = Buffer.from(bomb);
    liar.writeUInt32LE(1, liar.indexOf('PK\u0001\u0002', 0, 'latin1') + 24);
    expect((await refusal(liar)).message).toMatch(/damaged/);
    // A bomb within an archive stays packed.
    const nested = await opened(await zipped([{ path: 'inner.zip', content: bomb }]), ({ source }) =>
      source.size('inner.zip'),
    );
    expect(nested).toBe(bomb.length);
  });

  it('holds its limits: bytes of the upload, of a file, of all of them, and their number', async () => {
    const limits = {
      ...ARCHIVE_LIMITS,
      uploadBytes: 5_000,
      unpackedBytes: 3_000,
      entryBytes: 2_000,
      entries: 3,
    };
    const files = (count: number, bytes: number): ArchivedFile[] =>
      Array.from({ length: count }, (_, index) => ({ path: `${index}.txt`, content: 'x'.repeat(bytes) }));
    for (const [content, why] of [
      [Buffer.alloc(5_001), /larger than/],
      [await zipped(files(1, 2_001)), /“0.txt” in the archive is larger/],
      [await zipped(files(2, 1_600)), /unpacks to more than/],
      [await zipped(files(4, 1)), /more than 3 files/],
      [tarGz(files(1, 2_001)), /“0.txt” in the archive is larger/],
      [tarGz(files(2, 1_600)), /unpacks to more than/],
      [tarGz(files(4, 1)), /more than 3 files/],
    ] as const)
      expect((await refusal(content, { limits })).message).toMatch(why);
    expect(await opened(await zipped(files(3, 900)), ({ source }) => source.paths.length, { limits })).toBe(
      3,
    );
  });

  it('says of a damaged, encrypted or empty file that it is', async () => {
    const zip = await zipped(asFiles(FILES));
    for (const length of [4, 30, 100, zip.length - 30, zip.length - 1])
      expect((await refusal(zip.subarray(0, length))).message).toMatch(/incomplete or damaged/);
    const flipped = Buffer.from(
      await zipped([{ path: 'a.txt', content: Buffer.from('text '.repeat(1_000)) }]),
    );
    flipped[40] = flipped[40]! ^ 0xff;
    expect((await refusal(flipped)).message).toMatch(/damaged: “a.txt”/);
    const tar = tarGz([{ path: 'a.txt', content: Buffer.from('text '.repeat(1_000)) }]);
    expect((await refusal(tar.subarray(0, tar.length - 20), { name: 'a.tgz' })).message).toMatch(/damaged/);
    const encrypted = Buffer.from(zip);
    const central = encrypted.indexOf('PK\u0001\u0002', 0, 'latin1');
    encrypted.writeUInt16LE(encrypted.readUInt16LE(central + 8) | 1, central + 8);
    expect((await refusal(encrypted)).message).toMatch(/password/);
    expect((await refusal(Buffer.alloc(0))).message).toMatch(/empty/);
    expect((await refusal(gzipSync('just text'), { name: 'a.txt.gz' })).message).toMatch(/no tar/);
  });

  it('never gives a path that leaves the archive, whatever the names are (property)', async () => {
    const segment = fc.oneof(
      fc.constantFrom('..', '.', '', 'C:', '\\', '...', ' ', '~', '__MACOSX', 'a\0b', '\u202e', 'É', 'É'),
      fc.string({ unit: 'binary', maxLength: 12 }),
    );
    const raw = fc
      .array(segment, { minLength: 1, maxLength: 6 })
      .chain((segments) => fc.constantFrom('/', '\\').map((slash) => segments.join(slash)));
    fc.assert(
      fc.property(raw, (name) => {
        const judged = entryName(name);
        if (judged.kind !== 'file') return;
        expect(judged.path).not.toMatch(/^\/|^[A-Za-z]:|\\|\0|(^|\/)\.{0,2}(\/|$)/);
        expect(judged.path.length).toBeLessThanOrEqual(300);
        // Judged again it is itself: nothing hides behind a second look.
        expect(entryName(judged.path)).toEqual(judged);
      }),
      { numRuns: 500 },
    );
  });

  it('unpacks or refuses any bytes, and throws nothing else (property)', async () => {
    const zip = await zipped(asFiles(FILES));
    const tar = tarGz(asFiles(FILES));
    const damagedAt = fc.record({
      whole: fc.constantFrom(zip, tar),
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      flips: fc.array(
        fc.tuple(fc.double({ min: 0, max: 0.999, noNaN: true }), fc.integer({ min: 1, max: 255 })),
        {
          maxLength: 4,
        },
      ),
    });
    await fc.assert(
      fc.asyncProperty(damagedAt, async ({ whole, cut, flips }) => {
        const bytes = Buffer.from(whole.subarray(0, Math.ceil(cut * whole.length)));
        for (const [at, mask] of flips) if (bytes.length > 0) bytes[Math.floor(at * bytes.length)]! ^= mask;
        await opened(bytes, texts).catch((error: unknown) => {
          if (!(error instanceof ArchiveRefused)) throw error;
        });
      }),
      { numRuns: 300 },
    );
  });
});
