import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { CompletionService } from './completion.service.js';
import { CourseCompletion } from './course-completion.entity.js';
import { CourseLearnersResolver } from './course-learners.resolver.js';
import { CoursePageResolver, LessonProgressResolver } from './course-page.resolver.js';
import { EnrollmentProgressResolver } from './learning.resolver.js';
import { LessonCompletion } from './lesson-completion.entity.js';
import { LessonService } from './lesson.service.js';
import { PublishImpactResolver } from './publish-impact.resolver.js';
import { QuizAnswer, QuizAttempt } from './quiz-attempt.entity.js';
import { QuizResolver } from './quiz.resolver.js';
import { QuizService } from './quiz.service.js';

/** Progress, quiz attempts, completion facts. */
@Module({
  imports: [
    CatalogModule,
    TypeOrmModule.forFeature([LessonCompletion, CourseCompletion, QuizAttempt, QuizAnswer]),
  ],
  providers: [
    CompletionService,
    LessonService,
    QuizService,
    EnrollmentProgressResolver,
    CoursePageResolver,
    LessonProgressResolver,
    QuizResolver,
    PublishImpactResolver,
    CourseLearnersResolver,
  ],
  exports: [LessonService, QuizService, CompletionService],
})
export class LearningModule {}
