/**
 * Jest runs what tsc wrote to dist/, as native ES modules. Every suite runs twice, in two time zones on
 * either side of the date line, because a date computed at the server's local midnight is right in one of them.
 */
const timeZones = ['Pacific/Auckland', 'America/Los_Angeles'];

export default {
  projects: timeZones.map((timeZone) => ({
    displayName: timeZone,
    rootDir: import.meta.dirname,
    roots: ['<rootDir>/dist'],
    testMatch: ['**/*.spec.js'],
    transform: {},
    testEnvironment: '<rootDir>/dist/test/support/time-zone.environment.js',
    testEnvironmentOptions: { timeZone },
    setupFiles: ['<rootDir>/dist/test/support/setup.js'],
    globalSetup: '<rootDir>/dist/test/support/global-setup.js',
    globalTeardown: '<rootDir>/dist/test/support/global-teardown.js',
  })),
  testTimeout: 30_000,
};
