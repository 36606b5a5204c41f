import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { attachment, contentType, nameToSave, SAFE_HEADERS } from '../../platform/files/file.rules.js';
import { PrivateFiles } from '../../platform/files/private-files.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { requireActivityFile } from './activity.policies.js';

/** Hands out what learners put to an activity, to those who may see it: always to be saved, never shown as a page of ours. */
@Controller('activity-files')
export class ActivityFileController {
  constructor(
    private readonly database: Database,
    private readonly files: PrivateFiles,
  ) {}

  @Access('SIGNED_IN')
  @Get(':id')
  async file(@Param('id') id: string, @Res() res: Response, @CurrentViewer() viewer: Viewer): Promise<void> {
    const file = await this.database.read((tx) => requireActivityFile(tx, viewer, id));
    // Opened before anything is said: what is not where it should be is a fault.
    const content = await this.files.read(file.id);
    res.set({
      ...SAFE_HEADERS,
      'Cache-Control': 'private, no-store',
      'Content-Type': contentType(file.mediaType),
      'Content-Length': String(file.bytes),
      'Content-Disposition': attachment(nameToSave(file.name, file.mediaType)),
    });
    await pipeline(content, res).catch((error: NodeJS.ErrnoException) => {
      // Whoever downloaded it went away.
      if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error;
    });
  }
}
