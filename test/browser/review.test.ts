import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { makeNeedyKeys } from '../support/needy-keys.ts';
import { findHome, openAsOperator } from '../support/open-console.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let home: string;
let ids: Map<string, string>;

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  ids = await makeNeedyKeys(keyward);
  home = await findHome(keyward);
  page = await openAsOperator(browser, keyward);
  await page.goto(`${home}/review`);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

/** A machine with other work to do is slow. */
const patience = { timeout: 10_000 };

/** Waits until a key is asked about, with the focus in what is said of it. */
async function asked(name: string): Promise<void> {
  await page.getByRole('heading', { name: `Still needed? ${name}`, level: 2 }).waitFor();
  await expect.poll(focused, patience).toBe(`Still needed? ${name}`);
}

const focused = () => page.evaluate<string>('document.activeElement.textContent');
const told = (text: string | RegExp) => page.getByText(text).first().waitFor();

async function reviewedAt(name: string): Promise<unknown> {
  const [row] = await keyward.database.execute(
    `select reviewed_at from keys where id = '${ids.get(name)}'`,
  );
  return row?.reviewed_at ?? null;
}

test('axe finds no violation with a key to review, and nothing scrolls sideways', async () => {
  const shown = await openAsOperator(browser, keyward);
  await shown.goto(`${home}/review`);
  await shown.getByRole('button', { name: 'Keep' }).waitFor();
  await expectAccessible(shown, 'the review');
  await shown.context().close();
}, 60_000);

test('begins with the neediest key, and shows what speaks for it and against it', async () => {
  await asked('Billing export');
  await told('0 of 5 reviewed in this round');
  await told('A key is due again after 90 days.');
  await told('It is in use, and made full use of only 1 of its 2 permissions in the last 30 days.');
  await page.getByRole('img', { name: '510 calls in 30 days, 0 refused' }).waitFor();
  const granted = page.getByRole('region', { name: 'Permissions, granted and used' });
  expect(await granted.getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/^shortLinks:\*\s+Only read, last/),
    expect.stringMatching(/^shortLinks:read\s+Last used/),
  ]);
  await told('Last used from 203.0.113.7.');
});

test('a decision that fails brings the key back, and says so', async () => {
  await page.route('**/trpc/keys.keep**', (route) => route.abort());
  await page.getByRole('button', { name: 'Keep' }).click();
  await told('Keyward cannot be reached');
  await page.unroute('**/trpc/keys.keep**');
  await page.goto(`${home}/review`);
  await asked('Billing export');
  await told('0 of 5 reviewed in this round');
  expect(await reviewedAt('Billing export')).toBeNull();
});

test('N leads to the permissions of the key, and from there back to it', async () => {
  await page.keyboard.press('n');
  await page.waitForURL(`**/keys/${ids.get('Billing export')}/permissions?from=review`);
  await page.getByRole('link', { name: 'Activity' }).first().click();
  await page.waitForURL(/\/activity\?.*from=review/);
  await page.getByRole('link', { name: 'Back to the review' }).click();
  await asked('Billing export');
  await page.getByRole('button', { name: 'Narrow' }).click();
  await page.waitForURL(/from=review/);
  await page.goBack();
  await asked('Billing export');
});

test('K keeps: the next key is there at once, with the focus on it', async () => {
  await page.keyboard.press('k');
  await asked('Old importer');
  await told('1 of 5 reviewed in this round');
  await expect.poll(() => reviewedAt('Billing export'), patience).not.toBeNull();
});

test('a letter does nothing while the focus is elsewhere', async () => {
  await told('The letters work while the focus is on this key.');
  await page.getByRole('link', { name: 'Overview', exact: true }).focus();
  await page.keyboard.type('knrs');
  await page.getByRole('heading', { name: 'Review', level: 1 }).click();
  await page.keyboard.type('knrs');
  await page.getByRole('heading', { name: 'Still needed? Old importer' }).waitFor();
  await told('1 of 5 reviewed in this round');
  expect(await page.getByRole('dialog').count()).toBe(0);
  await page.getByRole('button', { name: 'Skip' }).focus();
});

test('S skips, and a look at another page forgets nothing', async () => {
  await page.keyboard.press('s');
  await asked('Never deployed');
  await page.getByRole('link', { name: 'Overview', exact: true }).click();
  await page.getByRole('heading', { name: 'Overview', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'Review keys' }).click();
  await asked('Never deployed');
  expect(await reviewedAt('Old importer')).toBeNull();
});

test('R asks before it revokes; letters do nothing while it asks', async () => {
  await page.keyboard.press('r');
  const dialog = page.getByRole('dialog', { name: 'Revoke Never deployed' });
  await dialog.waitFor();
  await page.keyboard.press('k');
  await page.keyboard.press('s');
  await dialog.getByRole('checkbox').check();
  await dialog.getByRole('button', { name: 'Revoke key' }).click();
  await told(/Dead on the one node after \d+ ms/);
  await told('1 of 4 reviewed in this round');
  expect(await reviewedAt('Never deployed')).toBeNull();
  const [row] = await keyward.database.execute(
    `select revoked_at from keys where id = '${ids.get('Never deployed')}'`,
  );
  expect(row?.revoked_at).not.toBeNull();
});

test('letters are for typing where somebody types', async () => {
  const before = await page.getByRole('heading', { level: 2 }).first().innerText();
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').waitFor();
  await page.keyboard.type('ksnr');
  await page.keyboard.press('Escape');
  await page.keyboard.press('Escape');
  expect(await page.getByRole('heading', { level: 2 }).first().innerText()).toBe(before);
  await told('1 of 4 reviewed in this round');
});

test('ends with what was skipped, and then with when the next key is due', async () => {
  await told('It works until somebody ends it');
  await page.getByRole('button', { name: 'Keep' }).click();
  await asked('Partner portal');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('heading', { name: 'Only what you skipped is left' }).waitFor();
  await expectAccessible(page, 'the end of a review');
  await page.getByRole('button', { name: 'Go through what was skipped' }).click();
  await asked('Old importer');
  await page.getByRole('button', { name: 'Keep' }).click();
  await page.getByRole('heading', { name: 'Every key is reviewed' }).waitFor();
  await told('4 of 4 reviewed in this round');
  await expect.poll(() => reviewedAt('Old importer'), patience).not.toBeNull();
  await page.reload();
  await told(/The next one is due on/);
});
