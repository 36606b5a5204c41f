import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Query, Res } from '@nestjs/common';
import type { Response } from 'express';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { CourseExportService } from './course-export.service.js';

/** A BCP 47 tag, or anything that a format finds no text for. */
const LOCALE = /^[A-Za-z0-9-]{2,35}$/;

/** Courses as files, for their trainers. */
@Controller('studio-export')
export class CourseExportController {
  constructor(private readonly exports: CourseExportService) {}

  /** `?version=` an id, `draft` or `published`; `&locale=` for a format that holds one language. */
  @Access('SIGNED_IN')
  @Get(':slug/:format')
  async export(
    @Res() res: Response,
    @Param() { slug, format }: { slug: string; format: string },
    @Query() { version, locale }: Record<string, unknown>,
    @CurrentViewer() viewer: Viewer,
  ): Promise<void> {
    const exported = await this.exports.export(viewer, {
      slug,
      format,
      version: typeof version === 'string' && version !== '' ? version : undefined,
      locale: typeof locale === 'string' && LOCALE.test(locale) ? locale : undefined,
    });
    res.setHeader('Content-Type', exported.format.mediaType);
    // Slugs are letters, digits and hyphens: the name needs no encoding (RFC 6266).
    res.setHeader('Content-Disposition', `attachment; filename="${exported.fileName}"`);
    res.setHeader('Cache-Control', 'private, no-store');
    if (Buffer.isBuffer(exported.content)) res.send(exported.content);
    else await pipeline(exported.content, res);
  }
}
