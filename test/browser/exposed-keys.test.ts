import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator } from '../support/open-console.ts';
import { restClient } from '../support/rest-client.ts';
import { type MadeKey, makeKey, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let home: string;
let found: MadeKey;
let other: MadeKey;

const placeUrl =
  'https://github.com/octocat/hello-world/blob/12345600b9cbe38a/config/production.env';

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  await putPresets(keyward, 'merchant');
  const options = { service: 'merchant', permissions: [] };
  found = await makeKey(keyward, { ...options, name: 'Checkout server' });
  other = await makeKey(keyward, { ...options, name: 'Stock sync' });
  await report(found.secret, placeUrl);
  home = await findHome(keyward);
  page = await openAsOperator(browser, keyward);
  page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const report = (secret: string, url: string) =>
  restClient(keyward.url, null)('POST', '/v1/exposed-keys', { body: { secret, url } });

const banner = () => page.getByRole('region', { name: /found/ });
const statusOf = async (id: string) => {
  const rest = restClient(keyward.url, keyward.bootstrap.secret);
  return (await rest('GET', `/v1/keys/${id}`)).body.status;
};

test('the overview and the list say which key was found, and lead to it', async () => {
  await page.goto(`${home}/overview`);
  const card = page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: 'Found in the open' }) });
  await card.getByText('Suspended, found just now at github.com').waitFor();
  await expectAccessible(page, 'overview with an exposed key');
  await card.getByRole('link', { name: /^See in the list of keys/ }).click();
  const row = page.getByRole('row', { name: /Checkout server/ });
  await row.getByText('Exposed').waitFor();
  expect(page.url()).toMatch(/\?attention=exposed$/);
  expect(await page.locator('tbody').getByRole('row').count()).toBe(1);
  await row.getByRole('link', { name: 'Checkout server' }).click();
  await banner().waitFor();
});

test('the page of the key tells where it was found, and what to do', async () => {
  await page.goto(`${home}/keys/${found.key.id}`);
  await banner()
    .getByRole('heading', { name: 'A secret of this key was found in the open' })
    .waitFor();
  const place = banner().getByRole('link', { name: placeUrl });
  expect(await place.getAttribute('rel')).toContain('noreferrer');
  await banner()
    .getByText('The key was suspended at once: every call with it is refused.')
    .waitFor();
  await expectAccessible(page, 'the page of an exposed key');
  await page.getByRole('navigation', { name: 'Key' }).getByRole('link', { name: 'Audit' }).click();
  await page.getByText(/suspended .*because its secret was exposed/).waitFor();
});

test('whoever resumes it as it was says that they know, and is told again', async () => {
  await page.goto(`${home}/keys/${found.key.id}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Resume key' }).click();
  const dialog = page.getByRole('dialog', { name: 'Resume Checkout server' });
  await dialog.getByText('Its secret was found in the open').waitFor();
  const resume = dialog.getByRole('button', { name: 'Resume key' });
  expect(await resume.isDisabled()).toBe(true);
  await expectAccessible(page, 'resuming an exposed key');
  await dialog.getByRole('checkbox', { name: /^I know that the exposed secret/ }).check();
  await resume.click();
  await banner().getByText('The key was resumed with it, so whoever found it can call.').waitFor();
  expect(await statusOf(found.key.id)).toBe('active');
  await page.goto(`${home}/overview`);
  await page.getByText('Still accepted, found').waitFor();
});

test('once the secret has retired, nothing is left to fear, and the key is resumed without a word', async () => {
  await report(other.secret, 'https://example.com/paste/1');
  const rest = restClient(keyward.url, keyward.bootstrap.secret);
  const path = `/v1/keys/${other.key.id}`;
  await rest('POST', `${path}/rotate`, { body: { graceSeconds: 3600 } });
  await page.goto(`${home}/keys/${other.key.id}`);
  await banner()
    .getByText(/^The key was suspended at once.* Finish its rotation/)
    .waitFor();
  await rest('POST', `${path}/rotation`, { body: { action: 'finish' } });
  await page.reload();
  await banner().getByRole('heading', { name: 'The secret that was found has retired' }).waitFor();
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Resume key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Resume key' }).click();
  await expect.poll(() => statusOf(other.key.id)).toBe('active');
  await banner().waitFor({ state: 'detached' });
});

test('many are resumed at once only by somebody who knows which of them were found', async () => {
  await report(found.secret, placeUrl);
  const plain = await makeKey(keyward, { service: 'merchant', permissions: [], name: 'Plain' });
  await restClient(keyward.url, keyward.bootstrap.secret)('PATCH', `/v1/keys/${plain.key.id}`, {
    body: { status: 'suspended' },
  });
  await page.goto(`${home}/keys?status=suspended`);
  await page.getByRole('row', { name: /Plain/ }).waitFor();
  await page.getByRole('checkbox', { name: /^Select all/ }).check();
  await page.getByRole('button', { name: 'Resume' }).click();
  const dialog = page.getByRole('dialog', { name: 'Resume 2 keys' });
  await dialog.getByText('1 key found in the open').waitFor();
  const resume = dialog.getByRole('button', { name: 'Resume 2 keys' });
  expect(await resume.isDisabled()).toBe(true);
  await dialog
    .getByRole('checkbox', { name: 'I know that exposed secrets are accepted again.' })
    .check();
  await resume.click();
  await expect.poll(() => statusOf(found.key.id)).toBe('active');
});

test('the services page gives scanners what they need', async () => {
  await page.goto(`${home}/services`);
  const section = page.getByRole('region', { name: 'Secret scanning' });
  await section.getByText('Pattern', { exact: true }).click();
  const pattern = await section.getByRole('region', { name: 'pattern' }).innerText();
  expect(new RegExp(pattern.trim()).test(found.secret)).toBe(true);
  await section.getByText('gitleaks', { exact: true }).click();
  expect(await section.getByRole('region', { name: 'rule' }).innerText()).toContain('[[rules]]');
  await section.getByText('Report', { exact: true }).click();
  await section.getByText('GitHub', { exact: true }).click();
  await section.getByText(`${keyward.url}/v1/exposed-keys`).first().waitFor();
  await expectAccessible(page, 'secret scanning');
});
