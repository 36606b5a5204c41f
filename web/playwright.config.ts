import { defineConfig } from '@playwright/test';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true };
/** They let days go by, for everybody who uses the product: after all others. */
const DAYS_GO_BY = /practice\.spec\.ts/;

/** Run by `npm run test:web`, which starts the product and says where it is. The system's Chromium is used, none is downloaded. */
export default defineConfig({
  testDir: 'test',
  outputDir: 'test-results',
  timeout: 90_000,
  expect: { timeout: 10_000 },
  // Each test makes people of its own, so they can run beside each other.
  fullyParallel: true,
  workers: 2,
  reporter: [['list'], ['json', { outputFile: 'test-results/report.json' }]],
  use: {
    baseURL: process.env.TREMPLIN_URL,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.CHROMIUM,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
    },
  },
  projects: [
    { name: 'phone', testIgnore: DAYS_GO_BY, use: PHONE },
    {
      name: 'desktop',
      testMatch: /(trainer|studio|manager|admin|owner|cohorts)\.spec\.ts/,
      use: { viewport: { width: 1280, height: 800 } },
    },
    { name: 'days', testMatch: DAYS_GO_BY, use: PHONE, dependencies: ['phone', 'desktop'] },
  ],
});
