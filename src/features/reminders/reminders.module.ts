import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CatalogModule } from '../catalog/catalog.module.js';
import { LearningModule } from '../learning/learning.module.js';
import { PlanningService } from './planning.service.js';
import { Reminder } from './reminder.entity.js';
import { RemindersHandlers } from './reminders.handlers.js';
import { SendingService } from './sending.service.js';

/** Who is told what, when, and why. */
@Module({
  imports: [CatalogModule, LearningModule, TypeOrmModule.forFeature([Reminder])],
  providers: [PlanningService, SendingService, RemindersHandlers],
})
export class RemindersModule {}
