import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthoringResolver } from './authoring.resolver.js';
import { AuthoringService } from './authoring.service.js';
import { CourseFileController } from './course-file.controller.js';
import { CourseTeamResolver } from './course-team.resolver.js';
import { CourseTeamService } from './course-team.service.js';
import { CourseSettingsResolver } from './course-settings.resolver.js';
import { CourseSettingsService } from './course-settings.service.js';
import { CourseVersion } from './course-version.entity.js';
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
import { Course, CourseTrainer } from './course.entity.js';
import { CourseResolver, ViewerCoursesResolver } from './course.resolver.js';
import { ImportRuns } from './import-runs.service.js';
import { ImportWriting } from './import-writing.service.js';
import { ImportService } from './import.service.js';
import { LessonComment } from './lesson-comment.entity.js';
import { LessonCommentResolver, LessonCommentsResolver } from './lesson-comment.resolver.js';
import { LessonCommentService } from './lesson-comment.service.js';
import { LessonEditingResolver } from './lesson-editing.resolver.js';
import { LessonEditingService } from './lesson-editing.service.js';
import { LessonHistoryResolver, LessonSaveResolver } from './lesson-history.resolver.js';
import { LessonMarkdownResolver } from './lesson-markdown.resolver.js';
import { LessonSettingsResolver, LessonStructureResolver } from './lesson-structure.resolver.js';
import { LessonStructureService } from './lesson-structure.service.js';
import { LessonSave } from './lesson-save.entity.js';
import { LessonUpdateResolver } from './lesson-update.resolver.js';
import { CourseModule, Lesson } from './lesson.entity.js';
import { CourseVersionResolver, LessonResolver } from './lesson.resolver.js';
import { DeletedPartsResolver, ModuleStructureResolver } from './module-structure.resolver.js';
import { ModuleStructureService } from './module-structure.service.js';
import { OutlineTrash } from './outline-trash.entity.js';
import { Outlines } from './outlines.js';
import {
  BankQuestionResolver,
  CourseQuestionsResolver,
  QuestionVersionResolver,
} from './question-bank.resolver.js';
import { QuestionBankService } from './question-bank.service.js';
import { QuestionEditingResolver } from './question-editing.resolver.js';
import { PublishChecklistResolver } from './publish-checklist.resolver.js';
import { Question, QuestionVersion, QuizQuestion } from './question.entity.js';
import { QuizEditingResolver } from './quiz-editing.resolver.js';
import { QuizEditingService } from './quiz-editing.service.js';
import { TranslationResolver } from './translation.resolver.js';
import { TranslationService } from './translation.service.js';
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
      LessonSave,
      Question,
      QuestionVersion,
      QuizQuestion,
      LessonComment,
      OutlineTrash,
      CourseImport,
    ]),
  ],
  controllers: [CourseFileController, CourseImportController, CourseExportController],
  providers: [
    Outlines,
    AuthoringService,
    LessonEditingService,
    TranslationService,
    ImportService,
    CourseResolver,
    ViewerCoursesResolver,
    CourseVersionResolver,
    LessonResolver,
    LessonEditingResolver,
    LessonUpdateResolver,
    LessonHistoryResolver,
    LessonSaveResolver,
    TranslationResolver,
    LessonMarkdownResolver,
    AuthoringResolver,
    QuizEditingService,
    QuestionBankService,
    CourseQuestionsResolver,
    BankQuestionResolver,
    QuestionVersionResolver,
    QuestionEditingResolver,
    QuizEditingResolver,
    CourseTeamService,
    CourseTeamResolver,
    LessonCommentService,
    LessonCommentResolver,
    LessonCommentsResolver,
    CourseSettingsService,
    CourseSettingsResolver,
    ModuleStructureService,
    ModuleStructureResolver,
    LessonStructureService,
    LessonStructureResolver,
    LessonSettingsResolver,
    DeletedPartsResolver,
    PublishChecklistResolver,
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
  ],
  exports: [Outlines, AuthoringService, ImportService, ImportWriting, CourseExportService],
})
export class CatalogModule {}
