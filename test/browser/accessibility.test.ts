import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { analyze } from '../support/analyze.ts';
import { launchBrowser } from '../support/browser.ts';
import {
  type ConsolePage,
  listConsolePages,
  openSignedIn,
  operatorCookie,
} from '../support/console-pages.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

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

test('axe finds no violation on any page in light or dark, and none scrolls sideways on a phone', async () => {
  const context = await openSignedIn(browser, keyward, cookie);
  const page = await context.newPage();
  for (const [name, address] of pages) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      const { violations } = await analyze(page);
      expect(violations.map(({ id, nodes }) => [name, colorScheme, id, nodes[0]?.html])).toEqual(
        [],
      );
    }
    await page.setViewportSize({ width: 390, height: 900 });
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow, `${name} on a phone`).toBeLessThanOrEqual(0);
  }
  await context.close();
}, 180_000);
