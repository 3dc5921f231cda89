import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { listConsolePages, openSignedIn, operatorCookie } from '../support/console-pages.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  const [keys] = await listConsolePages(keyward);
  const context = await openSignedIn(browser, keyward, await operatorCookie(keyward));
  page = await context.newPage();
  page.setDefaultTimeout(5000);
  await page.goto(keys?.[1] ?? '');
});
beforeEach(() => account().waitFor());
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const account = () => page.getByRole('button', { name: /^Account/ });
const menu = () => page.getByRole('menu', { name: /^Account/ });
const focused = () => page.locator(':focus');

test('a menu stays within the window, and a click elsewhere closes it', async () => {
  await page.getByRole('button', { name: 'Actions for Bootstrap' }).click();
  const items = page.getByRole('menu', { name: 'Actions for Bootstrap' });
  const place = await items.boundingBox();
  const width = page.viewportSize()?.width ?? 0;
  expect((place?.x ?? 0) + (place?.width ?? width)).toBeLessThan(width);
  await expectAccessible(page, 'an open menu');
  await page.getByRole('heading', { level: 1 }).click();
  await items.waitFor({ state: 'hidden' });
});

test('a menu is walked by the arrow keys, and Escape gives the focus back', async () => {
  await account().press('Enter');
  await menu().waitFor();
  expect(await account().getAttribute('aria-expanded')).toBe('true');
  await expect.poll(() => focused().innerText()).toBe('Light');
  await page.keyboard.press('ArrowUp');
  expect(await focused().innerText()).toBe('Sign out');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  expect(await focused().innerText()).toBe('Dark');
  await page.keyboard.press('Enter');
  await menu().getByRole('menuitemradio', { name: 'Dark', checked: true }).waitFor();
  await page.keyboard.press('Escape');
  await menu().waitFor({ state: 'hidden' });
  expect(await focused().innerText()).toContain('Olga Operator');
  await expect.poll(() => account().getAttribute('aria-expanded')).toBe('false');
});
