import { pipeline } from 'node:stream/promises';
import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access/access.js';
import { ViewerSource } from '../../platform/access/viewer.js';
import { UnauthenticatedError } from '../../platform/errors.js';
import { CourseExportService } from './course-export.service.js';

/** A BCP 47 tag, or anything that a format finds no text for. */
const LOCALE = /^[A-Za-z0-9-]{2,35}$/;

/** Courses as files, for their trainers. */
@Controller('studio-export')
export class CourseExportController {
  constructor(
    private readonly viewers: ViewerSource,
    private readonly exports: CourseExportService,
  ) {}

  /** `?version=` an id, `draft` or `published`; `&locale=` for a format that holds one language. */
  @Access('PUBLIC') // who asks is looked up here: the guard knows the viewers of GraphQL only
  @Get(':slug/:format')
  async export(
    @Req() req: Request,
    @Res() res: Response,
    @Param() { slug, format }: { slug: string; format: string },
    @Query() { version, locale }: Record<string, unknown>,
  ): Promise<void> {
    const viewer = await this.viewers.viewerOf(req.headers.cookie);
    if (!viewer) throw new UnauthenticatedError();
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
