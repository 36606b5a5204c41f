/**
 * `npm run bench:pages`: how long a learner waits for a page on a cheap phone. Each figure is the median of several visits, each in a
 * fresh browser profile with an empty cache, on a slowed processor and a slow line. Absolute times belong to the machine they
 * were measured on; the budgets they are held against are those of a quiet one.
 */
import { chromium } from '@playwright/test';
import { findChromium, withProduct } from '../../scripts/product.mjs';

const VISITS = 5;
const CPU_SLOWDOWN = 6;
const PHONE = { width: 360, height: 740 };
/** Throughput in bytes per second, latency in milliseconds; budgets in milliseconds. */
const LINES = {
  '3G': { throughput: (1.6 * 1024 * 1024) / 8, latency: 300, largestPaint: 1000, interactive: 1600 },
  'slow 3G': { throughput: (400 * 1024) / 8, latency: 400, largestPaint: 1500, interactive: 2600 },
};
const MOST_SHIFT = 0.02;

/** Runs in the page before anything else: keeps what the browser observes. */
function observe() {
  const seen = { largestPaint: 0, shift: 0 };
  window.seen = seen;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.largestPaint = entry.startTime;
  }).observe({ type: 'largest-contentful-paint', buffered: true });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (!entry.hadRecentInput) seen.shift += entry.value;
  }).observe({ type: 'layout-shift', buffered: true });
}

/** One visit with nothing kept. `interactive` is when the page has taken over from the server's HTML (its own mark). */
async function visit(browser, url, line) {
  const context = await browser.newContext({ viewport: PHONE, deviceScaleFactor: 2, locale: 'fr-FR' });
  try {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send('Network.enable');
    await client.send('Network.emulateNetworkConditions', {
      offline: false,
      latency: line.latency,
      downloadThroughput: line.throughput,
      uploadThroughput: line.throughput,
    });
    await client.send('Emulation.setCPUThrottlingRate', { rate: CPU_SLOWDOWN });
    await page.addInitScript(observe);
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.waitForFunction(() => performance.getEntriesByName('interactive').length > 0);
    return await page.evaluate(() => ({
      ...window.seen,
      interactive: performance.getEntriesByName('interactive')[0].startTime,
    }));
  } finally {
    await context.close();
  }
}

const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

await withProduct(async (url) => {
  const course = `${url}/courses/get-found-online`;
  const lesson = /href="(\/courses\/get-found-online\/[\w-]+)"/.exec(await (await fetch(course)).text())[1];
  const pages = { home: `${url}/`, course, lesson: url + lesson, 'sign-in': `${url}/sign-in` };
  const rows = [];
  for (const [lineName, line] of Object.entries(LINES)) {
    for (const [name, address] of Object.entries(pages)) {
      const visits = [];
      for (let n = 0; n < VISITS; n++) {
        // A browser of its own each time: nothing compiled or kept from the visit before.
        const browser = await chromium.launch({
          executablePath: findChromium(),
          args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
        });
        visits.push(await visit(browser, address, line));
        await browser.close();
      }
      const of = (what) => median(visits.map((each) => each[what]));
      rows.push({
        page: name,
        line: lineName,
        'largest paint, ms': Math.round(of('largestPaint')),
        'at most': line.largestPaint,
        'interactive, ms': Math.round(of('interactive')),
        'at most ': line.interactive,
        'layout shift': Number(of('shift').toFixed(3)),
      });
    }
  }
  console.table(rows);
  const over = rows.filter(
    (row) =>
      row['largest paint, ms'] > row['at most'] ||
      row['interactive, ms'] > row['at most '] ||
      row['layout shift'] > MOST_SHIFT,
  );
  console.log(
    over.length === 0 ? '  Every page is within its budget.' : `  Over budget: ${over.length} rows.`,
  );
});
