import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { ActivityDrafts } from './activity-drafts.js';
import { ActivityFileController } from './activity-file.controller.js';
import { ActivityFile, ActivitySubmissionFile } from './activity-file.entity.js';
import { ActivityFileService } from './activity-file.service.js';
import { ActivityHandlers } from './activity.handlers.js';
import { ActivityResolver } from './activity.resolver.js';
import { ActivityReviewResolver } from './activity-review.resolver.js';
import { ActivityReviewService } from './activity-review.service.js';
import { ActivityService } from './activity.service.js';
import { ActivitySubmission } from './activity-submission.entity.js';
import { AttemptQuestionsResolver } from './attempt-questions.resolver.js';
import { AttemptRegradeResolver } from './attempt-regrade.resolver.js';
import { BlockPlaces } from './block-places.js';
import { Bookmark } from './bookmark.entity.js';
import { BookmarkResolver, LessonBookmarksResolver } from './bookmark.resolver.js';
import { BookmarkService } from './bookmark.service.js';
import { CompletionCriteriaPreviewService } from './completion-criteria-preview.service.js';
import { CompletionCriteria, CompletionReevaluation } from './completion-criteria.entity.js';
import { CompletionCriteriaResolver } from './completion-criteria.resolver.js';
import { CompletionCriteriaService } from './completion-criteria.service.js';
import { CompletionReevaluationHandlers } from './completion-reevaluation.handlers.js';
import { CompletionReevaluationService } from './completion-reevaluation.service.js';
import { CompletionService } from './completion.service.js';
import { CompletionReversalHandlers } from './completion-reversal.handlers.js';
import { EnrollmentReversalResolver } from './completion-reversal.resolver.js';
import { CompletionReversalService } from './completion-reversal.service.js';
import { CompletionReversal, CourseCompletion } from './course-completion.entity.js';
import { CourseLearnersResolver } from './course-learners.resolver.js';
import { CoursePageResolver, LessonProgressResolver } from './course-page.resolver.js';
import { EnrollmentChange } from './enrollment-change.entity.js';
import { EnrollmentChangeResolver } from './enrollment-change.resolver.js';
import { FollowedLessonService } from './followed-lesson.service.js';
import { GradingService } from './grading.service.js';
import { LearnerQuizzesResolver } from './learner-quizzes.resolver.js';
import { EnrollmentProgressResolver } from './learning.resolver.js';
import { LessonCompletion } from './lesson-completion.entity.js';
import { LessonNote } from './lesson-note.entity.js';
import { LessonNoteResolver, LessonOwnNoteResolver } from './lesson-note.resolver.js';
import { LessonNoteService } from './lesson-note.service.js';
import { LessonPosition } from './lesson-position.entity.js';
import { ContinueAtResolver, LessonPositionResolver } from './lesson-position.resolver.js';
import { LessonPositionService } from './lesson-position.service.js';
import { LessonService } from './lesson.service.js';
import { CourseRegradesResolver, QuestionRegradeResolver } from './mended-questions.resolver.js';
import { PracticeAnswerResolver } from './practice-answer.resolver.js';
import { PracticeCardResolver } from './practice-card.resolver.js';
import { PracticeDecks } from './practice-decks.js';
import { PracticeAnswer, PracticeCourseStop, PracticeQuestionStop } from './practice.entity.js';
import { PracticeResolver, ViewerPracticeResolver } from './practice.resolver.js';
import { PracticeService } from './practice.service.js';
import { ProgramRegradeResolver } from './program-regrade.resolver.js';
import { PublishImpactResolver } from './publish-impact.resolver.js';
import { QuizAllowance } from './quiz-allowance.entity.js';
import { QuizAllowanceResolver, QuizAllowancesGivenResolver } from './quiz-allowance.resolver.js';
import { QuizAllowanceService } from './quiz-allowance.service.js';
import { QuizAnswer, QuizAttempt } from './quiz-attempt.entity.js';
import { QuizRegrade, QuizScore } from './quiz-regrade.entity.js';
import { QuizRegradeHandlers } from './quiz-regrade.handlers.js';
import { QuizRegradeResolver } from './quiz-regrade.resolver.js';
import { QuizRegradeService } from './quiz-regrade.service.js';
import { QuizHandlers } from './quiz.handlers.js';
import { QuizStandingResolver } from './quiz-standing.resolver.js';
import { QuizResolver } from './quiz.resolver.js';
import { QuizService } from './quiz.service.js';
import { RegradePreviewService } from './regrade-preview.service.js';
import { RegradingService } from './regrading.service.js';
import { VersionMoveHandlers } from './version-move.handlers.js';
import { VersionMoveService } from './version-move.service.js';

/** Progress, quiz attempts, completion facts, moves to new versions. */
@Module({
  imports: [
    CatalogModule,
    TypeOrmModule.forFeature([
      LessonCompletion,
      CourseCompletion,
      CompletionReversal,
      CompletionCriteria,
      CompletionReevaluation,
      QuizAttempt,
      QuizAnswer,
      QuizAllowance,
      QuizRegrade,
      QuizScore,
      EnrollmentChange,
      ActivitySubmission,
      ActivityFile,
      ActivitySubmissionFile,
      LessonPosition,
      LessonNote,
      Bookmark,
    ]),
    TypeOrmModule.forFeature([PracticeAnswer, PracticeQuestionStop, PracticeCourseStop]),
  ],
  controllers: [ActivityFileController],
  providers: [
    CompletionService,
    CompletionCriteriaService,
    CompletionCriteriaPreviewService,
    CompletionCriteriaResolver,
    CompletionReevaluationService,
    CompletionReevaluationHandlers,
    CompletionReversalService,
    CompletionReversalHandlers,
    EnrollmentReversalResolver,
    FollowedLessonService,
    LessonService,
    GradingService,
    QuizService,
    QuizHandlers,
    QuizAllowanceService,
    QuizAllowanceResolver,
    QuizAllowancesGivenResolver,
    LearnerQuizzesResolver,
    RegradePreviewService,
    QuizRegradeService,
    RegradingService,
    QuizRegradeHandlers,
    QuizRegradeResolver,
    ProgramRegradeResolver,
    CourseRegradesResolver,
    QuestionRegradeResolver,
    AttemptRegradeResolver,
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
    ActivityDrafts,
    ActivityService,
    ActivityFileService,
    ActivityReviewService,
    ActivityResolver,
    ActivityReviewResolver,
    ActivityHandlers,
    LessonPositionService,
    LessonPositionResolver,
    ContinueAtResolver,
    LessonNoteService,
    LessonNoteResolver,
    LessonOwnNoteResolver,
    BlockPlaces,
    BookmarkService,
    BookmarkResolver,
    LessonBookmarksResolver,
  ],
  exports: [FollowedLessonService, LessonService, QuizService, CompletionService, CompletionReversalService],
})
export class LearningModule {}
