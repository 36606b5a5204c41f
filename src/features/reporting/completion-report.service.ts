import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { BadInputError } from '../../platform/errors.js';
import { parseId } from '../../platform/ids.js';
import { requireManager } from '../programs/program.policies.js';
import { countCompletions, NOT_STATED, type ReportCounts } from './completion-report.queries.js';
import { DEFAULT_HORIZON_DAYS, NO_COUNTS } from './completion-report.rules.js';

export interface ReportFilters {
  enrolledFrom?: string | null;
  enrolledUntil?: string | null;
  courseId?: string | null;
  cohortId?: string | null;
  regionCode?: string | null;
  horizonDays?: number | null;
}

export interface CompletionFigures {
  asOf: Date;
  horizonDays: number;
  total: ReportCounts;
  groups: ReportCounts[];
}

/** Completion figures of a program. Read-only. */
@Injectable()
export class CompletionReportService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFoundError when the viewer does not run the program; BadInputError about a filter. */
  async report(viewer: Viewer, programId: string, filters: ReportFilters): Promise<CompletionFigures> {
    const horizonDays = filters.horizonDays ?? DEFAULT_HORIZON_DAYS;
    if (horizonDays < 1 || horizonDays > 3650) throw new BadInputError('horizonDays: must be from 1 to 3650.');
    const { regionCode } = filters;
    if (regionCode != null && regionCode !== NOT_STATED && !/^[A-Z]{2}-[A-Z0-9]{1,3}$/.test(regionCode)) {
      throw new BadInputError(`regionCode: must be an ISO 3166-2 code such as FR-IDF, or ${NOT_STATED}.`);
    }
    for (const name of ['enrolledFrom', 'enrolledUntil'] as const) {
      if (filters[name]?.startsWith('0000')) throw new BadInputError(`${name}: there is no year 0.`);
    }
    const asOf = this.clock.now();
    return this.database.read(async (tx) => {
      const counts = await countCompletions(tx, {
        programId: await requireManager(tx, viewer, programId),
        enrolledFrom: filters.enrolledFrom ?? null,
        enrolledUntil: filters.enrolledUntil ?? null,
        courseId: filters.courseId ? parseId(filters.courseId) : null,
        cohortId: filters.cohortId ? parseId(filters.cohortId) : null,
        regionCode: filters.regionCode ?? null,
        horizonDays,
        asOf,
      });
      const total = counts.find((row) => row.isTotal) ?? NO_COUNTS;
      return { asOf, horizonDays, total, groups: counts.filter((row) => !row.isTotal) };
    });
  }
}
