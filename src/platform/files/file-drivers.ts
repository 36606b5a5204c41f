import { createReadStream } from 'node:fs';
import { mkdir, open, rename, unlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { FSDriver } from 'flydrive/drivers/fs';
import type { DriverContract } from 'flydrive/types';
import type { Config } from '../../config.js';

/** Bytes of a file, both ends included, from 0. */
export interface ByteRange {
  start: number;
  end: number;
}

/** What the store needs besides what every driver of flydrive can do. */
export interface FileDriver extends DriverContract {
  /** Folder on this machine for files that are not whole yet. */
  readonly incoming: string;
  /** Moves a whole file of {@link incoming} to its place: it is there wholly or not at all, whatever crashes. */
  keep(path: string, key: string, bytes: number): Promise<void>;
  /** The content, or a part of it. @throws when it is not there, before anything is read. */
  getRange(key: string, range: ByteRange | undefined): Promise<Readable>;
}

/** A folder, shared by all processes of the product. */
export class FolderDriver extends FSDriver implements FileDriver {
  readonly incoming: string;

  constructor(private readonly folder: string) {
    super({ location: folder, visibility: 'private' });
    this.incoming = join(folder, 'incoming');
  }

  /** By renaming: the `move` of flydrive copies, and could leave half a file. */
  async keep(path: string, key: string): Promise<void> {
    const place = join(this.folder, key);
    await mkdir(dirname(place), { recursive: true });
    await rename(path, place);
  }

  async getRange(key: string, range: ByteRange | undefined): Promise<Readable> {
    return (await open(join(this.folder, key))).createReadStream(range);
  }
}

/** A bucket of S3, or of anything that speaks its protocol. Its programs are loaded only where it is used. */
async function bucketDriver(s3: NonNullable<Config['s3']>): Promise<FileDriver> {
  const { GetObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const { S3Driver } = await import('flydrive/drivers/s3');
  const client = new S3Client({
    region: s3.region,
    endpoint: s3.endpoint,
    // A server of one's own has no name for each bucket.
    forcePathStyle: s3.endpoint !== undefined,
    credentials: s3.credentials,
    // Servers that are not Amazon's often know no other checksums than the required ones.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  class BucketDriver extends S3Driver implements FileDriver {
    readonly incoming = join(tmpdir(), 'tremplin-incoming');

    async keep(path: string, key: string, bytes: number): Promise<void> {
      await this.putStream(key, createReadStream(path), { contentLength: bytes });
      await unlink(path);
    }

    async getRange(key: string, range: ByteRange | undefined): Promise<Readable> {
      const part = range && `bytes=${range.start}-${range.end}`;
      const { Body } = await client.send(new GetObjectCommand({ Bucket: s3.bucket, Key: key, Range: part }));
      return Body as Readable;
    }
  }
  return new BucketDriver({ client, bucket: s3.bucket, visibility: 'private', supportsACL: false });
}

/** The driver that the configuration asks for. */
export const fileDriver = async ({ s3, dataDir }: Pick<Config, 's3' | 'dataDir'>): Promise<FileDriver> =>
  s3 ? bucketDriver(s3) : new FolderDriver(join(dataDir, 'files'));
