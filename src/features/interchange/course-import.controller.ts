import { Controller, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { DomainError, ForbiddenError } from '../../platform/errors.js';
import { CurrentViewer, localeOf } from '../../platform/graphql/context.js';
import { CourseImportService } from './course-import.service.js';
import { archiveRefusals, ArchiveRefused } from '../formats/import/archive-limits.js';
import { refusedFile } from './course-import.rules.js';
import { UploadStore } from './upload-store.js';

/** A header that a page of another site cannot send: uploads come from our own pages and programs. */
const OWN_HEADER = 'x-tremplin-upload';

/** Takes the files that GraphQL is too small for. */
@Controller()
export class CourseImportController {
  constructor(
    private readonly imports: CourseImportService,
    private readonly uploads: UploadStore,
  ) {}

  /**
   * The body is the file as it is; `x-file-name` its name, percent-encoded. `?slug=` names a new course, `?course=` the id of an
   * existing one, `&locale=` the language of what is in the file.
   *
   * 201 `{ id }` for `courseImportJob`; 422 `{ error: { code, message, field } }` with a sentence for the person; 413 when it is too large.
   */
  @Access('SIGNED_IN')
  @Post('imports')
  async upload(
    @Req() req: Request,
    @Res() res: Response,
    @Query() query: Record<string, unknown>,
    @CurrentViewer() viewer: Viewer,
  ): Promise<void> {
    if (req.headers[OWN_HEADER] !== '1') throw new ForbiddenError('imports');
    try {
      if (Number(req.headers['content-length']) > this.uploads.limits.uploadBytes)
        throw refusedFile(new ArchiveRefused(archiveRefusals.tooLarge(this.uploads.limits)));
      const input = {
        fileName: fileName(req.headers['x-file-name']),
        courseId: textOf(query.course),
        slug: textOf(query.slug),
        locale: textOf(query.locale),
      };
      const { id } = await this.imports.start(viewer, input, req);
      res.status(201).json({ id });
    } catch (error) {
      // The rest of the body is not read: a connection in the middle of one cannot be used again.
      res.setHeader('Connection', 'close');
      if (!(error instanceof DomainError)) throw error;
      const isTooLarge = error.refusal.sentences.en === archiveRefusals.tooLarge(this.uploads.limits).en;
      const { code } = error.refusal;
      res.status(isTooLarge ? 413 : 422).json({
        error: { code, message: error.sentence(localeOf(req, viewer)), field: error.field ?? null },
      });
    }
  }
}

const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined;

/** The name without folders and what cannot be seen; a header that is not percent-encoded is taken as it is. */
function fileName(header: string | string[] | undefined): string {
  const raw = typeof header === 'string' ? header : '';
  let name = raw;
  try {
    name = decodeURIComponent(raw);
  } catch {
    // as it is
  }
  return name
    .slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1)
    .replace(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '');
}
