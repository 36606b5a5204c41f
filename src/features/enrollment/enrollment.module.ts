import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { Enrollment } from './enrollment.entity.js';
import { EnrollmentResolver, ViewerEnrollmentsResolver } from './enrollment.resolver.js';
import { EnrollmentService } from './enrollment.service.js';
import { LeavingHandlers } from './leaving.handlers.js';
import { LeavingResolver } from './leaving.resolver.js';
import { LeavingService } from './leaving.service.js';

/** Who takes which version, in which cohort. */
@Module({
  imports: [CatalogModule, TypeOrmModule.forFeature([Enrollment])],
  providers: [
    EnrollmentService,
    EnrollmentResolver,
    ViewerEnrollmentsResolver,
    LeavingService,
    LeavingResolver,
    LeavingHandlers,
  ],
  exports: [EnrollmentService],
})
export class EnrollmentModule {}
