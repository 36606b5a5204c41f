import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { CourseListResolver } from './course-list.resolver.js';
import { EligibilityTraining } from './eligibility-training.service.js';
import { EligibilityService } from './eligibility.service.js';
import { GrantCall, RuleSet } from './grant-call.entity.js';
import { CourseGrantCallsResolver, GrantRulesResolver } from './grant-rules.resolver.js';
import { GrantCallService } from './grant-call.service.js';
import { EligibilityResolver, GrantCallResolver } from './grants.resolver.js';

/** Calls of a program and who is eligible. */
@Module({
  imports: [CatalogModule, TypeOrmModule.forFeature([GrantCall, RuleSet])],
  providers: [
    GrantCallService,
    EligibilityTraining,
    EligibilityService,
    GrantCallResolver,
    GrantRulesResolver,
    CourseGrantCallsResolver,
    CourseListResolver,
    EligibilityResolver,
  ],
  exports: [GrantCallService],
})
export class GrantsModule {}
