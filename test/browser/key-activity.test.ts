import { readFile } from 'node:fs/promises';
import type { Permission } from '@keyward/shared/permissions';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openConsole } from '../support/open-console.ts';
import { type RestClient, restClient } from '../support/rest-client.ts';
import { type MadeKey, makeKey, putPresets, signInMember } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let operator: RestClient;
let home: string;
let page: Page;
beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  await putPresets(keyward, 'merchant', 'contracts');
  operator = restClient(keyward.url, keyward.bootstrap.secret);
  const organizations = await operator('GET', '/v1/organizations');
  home = `${keyward.url}/o/${organizations.body.data[0].slug}`;
  page = await signIn({ email: keyward.bootstrap.email, password: operatorPassword });
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const signIn = (
  account: { email: string; password: string },
  options: BrowserContextOptions = {},
) =>
  openConsole(browser, keyward.url, account, {
    timezoneId: 'Asia/Tokyo',
    locale: 'en-GB',
    ...options,
  });

/** The counts are written each second, and the pages ask again every few. */
const patience = { timeout: 15_000 };

const read: Permission[] = ['products:read'];

const makeMerchantKey = (options: Parameters<typeof makeKey>[1] = {}) =>
  makeKey(keyward, { service: 'merchant', permissions: read, ...options });

/** Asks about a key as a backend does, and returns the verdict. */
async function verify({ secret }: MadeKey, question: Record<string, unknown> = {}) {
  const { body } = await operator('POST', '/v1/keys/verify', {
    body: { key: secret, permissions: read, ...question },
  });
  return body.code as string;
}

async function verifyTimes(times: number, ...call: Parameters<typeof verify>): Promise<void> {
  for (let count = 0; count < times; count += 1) {
    await verify(...call);
  }
}

const thisHour = Math.floor(Date.now() / 3_600_000) * 3_600_000;
const hourBefore = (hours: number) => new Date(thisHour - hours * 3_600_000);

/** Counts as they would stand after those hours: nobody can wait for them. */
const putUsage = ({ key }: MadeKey, hoursAgo: number, outcome: string, count: number) =>
  keyward.database.execute(`insert into key_usage values
    ('${key.id}', '${hourBefore(hoursAgo).toISOString()}', '${outcome}', ${count})`);

const open = async ({ key }: MadeKey, tab = '') => {
  await page.goto(`${home}/keys/${key.id}${tab}`);
  await page.getByRole('heading', { name: key.name, level: 1 }).waitFor();
};

describe('the overview', () => {
  test('of a key without a call says how to make one, and turns by itself when it comes', async () => {
    const made = await makeMerchantKey();
    await open(made);
    await page.getByRole('heading', { name: 'Not called yet' }).waitFor();
    const header = page.getByRole('region', { name: 'header', exact: true });
    expect(await header.innerText()).toBe(`X-Hilt-Key: hk_live_…${made.key.last4}`);
    expect(await verify(made, { ip: '203.0.113.9' })).toBe('VALID');
    await page.getByRole('figure', { name: /Calls by outcome/ }).waitFor(patience);
    await page.getByText('No call was refused in the last 7 days.').waitFor();
    await page.getByText('203.0.113.9').waitFor(patience);
  });

  test('names the gate that refuses most, and leads to what mends it', async () => {
    const missing = await makeMerchantKey();
    await verifyTimes(3, missing, { permissions: ['products:create'] });
    await verify(missing, { service: 'contracts' });
    const locked = await makeMerchantKey({ ipAllowlist: ['203.0.113.0/24'] });
    await verifyTimes(2, locked, { ip: '198.51.100.7' });
    const limited = await makeMerchantKey({ rateLimit: { limit: 1, windowSeconds: 3600 } });
    await verifyTimes(3, limited);
    const rotated = await makeMerchantKey();
    await operator('POST', `/v1/keys/${rotated.key.id}/rotate`, { body: { graceSeconds: 3600 } });
    await operator('POST', `/v1/keys/${rotated.key.id}/rotation`, { body: { action: 'finish' } });
    await verifyTimes(2, rotated);
    const elsewhere = await makeMerchantKey();
    await verify(elsewhere, { service: 'contracts' });
    const remedies: [MadeKey, RegExp, string][] = [
      [missing, /3 calls, 75% of all, were refused for a missing permission\./, '/permissions'],
      [locked, /2 calls, 100% of all, were refused from an address that is not al/, '/network'],
      [limited, /2 calls, 66\.7% of all, were refused over the limit\..* 1 request an/, '#limit'],
      [rotated, /2 calls, 100% of all, were refused for a replaced secret\./, '/secrets'],
      [elsewhere, /1 call, 100% of all, was refused at another service\./, '/explain'],
    ];
    for (const [made, sentence, place] of remedies) {
      await open(made);
      const notice = page.getByRole('paragraph').filter({ hasText: sentence });
      await notice.waitFor(patience);
      await notice.getByRole('link').click();
      await page.waitForURL(`${home}/keys/${made.key.id}${place}`);
    }
  });

  test('keeps its range in the address', async () => {
    const made = await makeMerchantKey();
    await putUsage(made, 20 * 24, 'VALID', 7);
    await open(made);
    await page.getByRole('heading', { name: 'Not called yet' }).waitFor();
    await page.getByRole('radio', { name: '30 days' }).check();
    await page.waitForURL(/\?range=30d$/);
    await page.getByRole('figure', { name: 'Calls by outcome, the last 30 days' }).waitFor();
    await page.reload();
    await page.getByRole('figure', { name: 'Calls by outcome, the last 30 days' }).waitFor();
    expect(await page.getByRole('radio', { name: '30 days' }).isChecked()).toBe(true);
    await page.getByRole('radio', { name: '7 days' }).check();
    await page.waitForURL((url) => url.search === '');
  });

  test('tells what the key is', async () => {
    const made = await makeKey(keyward, {
      service: 'contracts',
      tier: 'partner',
      permissions: ['contracts:read'],
      externalId: 'cust_8812',
      metadata: { team: 'payments' },
      expiresInSeconds: 5 * 86_400,
    });
    await open(made);
    await page.getByText('Expires in 4 days').waitFor();
    for (const fact of ['Of the tier partner', 'cust_8812', '"team": "payments"', made.key.id]) {
      expect(await page.getByText(fact).count(), fact).toBe(1);
    }
  });
});

describe('the activity', () => {
  let made: MadeKey;
  beforeAll(async () => {
    made = await makeMerchantKey({ name: 'Checkout, “live”' });
    await putUsage(made, 2, 'VALID', 900);
    await putUsage(made, 2, 'RATE_LIMITED', 90);
    await putUsage(made, 5, 'INSUFFICIENT_PERMISSIONS', 10);
    await putUsage(made, 60 * 24, 'VALID', 5000);
  });

  const rows = () =>
    page
      .getByRole('table', { name: /^Calls by the/ })
      .locator('tbody tr')
      .allInnerTexts();
  const cells = (row: string | undefined) => row?.split(/\s*\t\s*/);

  test('has totals with shares, and every hour with a call in the reader’s zone, newest first', async () => {
    await open(made, '/activity?range=24h');
    const totals = page.getByRole('table', { name: 'Calls by outcome' });
    await totals.waitFor();
    expect((await totals.locator('tr').allInnerTexts()).map(cells)).toEqual([
      ['Outcome', 'Calls', 'Share'],
      ['Accepted', '900', '90%'],
      ['Permission missing', '10', '1%'],
      ['Over the limit', '90', '9%'],
      ['All', '1,000', '100%'],
    ]);
    const [newest, oldest] = (await rows()).map(cells);
    const hour = new Intl.DateTimeFormat('en-GB', {
      timeZone: 'Asia/Tokyo',
      day: 'numeric',
      month: 'short',
      hour: '2-digit',
      minute: '2-digit',
    });
    expect(newest).toEqual([hour.format(hourBefore(2)), '990', '900', '0', '90']);
    expect(oldest).toEqual([hour.format(hourBefore(5)), '10', '0', '10', '0']);
    await page.getByText('Times are in Asia/Tokyo.').waitFor();
  });

  test('goes back 90 days, by the day, and keeps both in the address', async () => {
    await open(made, '/activity');
    await page.getByRole('radio', { name: '90 days' }).check();
    await page.waitForURL(/\/activity\?range=90d$/);
    await expect.poll(async () => (await rows()).map(cells).at(-1)?.at(1), patience).toBe('5,000');
    await page.getByText('Days begin at midnight UTC, which is 09:00 in Asia/Tokyo.').waitFor();
    expect(await page.getByRole('radio', { name: 'Hours', exact: true }).isDisabled()).toBe(true);
    await page.getByRole('radio', { name: '7 days' }).check();
    await page.getByRole('radio', { name: 'Hours', exact: true }).check();
    await page.waitForURL(/\/activity\?by=hour$/);
    await expect.poll(async () => (await rows()).length, patience).toBe(2);
  });

  test('can be taken along as CSV: what is shown, with times in UTC', async () => {
    await open(made, '/activity?range=24h');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download CSV' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('checkout-live-calls-24h-by-hour.csv');
    const at = (hours: number) => hourBefore(hours).toISOString();
    expect(await readFile(await download.path(), 'utf8')).toBe(
      [
        'Begin (UTC),Calls,Accepted,Permission missing,Over the limit',
        `${at(2)},990,900,0,90`,
        `${at(5)},10,0,10,0`,
        '',
      ].join('\r\n'),
    );
  });
});

describe('the network', () => {
  const row = (address: string) => page.getByRole('row').filter({ hasText: address });
  const dialog = () => page.getByRole('dialog');

  test('a key is locked to addresses that were seen, after a look at whom that refuses', async () => {
    const made = await makeMerchantKey();
    await verifyTimes(3, made, { ip: '203.0.113.9' });
    await verifyTimes(2, made, { ip: '::ffff:203.0.113.10' });
    await verify(made, { ip: '198.51.100.7' });
    await verify(made, { ip: '192.0.2.1', permissions: ['products:create'] });
    await expect
      .poll(async () => {
        await open(made, '/network');
        await page.getByText(/The newest hundred/).waitFor();
        await page.waitForLoadState('networkidle');
        return page.getByRole('row').count();
      }, patience)
      .toBe(5);
    expect(await row('203.0.113.9').innerText()).toMatch(/\s3\s+0\s/);
    expect(await row('203.0.113.10').innerText()).toMatch(/\s2\s+0\s/);
    expect(await row('192.0.2.1').innerText()).toMatch(/\s0\s+1\s/);
    expect(await row('192.0.2.1').getByRole('checkbox').count()).toBe(0);

    await page.getByRole('checkbox', { name: 'Choose 203.0.113.9' }).check();
    await page.getByRole('checkbox', { name: 'Choose 203.0.113.10' }).check();
    await page.getByRole('button', { name: 'Lock to these 2' }).click();
    await dialog()
      .getByText(/this would have refused 1:/)
      .waitFor();
    const refused = dialog().getByRole('listitem');
    expect(await refused.innerText()).toMatch(/198\.51\.100\.7\s+1 accepted, last seen just now/);
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^In force on the one node after \d+ ms$/).waitFor();
    expect(await verify(made, { ip: '198.51.100.7' })).toBe('IP_NOT_ALLOWED');
    expect(await verify(made, { ip: '203.0.113.10' })).toBe('VALID');
    await row('198.51.100.7').getByText('Not allowed').waitFor();
    await row('203.0.113.9').getByText('Allowed').waitFor();
  });

  test('the list is written by hand too, its mistakes are named, and its removal asks first', async () => {
    const made = await makeMerchantKey();
    await open(made, '/network');
    await page.getByRole('heading', { name: 'No addresses yet' }).waitFor();
    await page.getByRole('button', { name: 'Write a list' }).click();
    const field = dialog().getByRole('textbox', { name: 'Addresses' });
    await expect
      .poll(() => field.evaluate((one) => one === one.ownerDocument.activeElement))
      .toBe(true);
    await field.fill('203.0.113.0/24\noffice\n2001:db8::/32');
    await dialog()
      .getByText(/^office: Write an IPv4 or IPv6 address/)
      .waitFor();
    await field.fill('203.0.113.0/24\n2001:db8::/32');
    await dialog().getByRole('button', { name: 'Save' }).click();
    await page.getByText(/^In force on/).waitFor();
    const list = page.getByRole('list', { name: 'Allowed addresses' });
    expect(await list.getByRole('listitem').allInnerTexts()).toEqual([
      '203.0.113.0/24',
      '2001:db8::/32',
    ]);
    expect(await verify(made, { ip: '203.0.113.77' })).toBe('VALID');
    expect(await verify(made, { ip: '2001:db9::1' })).toBe('IP_NOT_ALLOWED');

    await page.getByRole('button', { name: 'Remove the lock' }).click();
    const remove = dialog().getByRole('button', { name: 'Remove the lock' });
    expect(await remove.isDisabled()).toBe(true);
    await dialog().getByRole('checkbox', { name: 'Allow calls from every address.' }).check();
    await remove.click();
    await page.getByText(/^Calls may come from any address\./).waitFor();
    expect(await verify(made, { ip: '2001:db9::1' })).toBe('VALID');
    // What opened the dialog is gone with the lock: the focus is at what it changed.
    await expect.poll(() => page.locator(':focus').innerText(), patience).toBe('Allowed addresses');
  });

  test('a member narrows the lock of their own key, and does not lift it', async () => {
    const { organizationId } = keyward.bootstrap;
    const member = await signInMember(keyward, { organizationId });
    const { key, secret } = await member.within(organizationId).keys.create.mutate({
      kind: 'user',
      name: 'Mine',
      service: 'merchant',
      permissions: read,
      ipAllowlist: ['203.0.113.0/24'],
    });
    await verify({ key, secret: secret ?? '' }, { ip: '203.0.113.9' });
    const theirs = await signIn({ email: member.user.email, password: member.password });
    await theirs.goto(`${home}/keys/${key.id}/network`);
    await theirs.getByText(/^You can narrow the list\. Only owners and admins allow/).waitFor();
    await theirs.getByRole('row').filter({ hasText: '203.0.113.9' }).waitFor({ timeout: 40_000 });
    expect(await theirs.getByRole('button', { name: 'Remove the lock' }).count()).toBe(0);
    await theirs.getByRole('button', { name: 'Edit the list' }).click();
    const field = theirs.getByRole('textbox', { name: 'Addresses' });
    const save = theirs.getByRole('button', { name: 'Save' });
    await field.fill('203.0.113.0/24\n198.51.100.7');
    await save.click();
    await theirs.getByText(/^Only an owner or admin lets a key be used from further/).waitFor();
    await field.fill('203.0.113.9');
    await save.click();
    await theirs.getByText(/^In force on/).waitFor();
    expect(await verify({ key, secret: secret ?? '' }, { ip: '203.0.113.10' })).toBe(
      'IP_NOT_ALLOWED',
    );
    await theirs.context().close();
  }, 60_000);
});

test('axe finds no violation with data in the tabs, and none scrolls sideways on a phone', async () => {
  const made = await makeMerchantKey({ ipAllowlist: ['203.0.113.0/24'] });
  await verify(made, { ip: '203.0.113.9' });
  await verify(made, { ip: '2001:db8:1234:5678:9abc:def0:1234:5678' });
  await putUsage(made, 3, 'RATE_LIMITED', 12_345_678);
  const account = { email: keyward.bootstrap.email, password: operatorPassword };
  const opened = await signIn(account);
  for (const tab of ['', '/activity', '/network']) {
    await opened.goto(`${home}/keys/${made.key.id}${tab}`);
    const settled =
      tab === '/network' ? opened.getByText('2001:db8:1234') : opened.locator('.recharts-surface');
    await settled.first().waitFor({ timeout: 40_000 });
    await expectAccessible(opened, `the tab ${tab}`);
  }
  await opened.context().close();
}, 120_000);
