import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Cohort, CohortCourse, Program, ProgramCourse, ProgramManager } from './program.entity.js';
import { ProgramResolver, ViewerProgramsResolver } from './program.resolver.js';
import { ProgramService } from './program.service.js';

/** Programs, their managers, the courses they offer, cohorts. */
@Module({
  imports: [TypeOrmModule.forFeature([Program, ProgramManager, ProgramCourse, Cohort, CohortCourse])],
  providers: [ProgramService, ProgramResolver, ViewerProgramsResolver],
  exports: [ProgramService],
})
export class ProgramsModule {}
