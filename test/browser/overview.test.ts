import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { consoleClient } from '../support/console-client.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { makeNeedyKeys } from '../support/needy-keys.ts';
import { findHome, openAsOperator, openConsole } from '../support/open-console.ts';
import { restClient } from '../support/rest-client.ts';
import { makeMember } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let home: string;

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  await makeNeedyKeys(keyward);
  home = await findHome(keyward);
  page = await openAsOperator(browser, keyward);
  page.setDefaultTimeout(10_000);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

/** A machine with other work to do is slow to load a page. */
const patience = { timeout: 10_000 };

const totals = () => page.getByRole('definition').filter({ hasText: /\d/ }).allInnerTexts();
const cardOf = (title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });

test('tells how many verifications came out how, over 7 days or 30, and keeps the choice in the address', async () => {
  await page.goto(`${home}/overview`);
  await page.getByText('Refused most: over the limit, 30 of 40 refusals (75%).').waitFor();
  await expect.poll(totals, patience).toEqual(['310', '270 87.1%', '40 12.9%']);
  await page.getByRole('radio', { name: '30 days' }).check();
  await expect.poll(totals, patience).toEqual(['610', '570 93.4%', '40 6.6%']);
  expect(page.url()).toMatch(/\?days=30$/);
  await page.reload();
  await expect.poll(totals, patience).toEqual(['610', '570 93.4%', '40 6.6%']);
});

test('the chart can be read as a table, day by day', async () => {
  await page.goto(`${home}/overview`);
  await page.getByText('As a table').click();
  const table = page.getByRole('table', { name: 'Verifications by outcome, the last 7 days' });
  await table.waitFor();
  const rows = await table.getByRole('row').allInnerTexts();
  expect(rows[0]?.split(/\s*\t\s*/)).toEqual([
    'Time',
    'Accepted',
    'Address not allowed',
    'Over the limit',
  ]);
  expect(rows.slice(1).map((row) => row.split(/\s*\t\s*/).slice(1))).toEqual([
    ['90', '0', '0'],
    ['0', '10', '0'],
    ['60', '0', '30'],
    ['120', '0', '0'],
  ]);
  const shares = page.getByRole('table', { name: 'Verifications by outcome, with their shares' });
  await shares.getByRole('row', { name: 'Over the limit 30 9.7%' }).waitFor();
});

test.each([
  ['Expires within 14 days', 'Partner portal', 'Expires in 4 days', 'attention=expiring'],
  [
    'Refused a lot in 7 days',
    'Partner portal',
    '40% of 100 calls refused, most: over the limit',
    'attention=refused',
  ],
  [
    'Holds more than it used in 30 days',
    'Billing export',
    'Did not use all of shortLinks',
    'attention=over-privileged',
  ],
  ['Unused for 30 days', 'Old importer', 'Last used 45 days ago', 'attention=unused-30'],
  ['Never used in over 7 days', 'Never deployed', 'Created 12 days ago', 'never-used-7'],
])('%s: %s, and the way to the list of those keys', async (title, name, evidence, address) => {
  await page.goto(`${home}/overview`);
  const card = cardOf(title);
  await card.getByRole('link', { name, exact: true }).waitFor();
  await card.getByText(evidence).waitFor();
  await card.getByRole('link', { name: `See in the list of keys: ${title}` }).click();
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
  expect(page.url()).toContain(address);
  expect(page.url()).toContain('status=active');
  await page.getByRole('link', { name, exact: true }).waitFor();
  await expect.poll(() => page.locator('tbody').getByRole('row').count(), patience).toBe(1);
});

test('a verification is among the figures once its count is written', async () => {
  const operator = restClient(keyward.url, keyward.bootstrap.secret);
  const body = { key: keyward.bootstrap.secret };
  expect((await operator('POST', '/v1/keys/verify', { body })).body.valid).toBe(true);
  await expect
    .poll(async () => {
      await page.goto(`${home}/overview`);
      await page.getByText('Refused most').waitFor();
      return Number((await totals())[0]);
    }, patience)
    .toBeGreaterThan(310);
});

test('an organization without a key is told what to do first', async () => {
  const operator = consoleClient(keyward.url);
  const { email } = keyward.bootstrap;
  await operator.trpc.account.signIn.mutate({ email, password: operatorPassword });
  const { slug } = await operator.trpc.organizations.create.mutate({ name: 'Fresh start' });
  await page.goto(`${keyward.url}/o/${slug}/overview`);
  await page.getByRole('heading', { name: 'Two steps to begin with' }).waitFor();
  await expectAccessible(page, 'an empty overview');
  expect(await page.getByRole('link', { name: 'Invite members' }).getAttribute('href')).toBe(
    `/o/${slug}/members`,
  );
  await page.getByRole('link', { name: 'Create the first key' }).click();
  await page.waitForURL(`${keyward.url}/o/${slug}/keys/new`);
});

test('a member is told who may see it, and asks for nothing', async () => {
  const { organizationId } = keyward.context;
  const { user, password } = await makeMember(keyward, { organizationId });
  const theirs = await openConsole(browser, keyward.url, { email: user.email, password });
  const asked: string[] = [];
  theirs.on('request', (request) => asked.push(request.url()));
  for (const path of ['overview', 'review']) {
    await theirs.goto(`${home}/${path}`);
    await theirs.getByRole('heading', { name: 'This is for owners and admins' }).waitFor();
    await expectAccessible(theirs, `${path} of a member`);
  }
  expect(asked.filter((url) => /keys\.(attention|review)|organizations\.usage/.test(url))).toEqual(
    [],
  );
});

test('axe finds no violation with data, and nothing scrolls sideways', async () => {
  const shown = await openAsOperator(browser, keyward);
  await shown.goto(`${home}/overview?days=30`);
  await shown.locator('.recharts-surface').first().waitFor();
  await shown.getByRole('heading', { name: 'Expires within 14 days' }).waitFor();
  await shown.getByText('As a table').click();
  await expectAccessible(shown, 'the overview');
}, 60_000);
