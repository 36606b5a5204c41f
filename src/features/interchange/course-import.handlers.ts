import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import { isId } from '../../platform/ids.js';
import { OnEvent, OnEventOutside } from '../../platform/outbox/handlers.js';
import { HousekeepingDue } from '../../platform/outbox/housekeeping.js';
import { CourseImportConfirmed, CourseImportUploaded } from './course-import.events.js';
import { expireUploads, withoutImport } from './course-import.queries.js';
import { EXPIRED, UPLOAD_DAYS } from './course-import.rules.js';
import { ImportRuns } from './import-runs.service.js';
import { UploadStore } from './upload-store.js';

const DAY_MS = 86_400_000;

/**
 * What happens to uploads in the background. Reading is slow and holds no transaction, so that it runs in the lane of calls to the
 * outside world; run twice, it does the same.
 */
@Injectable()
export class CourseImportHandlers {
  constructor(
    private readonly runs: ImportRuns,
    private readonly uploads: UploadStore,
    private readonly clock: Clock,
  ) {}

  @OnEventOutside(CourseImportUploaded, 'catalog.read-course-import')
  read({ importId }: { importId: string }): Promise<void> {
    return this.runs.read(importId);
  }

  @OnEventOutside(CourseImportConfirmed, 'catalog.apply-course-import')
  apply({ importId }: { importId: string }): Promise<void> {
    return this.runs.apply(importId);
  }

  /** Deletes files after a week, and those that no import knows: their upload broke off. */
  @OnEvent(HousekeepingDue, 'catalog.forget-uploads')
  async forgetUploads(_event: object, tx: Tx): Promise<void> {
    const now = this.clock.now();
    const before = new Date(now.getTime() - UPLOAD_DAYS * DAY_MS);
    const expired = await expireUploads(tx, before, now, EXPIRED);
    const old = (await this.uploads.list()).filter((id) => isId(id) && madeAt(id) < before.getTime());
    const orphans = await withoutImport(tx, old);
    for (const id of new Set([...expired, ...orphans])) await this.uploads.forget(id);
  }
}

/** Milliseconds since the epoch, as a UUID of version 7 begins with (RFC 9562, section 5.7). */
const madeAt = (id: string): number => parseInt(id.replaceAll('-', '').slice(0, 12), 16);
