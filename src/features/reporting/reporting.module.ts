import { Module } from '@nestjs/common';
import { CompletionReportResolver } from './completion-report.resolver.js';
import { CompletionReportService } from './completion-report.service.js';

/** Read-only figures over all of the other features. */
@Module({ providers: [CompletionReportService, CompletionReportResolver] })
export class ReportingModule {}
