/**
 * Jest runs what tsc wrote to dist/. Suites run twice, in two time zones on either side of the
 * date line, because a date computed at the server's local midnight is right in one of them.
 */
const timeZones = {
  'Pacific/Auckland': '<rootDir>/dist/test/support/time-zones/auckland.js',
  'America/Los_Angeles': '<rootDir>/dist/test/support/time-zones/los-angeles.js',
};

/** Suites in which no calendar date decides, among them the slowest, which start and kill servers: once is enough. */
const oncePerRun = [
  'src/embedded/',
  'src/features/(catalog|formats|studio|interchange)/',
  'src/features/credentials/',
  'src/features/grants/eligibility.(conditions|search)',
  'src/platform/',
  'test/architecture',
  'test/(catalog|studio|interchange)/',
  'test/credentials/',
  'test/embedded/',
  'test/identity/',
  'test/learning/quiz',
  'test/migrations',
  'test/platform/',
  'test/web/',
].map((path) => `<rootDir>/dist/${path}`);

export default {
  projects: Object.entries(timeZones).map(([timeZone, setTimeZone], index) => ({
    displayName: timeZone,
    rootDir: import.meta.dirname,
    roots: ['<rootDir>/dist'],
    testMatch: ['**/*.spec.js'],
    testPathIgnorePatterns: index === 0 ? [] : oncePerRun,
    transform: {},
    // Suites run in plain Node processes that keep the product loaded: jest's own runner would load its thousands of
    // modules anew for each suite, which is most of the time a run takes.
    runner: 'jest-light-runner/child-process',
    setupFiles: [setTimeZone, '<rootDir>/dist/test/support/setup.js'],
    globalSetup: '<rootDir>/dist/test/support/global-setup.js',
    globalTeardown: '<rootDir>/dist/test/support/global-teardown.js',
  })),
  reporters: ['default', '<rootDir>/dist/test/support/stuck-suite.reporter.js'],
  maxWorkers: '100%',
};
