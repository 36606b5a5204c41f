import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { AttemptQuestionsResolver } from './attempt-questions.resolver.js';
import { CompletionService } from './completion.service.js';
import { CourseCompletion } from './course-completion.entity.js';
import { CourseLearnersResolver } from './course-learners.resolver.js';
import { CoursePageResolver, LessonProgressResolver } from './course-page.resolver.js';
import { EnrollmentChange } from './enrollment-change.entity.js';
import { EnrollmentChangeResolver } from './enrollment-change.resolver.js';
import { FollowedLessonService } from './followed-lesson.service.js';
import { GradingService } from './grading.service.js';
import { EnrollmentProgressResolver } from './learning.resolver.js';
import { LessonCompletion } from './lesson-completion.entity.js';
import { LessonService } from './lesson.service.js';
import { PracticeAnswerResolver } from './practice-answer.resolver.js';
import { PracticeCardResolver } from './practice-card.resolver.js';
import { PracticeDecks } from './practice-decks.js';
import { PracticeAnswer, PracticeCourseStop, PracticeQuestionStop } from './practice.entity.js';
import { PracticeResolver, ViewerPracticeResolver } from './practice.resolver.js';
import { PracticeService } from './practice.service.js';
import { PublishImpactResolver } from './publish-impact.resolver.js';
import { QuizAllowance } from './quiz-allowance.entity.js';
import { QuizAllowanceResolver, QuizAllowancesGivenResolver } from './quiz-allowance.resolver.js';
import { QuizAllowanceService } from './quiz-allowance.service.js';
import { QuizAnswer, QuizAttempt } from './quiz-attempt.entity.js';
import { QuizHandlers } from './quiz.handlers.js';
import { QuizStandingResolver } from './quiz-standing.resolver.js';
import { QuizResolver } from './quiz.resolver.js';
import { QuizService } from './quiz.service.js';
import { VersionMoveHandlers } from './version-move.handlers.js';
import { VersionMoveService } from './version-move.service.js';

/** Progress, quiz attempts, completion facts, moves to new versions. */
@Module({
  imports: [
    CatalogModule,
    TypeOrmModule.forFeature([
      LessonCompletion,
      CourseCompletion,
      QuizAttempt,
      QuizAnswer,
      QuizAllowance,
      EnrollmentChange,
    ]),
    TypeOrmModule.forFeature([PracticeAnswer, PracticeQuestionStop, PracticeCourseStop]),
  ],
  providers: [
    CompletionService,
    FollowedLessonService,
    LessonService,
    GradingService,
    QuizService,
    QuizHandlers,
    QuizAllowanceService,
    QuizAllowanceResolver,
    QuizAllowancesGivenResolver,
    VersionMoveService,
    VersionMoveHandlers,
    EnrollmentProgressResolver,
    CoursePageResolver,
    LessonProgressResolver,
    QuizResolver,
    AttemptQuestionsResolver,
    QuizStandingResolver,
    EnrollmentChangeResolver,
    PublishImpactResolver,
    CourseLearnersResolver,
    PracticeDecks,
    PracticeService,
    ViewerPracticeResolver,
    PracticeResolver,
    PracticeCardResolver,
    PracticeAnswerResolver,
  ],
  exports: [LessonService, QuizService, CompletionService],
})
export class LearningModule {}
