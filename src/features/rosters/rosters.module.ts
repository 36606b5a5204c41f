import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { EnrollmentModule } from '../enrollment/enrollment.module.js';
import { RosterApplying } from './roster-applying.service.js';
import { RosterController } from './roster.controller.js';
import { Roster, RosterRow } from './roster.entity.js';
import { RosterHandlers, RosterMailHandlers } from './roster.handlers.js';
import { RosterReading } from './roster-reading.service.js';
import { RosterResolver, RosterRowResolver } from './roster.resolver.js';
import { RosterService } from './roster.service.js';

/** The people of a cohort, from a file. */
@Module({
  imports: [CatalogModule, EnrollmentModule, TypeOrmModule.forFeature([Roster, RosterRow])],
  controllers: [RosterController],
  providers: [
    RosterService,
    RosterReading,
    RosterApplying,
    RosterHandlers,
    RosterMailHandlers,
    RosterResolver,
    RosterRowResolver,
  ],
})
export class RostersModule {}
