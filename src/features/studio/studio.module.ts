import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { AuthoringResolver } from './authoring.resolver.js';
import { AuthoringService } from './authoring.service.js';
import { CourseFileController } from './course-file.controller.js';
import { CoursePrerequisiteResolver } from './course-prerequisite.resolver.js';
import { CoursePrerequisiteService } from './course-prerequisite.service.js';
import { CourseSettingsResolver } from './course-settings.resolver.js';
import { CourseSettingsService } from './course-settings.service.js';
import { CourseTeamResolver } from './course-team.resolver.js';
import { CourseTeamService } from './course-team.service.js';
import { LessonComment } from './lesson-comment.entity.js';
import {
  LessonCommentResolver,
  LessonCommentsResolver,
  OpenCommentsResolver,
} from './lesson-comment.resolver.js';
import { LessonCommentService } from './lesson-comment.service.js';
import { LessonEditingResolver } from './lesson-editing.resolver.js';
import { LessonEditingService } from './lesson-editing.service.js';
import { LessonHistoryResolver, LessonSaveResolver } from './lesson-history.resolver.js';
import { LessonMarkdownResolver } from './lesson-markdown.resolver.js';
import { LessonSave } from './lesson-save.entity.js';
import { LessonSettingsResolver, LessonStructureResolver } from './lesson-structure.resolver.js';
import { LessonStructureService } from './lesson-structure.service.js';
import { LessonUpdateResolver } from './lesson-update.resolver.js';
import { DeletedPartsResolver, ModuleStructureResolver } from './module-structure.resolver.js';
import { ModuleStructureService } from './module-structure.service.js';
import { OutlineTrash } from './outline-trash.entity.js';
import { PublishChecklistResolver } from './publish-checklist.resolver.js';
import {
  BankQuestionResolver,
  CourseQuestionsResolver,
  QuestionVersionResolver,
} from './question-bank.resolver.js';
import { QuestionBankService } from './question-bank.service.js';
import { QuestionEditingResolver } from './question-editing.resolver.js';
import { QuizEditingResolver } from './quiz-editing.resolver.js';
import { QuizEditingService } from './quiz-editing.service.js';
import { TranslationBasis } from './translation-basis.entity.js';
import { TranslationResolver } from './translation.resolver.js';
import { TranslationService } from './translation.service.js';

/** What trainers do with a draft, its questions, its files and its team, up to publishing. */
@Module({
  imports: [
    CatalogModule,
    TypeOrmModule.forFeature([LessonSave, LessonComment, OutlineTrash, TranslationBasis]),
  ],
  controllers: [CourseFileController],
  providers: [
    AuthoringService,
    LessonEditingService,
    TranslationService,
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
    OpenCommentsResolver,
    CourseSettingsService,
    CourseSettingsResolver,
    CoursePrerequisiteService,
    CoursePrerequisiteResolver,
    ModuleStructureService,
    ModuleStructureResolver,
    LessonStructureService,
    LessonStructureResolver,
    LessonSettingsResolver,
    DeletedPartsResolver,
    PublishChecklistResolver,
  ],
  exports: [AuthoringService],
})
export class StudioModule {}
