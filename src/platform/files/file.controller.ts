import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../access/access.js';
import { NotFoundError } from '../errors.js';
import { rangeOf } from './byte-range.js';
import { FileStore } from './file-store.js';
import { attachment, contentType, kindOf, nameToSave, SAFE_HEADERS } from './file.rules.js';
import type { StoredFile } from './stored-file.entity.js';

const HASH = /^[0-9a-f]{64}$/;
const VARIANT = /^([1-9]\d{0,4})\.webp$/;

/** One year, in seconds: longer means nothing to a cache. What a hash stands for never changes. */
const FOR_EVER = 'public, max-age=31536000, immutable';

/** Serves what is stored. Who knows a file's hash has seen the lesson that it is in: nobody can guess one. */
@Controller('files')
export class FileController {
  constructor(private readonly store: FileStore) {}

  @Access('PUBLIC')
  @Get(':hash')
  async file(
    @Param('hash') hash: string,
    @Query('name') name: unknown,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const file = await this.find(hash);
    const kind = kindOf(file.mediaType);
    if (kind === 'DOCUMENT')
      res.setHeader(
        'Content-Disposition',
        attachment(nameToSave(typeof name === 'string' ? name : 'file', file.mediaType)),
      );
    await this.send(file, { req, res });
  }

  @Access('PUBLIC')
  @Get(':hash/:variant')
  async variant(
    @Param('hash') hash: string,
    @Param('variant') variant: string,
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const width = Number(VARIANT.exec(variant)?.[1]);
    const file = await this.find(hash);
    if (width !== file.width && !file.variants.includes(width)) throw new NotFoundError();
    await this.send(file, { req, res, width });
  }

  /** @throws NotFoundError for an archive too: those are unpacked by the product, never handed out. */
  private async find(hash: string): Promise<StoredFile> {
    const file = HASH.test(hash) ? await this.store.find(hash) : null;
    if (!file || kindOf(file.mediaType) === 'ARCHIVE') throw new NotFoundError();
    return file;
  }

  private async send(
    file: StoredFile,
    { req, res, width }: { req: Request; res: Response; width?: number },
  ): Promise<void> {
    const isNarrower = width !== undefined && width !== file.width;
    const etag = `"${file.sha256}${isNarrower ? `-${width}` : ''}"`;
    // The length of a narrower picture is known by reading it; it is small, and never asked for in parts.
    const range = isNarrower ? undefined : rangeOf(req, file.bytes, etag);
    if (range === 'UNSATISFIABLE')
      return void res.status(416).setHeader('Content-Range', `bytes */${file.bytes}`).end();
    // Opened before anything is said: what is not where it should be is a fault, and is not kept for ever.
    const content = await this.store.read(file, { width, range });
    res.set({
      ...SAFE_HEADERS,
      'Cache-Control': FOR_EVER,
      ETag: etag,
      'Content-Type': contentType(file.mediaType),
    });
    if (!isNarrower) {
      res.set('Accept-Ranges', 'bytes');
      res.set('Content-Length', String(range ? range.end - range.start + 1 : file.bytes));
    }
    if (range) res.status(206).set('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`);
    if (req.fresh) res.status(304);
    if (req.fresh || req.method === 'HEAD') {
      content.destroy();
      return void res.end();
    }
    await pipeline(content, res).catch((error: NodeJS.ErrnoException) => {
      // Whoever watched the video went away, or jumped to another place in it.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  }
}
