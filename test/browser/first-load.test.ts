import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  type ConsolePage,
  listConsolePages,
  openSignedIn,
  operatorCookie,
} from '../support/console-pages.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

const mostBytes = 200_000;

let keyward: TestKeyward;
let browser: Browser;
let pages: ConsolePage[];
let cookie: { name: string; value: string };

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  pages = await listConsolePages(keyward);
  cookie = await operatorCookie(keyward);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

interface Script {
  name: string;
  bytes: number;
}

/** Every script that the page asks for from now on, as large as it goes over the wire. */
function watchScripts(page: Page): () => Promise<Script[]> {
  const scripts: Promise<Script>[] = [];
  page.on('response', (response) => {
    if (response.request().resourceType() === 'script') {
      scripts.push(
        response.body().then((body) => ({
          name: new URL(response.url()).pathname.split('/').at(-1) ?? '',
          bytes: gzipSync(body).length,
        })),
      );
    }
  });
  return () => Promise.all(scripts);
}

const sum = (scripts: readonly Script[]) => scripts.reduce((total, { bytes }) => total + bytes, 0);

const largest = (scripts: readonly Script[]) =>
  scripts
    .toSorted((one, other) => other.bytes - one.bytes)
    .slice(0, 12)
    .map(({ name, bytes }) => `${name} ${bytes}`)
    .join(', ');

// Charts come after the page, in files of their own.
const chartFiles = /(^|\/)(charts?|outcome-bars)[^/]*\.js$/i;
const isChart = ({ name }: Script) => chartFiles.test(name);

test('each page loads at most 200 kB of script when it is the first one, and waits for no chart', async () => {
  for (const [name, address] of pages) {
    const context = await openSignedIn(browser, keyward, cookie);
    const page = await context.newPage();
    const loaded = watchScripts(page);
    const { promise: shown, resolve: show } = Promise.withResolvers<void>();
    await page.route(chartFiles, async (route) => {
      await shown;
      await route.continue();
    });
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const untilShown = await loaded();
    show();
    await page.waitForLoadState('networkidle');
    const untilIdle = (await loaded()).filter((script) => !isChart(script));
    expect(untilShown.length, `scripts of ${name}`).toBeGreaterThan(0);
    expect(
      sum(untilShown),
      `${name} until its heading shows: ${largest(untilShown)}`,
    ).toBeLessThanOrEqual(mostBytes);
    expect(sum(untilIdle), `${name} until idle: ${largest(untilIdle)}`).toBeLessThanOrEqual(
      mostBytes,
    );
    await context.close();
  }
}, 180_000);
