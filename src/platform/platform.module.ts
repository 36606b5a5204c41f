import { Global, Module, type DynamicModule, type Provider } from '@nestjs/common';
import { CONFIG, type RunningConfig } from '../config.js';
import { Clock } from './clock.js';
import { Ids, UuidV7Ids } from './ids.js';
import { Mailer } from './mail/mailer.js';

/** What a running process is given from outside: tests give other ones. */
export interface Surroundings {
  config: RunningConfig;
  clock: Clock;
  mailer: Mailer;
}

/** Configuration, clock, ids and mail: what everything may use and nothing may replace. */
@Global()
@Module({})
export class PlatformModule {
  static with({ config, clock, mailer }: Surroundings): DynamicModule {
    const providers: Provider[] = [
      { provide: CONFIG, useValue: config },
      { provide: Clock, useValue: clock },
      { provide: Mailer, useValue: mailer },
      { provide: Ids, useClass: UuidV7Ids },
    ];
    return { module: PlatformModule, providers, exports: [CONFIG, Clock, Mailer, Ids] };
  }
}
