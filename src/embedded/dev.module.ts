import { Module } from '@nestjs/common';
import { DemoTools } from '../web/demo-tools.js';
import { DevController } from './dev.controller.js';
import { EmbeddedDemoTools } from './embedded-demo-tools.js';

/** Mailbox and movable clock of the embedded mode. */
@Module({
  controllers: [DevController],
  providers: [{ provide: DemoTools, useClass: EmbeddedDemoTools }],
})
export class DevModule {}
