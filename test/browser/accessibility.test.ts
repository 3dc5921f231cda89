import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
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

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('axe finds no violation on any page, and none scrolls sideways on a phone', async () => {
    for (const width of [1280, 390]) {
      const context = await openSignedIn(browser, keyward, cookie, {
        colorScheme,
        viewport: { width, height: 900 },
      });
      const page = await context.newPage();
      for (const [name, address] of pages) {
        await page.goto(address);
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [name, id, nodes[0]?.html])).toEqual([]);
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow, `${name} at ${width}`).toBeLessThanOrEqual(0);
      }
      await context.close();
    }
  }, 180_000);
});
