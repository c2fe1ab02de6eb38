/**
 * How long report pages take in Chromium: until the page is drawn and answers, and how long the graph takes to open a
 * package, to find a module, to filter. On a busy machine the processor's time says more than the clock's.
 *
 *   node test/bench/page.mjs [--times 5] PAGE.html ..
 */
import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const BROWSER = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
const args = process.argv.slice(2);
const at = args.indexOf('--times');
const times = at < 0 ? 5 : Number(args.splice(at, 2)[1]);

if (!BROWSER) throw new Error('no Chromium here');
const browser = await chromium.launch({ executablePath: BROWSER, args: ['--no-sandbox'] });
for (const file of args) {
  const runs = [];
  for (let run = 0; run < times; run++) runs.push(await measured(file));
  const columns = Object.keys(runs[0]).map((name) => `${name} ${median(runs.map((row) => row[name]))} ms`);
  console.log(`${file} (${Math.round(statSync(file).size / 1024)} KiB): ${columns.join(', ')}`);
}
await browser.close();

async function measured(file) {
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, reducedMotion: 'reduce' });
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const start = performance.now();
  await page.goto(pathToFileURL(resolve(file)).href, { waitUntil: 'commit' });
  await page.waitForSelector('html[data-ready]', { state: 'attached' });
  await drawn(page);
  const open = performance.now() - start;
  const { metrics } = await session.send('Performance.getMetrics');
  const cpu = metrics.find(({ name }) => name === 'TaskDuration').value * 1000;
  const find = await timed(page, async () => {
    await page.fill('#search', '__init__');
    await page.press('#search', 'Enter');
  });
  const enter = await timed(page, () => page.press('#picture', 'Backspace'));
  const filter = await timed(page, () => page.fill('#graph-filter', 'test'));
  await page.close();
  return { open, 'of them busy': cpu, find, close: enter, filter };
}

async function timed(page, action) {
  const start = performance.now();
  await action();
  await drawn(page);
  return performance.now() - start;
}

function drawn(page) {
  return page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
}

function median(values) {
  return Math.round([...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]);
}
