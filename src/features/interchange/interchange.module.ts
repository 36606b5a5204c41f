import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { StudioModule } from '../studio/studio.module.js';
import { ContentFiles } from './content-files.js';
import { CourseExportController } from './course-export.controller.js';
import { CourseExportResolver } from './course-export.resolver.js';
import { CourseExportService } from './course-export.service.js';
import { CourseImportController } from './course-import.controller.js';
import { CourseImport } from './course-import.entity.js';
import { CourseImportHandlers } from './course-import.handlers.js';
import {
  CourseImportResolver,
  ImportFormatsResolver,
  ImportProblemResolver,
} from './course-import.resolver.js';
import { CourseImportService } from './course-import.service.js';
import { ImportRuns } from './import-runs.service.js';
import { ImportWriting } from './import-writing.service.js';
import { MarkdownImportResolver } from './markdown-import.resolver.js';
import { MarkdownImportService } from './markdown-import.service.js';
import { FolderUploadStore, UploadStore } from './upload-store.js';

/** Courses from files and into files. */
@Module({
  imports: [CatalogModule, StudioModule, TypeOrmModule.forFeature([CourseImport])],
  controllers: [CourseImportController, CourseExportController],
  providers: [
    MarkdownImportService,
    { provide: UploadStore, useClass: FolderUploadStore },
    ContentFiles,
    ImportWriting,
    ImportRuns,
    CourseImportService,
    CourseImportHandlers,
    CourseImportResolver,
    ImportProblemResolver,
    ImportFormatsResolver,
    CourseExportService,
    CourseExportResolver,
    MarkdownImportResolver,
  ],
  exports: [MarkdownImportService, ImportWriting, CourseExportService],
})
export class InterchangeModule {}
