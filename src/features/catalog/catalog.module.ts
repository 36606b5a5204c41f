import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CourseSearch } from './course-search.entity.js';
import { CourseSearchResolver } from './course-search.resolver.js';
import { CourseSearchService } from './course-search.service.js';
import { CourseVersion } from './course-version.entity.js';
import { Course, CoursePrerequisite, CourseTrainer } from './course.entity.js';
import { CourseResolver, ViewerCoursesResolver } from './course.resolver.js';
import { CourseModule, Lesson } from './lesson.entity.js';
import { CourseVersionResolver, LessonResolver } from './lesson.resolver.js';
import { Outlines } from './outlines.js';
import { Question, QuestionVersion, QuizQuestion } from './question.entity.js';

/** Courses, their immutable versions and the question bank, as everybody reads them. */
@Module({
  imports: [
    TypeOrmModule.forFeature([
      Course,
      CoursePrerequisite,
      CourseTrainer,
      CourseVersion,
      CourseSearch,
      CourseModule,
      Lesson,
      Question,
      QuestionVersion,
      QuizQuestion,
    ]),
  ],
  providers: [
    Outlines,
    CourseSearchService,
    CourseResolver,
    CourseSearchResolver,
    ViewerCoursesResolver,
    CourseVersionResolver,
    LessonResolver,
  ],
  exports: [Outlines, CourseSearchService],
})
export class CatalogModule {}
