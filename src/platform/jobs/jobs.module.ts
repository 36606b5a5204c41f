import { Global, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Deliveries } from '../outbox/deliveries.js';
import { Handlers } from '../outbox/handlers.js';
import { Housekeeping } from '../outbox/housekeeping.js';
import { Delivery, OutboxEvent } from '../outbox/outbox.entity.js';
import { Outbox } from '../outbox/outbox.js';
import { ParkedDeliveryResolver } from '../outbox/parked-delivery.resolver.js';
import { Relay } from '../outbox/relay.js';
import { JobTimings } from './job-timings.js';
import { Jobs } from './jobs.js';
import { ScheduleRunner } from './schedule-runner.js';

@Global()
@Module({
  imports: [DiscoveryModule, TypeOrmModule.forFeature([OutboxEvent, Delivery])],
  providers: [
    Housekeeping,
    ParkedDeliveryResolver,
    Handlers,
    Outbox,
    Deliveries,
    Relay,
    ScheduleRunner,
    JobTimings,
    Jobs,
  ],
  exports: [Outbox, Deliveries, Relay, Jobs, Handlers],
})
export class JobsModule implements OnApplicationBootstrap {
  constructor(private readonly handlers: Handlers) {}

  onApplicationBootstrap(): void {
    this.handlers.discover();
  }
}
