import { Controller, HttpCode, Post, Query, Req } from '@nestjs/common';
import type { Request } from 'express';
import { Access } from '../../platform/access/access.js';
import type { Viewer } from '../../platform/access/viewer.js';
import { Database } from '../../platform/database/database.js';
import { BadInputError, DomainError, NotFoundError } from '../../platform/errors.js';
import { FileStore } from '../../platform/files/file-store.js';
import { fileRefusals, UPLOAD_KINDS } from '../../platform/files/file.rules.js';
import { CurrentViewer } from '../../platform/graphql/context.js';
import { parseId } from '../../platform/ids.js';
import { Course } from '../catalog/course.entity.js';
import { requireTrainer } from '../catalog/course.policies.js';
import { taken } from '../formats/import/file-intake.js';
import type { TakenFile } from '../formats/import/import-format.js';

/** Takes pictures, documents, videos and captions for the lessons of a course. */
@Controller('files')
export class CourseFileController {
  constructor(
    private readonly database: Database,
    private readonly store: FileStore,
  ) {}

  /**
   * The body is the file as it is, of any media type: what it is, is found by looking at it. The header `X-Tremplin-Upload: 1` is
   * asked for because no form of another site can send it; `X-File-Name` is the file's name, percent-encoded.
   */
  @Access('SIGNED_IN')
  @Post()
  @HttpCode(201)
  async upload(
    @Query('course') courseId: unknown,
    @Req() req: Request,
    @CurrentViewer() viewer: Viewer,
  ): Promise<TakenFile> {
    if (req.get('x-tremplin-upload') !== '1')
      throw new DomainError(fileRefusals.UPLOAD_HEADER_MISSING, { header: 'X-Tremplin-Upload: 1' });
    const name = decodeName(req.get('x-file-name'));
    await this.database.read(async (tx) => {
      const id = parseId(typeof courseId === 'string' ? courseId : '');
      const course = await tx.findOneBy(Course, { id });
      if (!course) throw new NotFoundError();
      await requireTrainer(tx, viewer, course);
    });
    return taken(await this.store.take(req, { name, kinds: UPLOAD_KINDS, createdBy: viewer.personId }));
  }
}

function decodeName(header: string | undefined): string {
  if (!header) throw new DomainError(fileRefusals.UPLOAD_HEADER_MISSING, { header: 'X-File-Name' });
  try {
    return decodeURIComponent(header);
  } catch {
    throw new BadInputError('X-File-Name: must be percent-encoded, as encodeURIComponent does.');
  }
}
