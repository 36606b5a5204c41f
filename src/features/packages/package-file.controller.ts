import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access/access.js';
import { NotFoundError } from '../../platform/errors.js';
import { rangeOf } from '../../platform/files/byte-range.js';
import { mediaTypeOf } from './media-types.js';
import type { PackageArchive, PackedFile } from './package-archive.js';
import { PackageFiles } from './package-files.js';
import { PackagePasses } from './package-passes.js';

/** As long as a pass lasts at least, in seconds: its address is another one then. */
const WHILE_PASS_LASTS = 'private, max-age=10800, immutable';

/** The files of a package, for who has a pass. What surrounds them is of {@link separatePackages}. */
@Controller('packages')
export class PackageFileController {
  constructor(
    private readonly passes: PackagePasses,
    private readonly files: PackageFiles,
  ) {}

  @Access('PUBLIC')
  @Get(':pass/files/*path')
  async file(
    @Param('pass') pass: string,
    @Param('path') path: string[],
    @Req() req: Request,
    @Res() res: Response,
  ): Promise<void> {
    const archive = await this.files.archive(this.passes.open(pass, req.host ?? '').file);
    const file = archive.find(path.join('/'));
    if (!file) throw new NotFoundError();
    await send(archive, file, { req, res });
  }
}

async function send(
  archive: PackageArchive,
  file: PackedFile,
  { req, res }: { req: Request; res: Response },
): Promise<void> {
  const isPartAsked = req.headers.range !== undefined;
  const isGzipped = file.isDeflated && !isPartAsked && req.acceptsEncodings('gzip') === 'gzip';
  const etag = `"${file.crc32.toString(16)}-${file.bytes}${isGzipped ? '-gzip' : ''}"`;
  const range = rangeOf(req, file.bytes, etag);
  if (range === 'UNSATISFIABLE')
    return void res.status(416).setHeader('Content-Range', `bytes */${file.bytes}`).end();
  res.set({ 'Accept-Ranges': 'bytes', Vary: 'Accept-Encoding', ETag: etag });
  // Opened before anything is said: what is not where it should be is a fault, and is not kept.
  const whole = isGzipped && !req.fresh ? await archive.gzipped(file) : null;
  const content = whole?.content ?? (req.fresh ? null : await archive.content(file, range));
  res.setHeader('Cache-Control', WHILE_PASS_LASTS);
  // Not by `set`, which would add a character set.
  res.setHeader('Content-Type', mediaTypeOf(file.path));
  if (content === null) return void res.status(304).end();
  const bytes = whole?.bytes ?? (range ? range.end - range.start + 1 : file.bytes);
  res.setHeader('Content-Length', String(bytes));
  if (isGzipped) res.setHeader('Content-Encoding', 'gzip');
  if (range) res.status(206).setHeader('Content-Range', `bytes ${range.start}-${range.end}/${file.bytes}`);
  if (req.method === 'HEAD') {
    content.destroy();
    return void res.end();
  }
  await pipeline(content, res).catch((error: NodeJS.ErrnoException) => {
    // Whoever watched went away, or jumped to another place in it.
    if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
  });
}
