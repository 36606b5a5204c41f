import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { CohortChange } from './cohort-change.entity.js';
import { CohortChangeResolver, CohortResolver, CourseCohortsResolver } from './cohort.resolver.js';
import { CohortService } from './cohort.service.js';
import { EnrollingMany } from './enrolling-many.js';
import { Enrollment } from './enrollment.entity.js';
import {
  EnrollmentResolver,
  PersonEnrollmentsResolver,
  ViewerEnrollmentsResolver,
} from './enrollment.resolver.js';
import { EnrollmentService } from './enrollment.service.js';
import { InvitationAnswerResolver } from './invitation-answer.resolver.js';
import { InvitationAnswerService } from './invitation-answer.service.js';
import { Invitation } from './invitation.entity.js';
import { InvitationHandlers } from './invitation.handlers.js';
import { InvitationResolver } from './invitation.resolver.js';
import { InvitationService } from './invitation.service.js';
import { Inviting } from './inviting.js';
import { LeavingHandlers } from './leaving.handlers.js';
import { LeavingResolver } from './leaving.resolver.js';
import { LeavingService } from './leaving.service.js';
import { Prerequisites } from './prerequisites.js';

/** Who takes which version, in which cohort. */
@Module({
  imports: [CatalogModule, TypeOrmModule.forFeature([Enrollment, Invitation, CohortChange])],
  providers: [
    CohortService,
    CohortResolver,
    CohortChangeResolver,
    CourseCohortsResolver,
    Prerequisites,
    EnrollmentService,
    EnrollingMany,
    EnrollmentResolver,
    ViewerEnrollmentsResolver,
    PersonEnrollmentsResolver,
    LeavingService,
    LeavingResolver,
    LeavingHandlers,
    Inviting,
    InvitationService,
    InvitationAnswerService,
    InvitationResolver,
    InvitationAnswerResolver,
    InvitationHandlers,
  ],
  exports: [EnrollingMany, EnrollmentService, Inviting],
})
export class EnrollmentModule {}
