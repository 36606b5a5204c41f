import { Controller, Post, Query, Req, Res } from '@nestjs/common';
import type { Request, Response } from 'express';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { DomainError, ForbiddenError } from '../../platform/errors.js';
import { CurrentViewer, localeOf } from '../../platform/graphql/context.js';
import { RosterService } from './roster.service.js';
import { fileRefusals, MOST_BYTES, refusedFile } from './roster.rules.js';

/** A header that a page of another site cannot send: uploads come from our own pages and programs. */
const OWN_HEADER = 'x-tremplin-upload';

/** Takes rosters, which GraphQL is too small for. */
@Controller()
export class RosterController {
  constructor(private readonly rosters: RosterService) {}

  /**
   * The body is the file as it is; `x-file-name` its name, percent-encoded; `?cohort=` and `&course=` are ids.
   *
   * 201 `{ id }` for the query `roster`, the same for a file that is there already; 422 `{ error: { code, message, field } }` with a
   * sentence for the person; 413 when it is too large.
   */
  @Access('SIGNED_IN')
  @Post('rosters')
  async upload(
    @Req() req: Request,
    @Res() res: Response,
    @Query() { cohort, course }: Record<string, unknown>,
    @CurrentViewer() viewer: Viewer,
  ): Promise<void> {
    if (req.headers[OWN_HEADER] !== '1') throw new ForbiddenError('rosters');
    try {
      if (Number(req.headers['content-length']) > MOST_BYTES) throw refusedFile(fileRefusals.tooLarge());
      const input = {
        cohortId: typeof cohort === 'string' ? cohort : '',
        courseId: typeof course === 'string' ? course : '',
        fileName: fileName(req.headers['x-file-name']),
      };
      const { id } = await this.rosters.upload(viewer, input, req);
      res.status(201).json({ id });
    } catch (error) {
      // The rest of the body is not read: a connection in the middle of one cannot be used again.
      res.setHeader('Connection', 'close');
      if (!(error instanceof DomainError)) throw error;
      const isTooLarge = error.refusal.sentences.en === fileRefusals.tooLarge().en;
      const { code } = error.refusal;
      res.status(isTooLarge ? 413 : 422).json({
        error: { code, message: error.sentence(localeOf(req, viewer)), field: error.field ?? null },
      });
    }
  }
}

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
