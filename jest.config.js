/**
 * Jest runs what tsc wrote to dist/, as native ES modules. Every suite runs twice, in two time zones on
 * either side of the date line, because a date computed at the server's local midnight is right in one of them.
 */
const timeZones = ['Pacific/Auckland', 'America/Los_Angeles'];

/**
 * Suites that start and kill servers, and hold no calendar date: once is enough, as they are the slowest. The rest of
 * the tests run on the same servers in both zones.
 */
const oncePerRun = ['<rootDir>/dist/test/embedded/', '<rootDir>/dist/test/platform/jobs'];

export default {
  projects: timeZones.map((timeZone, index) => ({
    displayName: timeZone,
    rootDir: import.meta.dirname,
    roots: ['<rootDir>/dist'],
    testMatch: ['**/*.spec.js'],
    testPathIgnorePatterns: index === 0 ? [] : oncePerRun,
    transform: {},
    testEnvironment: '<rootDir>/dist/test/support/time-zone.environment.js',
    testEnvironmentOptions: { timeZone },
    setupFiles: ['<rootDir>/dist/test/support/setup.js'],
    globalSetup: '<rootDir>/dist/test/support/global-setup.js',
    globalTeardown: '<rootDir>/dist/test/support/global-teardown.js',
  })),
  testTimeout: 30_000,
};
