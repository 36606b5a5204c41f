import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuthoringResolver } from './authoring.resolver.js';
import { AuthoringService } from './authoring.service.js';
import { CourseVersion } from './course-version.entity.js';
import { Course, CourseTrainer } from './course.entity.js';
import { CourseResolver, ViewerCoursesResolver } from './course.resolver.js';
import { ImportService } from './import.service.js';
import { LessonEditingResolver } from './lesson-editing.resolver.js';
import { LessonEditingService } from './lesson-editing.service.js';
import { LessonHistoryResolver, LessonSaveResolver } from './lesson-history.resolver.js';
import { LessonMarkdownResolver } from './lesson-markdown.resolver.js';
import { LessonSave } from './lesson-save.entity.js';
import { LessonUpdateResolver } from './lesson-update.resolver.js';
import { CourseModule, Lesson } from './lesson.entity.js';
import { CourseVersionResolver, LessonResolver } from './lesson.resolver.js';
import { Outlines } from './outlines.js';
import { Question, QuestionVersion, QuizQuestion } from './question.entity.js';
import { TranslationResolver } from './translation.resolver.js';
import { TranslationService } from './translation.service.js';

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
    ]),
  ],
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
  ],
  exports: [Outlines, AuthoringService, ImportService],
})
export class CatalogModule {}
