import { Injectable } from '@nestjs/common';
import type { z } from 'zod';
import type { Tx } from '../../platform/database/database.js';
import { OnEvent } from '../../platform/outbox/handlers.js';
import { CoursePublished } from '../catalog/course.events.js';
import { VersionMoveDue } from './learning.events.js';
import { VersionMoveService } from './version-move.service.js';

@Injectable()
export class VersionMoveHandlers {
  constructor(private readonly moves: VersionMoveService) {}

  @OnEvent(CoursePublished, 'learning.begin-version-move')
  async begin({ versionId }: z.infer<typeof CoursePublished.schema>, tx: Tx): Promise<void> {
    await this.moves.begin(tx, versionId);
  }

  @OnEvent(VersionMoveDue, 'learning.move-learners')
  async move({ versionId, after }: z.infer<typeof VersionMoveDue.schema>, tx: Tx): Promise<void> {
    await this.moves.moveBatch(tx, versionId, after);
  }
}
