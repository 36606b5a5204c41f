import type { EnvironmentContext, JestEnvironmentConfig } from '@jest/environment';
import { TestEnvironment } from 'jest-environment-node';

/** Sets the process's time zone for a suite, as its project says. Node forgets its cached zone when TZ is assigned. */
export default class TimeZoneEnvironment extends TestEnvironment {
  constructor(config: JestEnvironmentConfig, context: EnvironmentContext) {
    process.env.TZ = config.projectConfig.testEnvironmentOptions.timeZone as string;
    super(config, context);
  }
}
