import { Injectable } from '@nestjs/common';
import type { Viewer } from '../../platform/access/viewer.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { BadInputError } from '../../platform/errors.js';
import { requireManager } from '../programs/program.policies.js';
import { countCompletions, findRegionCodes, type ReportCounts } from './completion-report.queries.js';
import { DEFAULT_HORIZON_DAYS, NO_COUNTS } from './completion-report.rules.js';
import { countInvited, type InvitedCounts } from './invited.queries.js';
import { readScope, type ReportFilters, type ReportScope } from './report-scope.rules.js';

export interface CompletionFigures {
  programId: string;
  /** Of a program that the viewer was found to run. */
  scope: ReportScope;
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
  async report(
    viewer: Viewer,
    programId: string,
    filters: ReportFilters & { horizonDays?: number | null },
  ): Promise<CompletionFigures> {
    const horizonDays = filters.horizonDays ?? DEFAULT_HORIZON_DAYS;
    if (horizonDays < 1 || horizonDays > 3650)
      throw new BadInputError('horizonDays: must be from 1 to 3650.');
    const asOf = this.clock.now();
    return this.database.read(async (tx) => {
      const id = await requireManager(tx, viewer, programId);
      const scope = readScope(id, filters, asOf);
      const counts = await countCompletions(tx, scope, horizonDays);
      const total = counts.find((row) => row.isTotal) ?? NO_COUNTS;
      return {
        programId: id,
        scope,
        asOf,
        horizonDays,
        total,
        groups: counts.filter((row) => !row.isTotal),
      };
    });
  }

  /** Codes of the regions that occur in a program that the viewer was found to run, whatever the filters. */
  regionCodes({ programId, asOf }: Pick<CompletionFigures, 'programId' | 'asOf'>): Promise<string[]> {
    return this.database.read((tx) => findRegionCodes(tx, readScope(programId, {}, asOf)));
  }

  /** The invited of a report's scope. */
  invited({ scope }: Pick<CompletionFigures, 'scope'>): Promise<InvitedCounts> {
    return this.database.read((tx) => countInvited(tx, scope));
  }
}
