/**
 * Jest runs what tsc wrote to dist/, as native ES modules. Suites run twice, in two time zones on either side of the
 * date line, because a date computed at the server's local midnight is right in one of them.
 */
const timeZones = ['Pacific/Auckland', 'America/Los_Angeles'];

/** Suites in which no calendar date decides, among them the slowest, which start and kill servers: once is enough. */
const oncePerRun = [
  'src/embedded/',
  'src/features/catalog/',
  'src/features/credentials/',
  'src/features/grants/eligibility.(conditions|search)',
  'src/platform/',
  'test/architecture',
  'test/catalog/',
  'test/credentials/',
  'test/embedded/',
  'test/identity/',
  'test/learning/quiz',
  'test/migrations',
  'test/platform/',
].map((path) => `<rootDir>/dist/${path}`);

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
  maxWorkers: '100%',
  // What a suite imported as ES modules is never given back: a worker that grew is replaced by a new one.
  workerIdleMemoryLimit: '900MB',
};
