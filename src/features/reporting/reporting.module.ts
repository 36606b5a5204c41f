import { Module } from '@nestjs/common';
import { CatalogModule } from '../catalog/catalog.module.js';
import { CompletionReportResolver, ReportPartsResolver } from './completion-report.resolver.js';
import { CompletionReportService } from './completion-report.service.js';
import { ProgramLearnerResolver } from './program-learner.resolver.js';
import { ProgramLearnerService } from './program-learner.service.js';

/** Read-only figures over all of the other features, and the people behind them. */
@Module({
  imports: [CatalogModule],
  providers: [
    CompletionReportService,
    CompletionReportResolver,
    ReportPartsResolver,
    ProgramLearnerService,
    ProgramLearnerResolver,
  ],
})
export class ReportingModule {}
