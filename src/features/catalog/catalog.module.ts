import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthoringResolver } from './authoring.resolver.js';
import { AuthoringService } from './authoring.service.js';
import { CourseVersion } from './course-version.entity.js';
import { ContentFiles, TextsOnly } from './content-files.js';
import { CourseExportController } from './course-export.controller.js';
import { CourseExportResolver } from './course-export.resolver.js';
import { CourseExportService } from './course-export.service.js';
import { CourseImportController } from './course-import.controller.js';
import { CourseImport } from './course-import.entity.js';
import { CourseImportHandlers } from './course-import.handlers.js';
import { CourseImportResolver, ImportFormatsResolver, ImportProblemResolver } from './course-import.resolver.js';
import { CourseImportService } from './course-import.service.js';
import { Course, CourseTrainer } from './course.entity.js';
import { CourseResolver, ViewerCoursesResolver } from './course.resolver.js';
import { ImportRuns } from './import-runs.service.js';
import { ImportWriting } from './import-writing.service.js';
import { ImportService } from './import.service.js';
import { LessonEditingResolver } from './lesson-editing.resolver.js';
import { LessonMarkdownResolver } from './lesson-markdown.resolver.js';
import { CourseModule, Lesson } from './lesson.entity.js';
import { CourseVersionResolver, LessonResolver } from './lesson.resolver.js';
import { Outlines } from './outlines.js';
import { Question, QuestionVersion, QuizQuestion } from './question.entity.js';
import { FolderUploadStore, UploadStore } from './upload-store.js';

/** Courses, their immutable versions, the question bank, import. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      Course,
      CourseTrainer,
      CourseVersion,
      CourseModule,
      Lesson,
      Question,
      QuestionVersion,
      QuizQuestion,
      CourseImport,
    ]),
  ],
  controllers: [CourseImportController, CourseExportController],
  providers: [
    Outlines,
    AuthoringService,
    ImportService,
    CourseResolver,
    ViewerCoursesResolver,
    CourseVersionResolver,
    LessonResolver,
    LessonEditingResolver,
    LessonMarkdownResolver,
    AuthoringResolver,
    { provide: UploadStore, useClass: FolderUploadStore },
    { provide: ContentFiles, useClass: TextsOnly },
    ImportWriting,
    ImportRuns,
    CourseImportService,
    CourseImportHandlers,
    CourseImportResolver,
    ImportProblemResolver,
    ImportFormatsResolver,
    CourseExportService,
    CourseExportResolver,
  ],
  exports: [Outlines, AuthoringService, ImportService, ImportWriting, CourseExportService],
})
export class CatalogModule {}
