import { Module } from '@nestjs/common';
import { DevController } from './dev.controller.js';

/** Mailbox and movable clock of the embedded mode. */
@Module({ controllers: [DevController] })
export class DevModule {}
