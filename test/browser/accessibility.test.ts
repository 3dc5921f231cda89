import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { restClient } from '../support/rest-client.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let home: string;

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  const operator = restClient(keyward.url, keyward.bootstrap.secret);
  await operator('PUT', '/v1/services/short-links', { body: { preset: 'short-links' } });
  const organizations = await operator('GET', '/v1/organizations');
  home = `${keyward.url}/o/${organizations.body.data[0].slug}`;
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const pages: [string, () => string][] = [
  ['the keys', () => `${home}/keys`],
  ['a new key', () => `${home}/keys/new?service=short-links`],
  ...['', '/activity', '/permissions', '/network', '/secrets', '/audit', '/explain'].map(
    (tab): [string, () => string] => [
      `a key${tab}`,
      () => `${home}/keys/${keyward.bootstrap.keyId}${tab}`,
    ],
  ),
  ['the overview', () => `${home}/overview`],
  ['the review', () => `${home}/review`],
  ['the members', () => `${home}/members`],
  ['the services', () => `${home}/services`],
  ['a new service', () => `${home}/services/new`],
  ['a service', () => `${home}/services/short-links`],
  ['the settings', () => `${home}/settings`],
  ['no such page', () => `${keyward.url}/nothing/here`],
];

async function openSignedIn(colorScheme: 'light' | 'dark', width: number): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  await page.goto(keyward.url);
  await page.getByLabel('Email').fill(keyward.bootstrap.email);
  await page.getByRole('textbox', { name: 'Password' }).fill(operatorPassword);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
  return page;
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('axe finds no violation on any page, and none scrolls sideways on a phone', async () => {
    for (const width of [1280, 390]) {
      const page = await openSignedIn(colorScheme, width);
      for (const [name, address] of pages) {
        await page.goto(address());
        await page.getByRole('heading', { level: 1 }).waitFor();
        await page.waitForLoadState('networkidle');
        const { violations } = await new AxeBuilder({ page }).analyze();
        expect(violations.map(({ id, nodes }) => [name, id, nodes[0]?.html])).toEqual([]);
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        );
        expect(overflow, `${name} at ${width}`).toBeLessThanOrEqual(0);
      }
      await page.context().close();
    }
  }, 180_000);
});
