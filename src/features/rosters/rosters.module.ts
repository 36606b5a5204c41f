import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { EnrollmentModule } from '../enrollment/enrollment.module.js';
import { Roster, RosterRow } from './roster.entity.js';

/** The people of a cohort, from a file. */
@Module({ imports: [EnrollmentModule, TypeOrmModule.forFeature([Roster, RosterRow])] })
export class RostersModule {}
