import { setGuardrails } from '@keyward/server/organizations/set-guardrails';
import { guardrails } from '@keyward/shared/guardrails';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import {
  listConsolePages,
  openSignedIn,
  operatorCookie,
  sessionCookie,
} from '../support/console-pages.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { makeKey, makeMember, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let createPage: string;
let operator: Page;
let member: Page;

// Dates are held against those of a reader in Berlin.
const reader: BrowserContextOptions = { locale: 'en-GB', timezoneId: 'Europe/Berlin' };
const dateIn = (days: number) =>
  new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    timeZone: 'Europe/Berlin',
  }).format(new Date(Date.now() + days * 86_400_000));

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  const [, newKey] = await listConsolePages(keyward);
  createPage = newKey?.[1].replace(/\?.*/, '') ?? '';
  await putPresets(keyward, 'contracts', 'review-loops');
  const { organizationId } = keyward.bootstrap;
  const { user, password } = await makeMember(keyward, { organizationId });
  const open = async (cookie: { name: string; value: string }) =>
    (await openSignedIn(browser, keyward, cookie, reader)).newPage();
  operator = await open(await operatorCookie(keyward));
  member = await open(await sessionCookie(keyward, { email: user.email, password }));
});
beforeEach(() => setRules({}));
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const setRules = (rules: object) => setGuardrails(keyward.context, guardrails.parse(rules));

async function openForm(page: Page, service = 'short-links'): Promise<void> {
  await page.goto(`${createPage}?service=${service}`);
  await page.getByRole('textbox', { name: 'Name' }).waitFor();
}

const submit = (page: Page) => page.getByRole('button', { name: 'Create key' }).click();
const summary = (page: Page) => page.getByRole('region', { name: 'Summary' });
const box = (page: Page, permission: string) =>
  page.getByRole('checkbox', { name: new RegExp(`^${permission.replace('*', '\\*')}:`) });

/** The permissions whose boxes are checked, those of a resource in part left out. */
async function checked(page: Page): Promise<string[]> {
  const boxes = await page.locator('input[type=checkbox]:checked:not(:indeterminate)').all();
  const names = await Promise.all(boxes.map((one) => one.getAttribute('aria-label')));
  return names.map((name) => name?.split(': ')[0] ?? '');
}

test('a form with something in it, and a key that is being made, are not left without a question', async () => {
  await openForm(operator);
  await operator.getByRole('textbox', { name: 'Name' }).fill('Half written');
  await operator.getByRole('link', { name: 'Services' }).click();
  const question = operator.getByRole('dialog', { name: 'Leave without saving?' });
  await question.getByRole('button', { name: 'Stay' }).click();
  expect(await operator.getByRole('textbox', { name: 'Name' }).inputValue()).toBe('Half written');

  const answer = Promise.withResolvers<void>();
  await operator.route('**/trpc/keys.create*', async (route) => {
    await answer.promise;
    await route.continue();
  });
  await submit(operator);
  await operator.getByRole('link', { name: 'Services' }).click();
  await question.getByText('The secret of the key that is being made would be lost').waitFor();
  await question.getByRole('button', { name: 'Stay' }).click();
  answer.resolve();
  await operator.getByRole('heading', { name: 'Store this secret now' }).waitFor();
  await operator.unroute('**/trpc/keys.create*');
});

describe('permissions', () => {
  test('a preset fills the matrix, and the summary tells it', async () => {
    await openForm(operator);
    expect(await checked(operator)).toEqual(['shortLinks:read']);
    await operator.getByRole('button', { name: 'Read only' }).click();
    expect(await checked(operator)).toEqual([
      'shortLinks:read',
      'domains:read',
      'stats:read',
      'files:read',
    ]);
    await operator.getByRole('button', { name: 'Everything I may grant' }).click();
    expect(await checked(operator)).toEqual(
      expect.arrayContaining(['shortLinks:*', 'files:*', 'apiKeys:*', 'usage:*']),
    );
    expect(await summary(operator).innerText()).toContain('Everything with short links');
    await operator.getByRole('button', { name: 'None' }).click();
    expect(await checked(operator)).toEqual([]);
    expect(await summary(operator).innerText()).toContain('Nothing yet');
  });

  test('what a member may not grant is disabled, and says why', async () => {
    await openForm(member);
    await member.getByText('Keyward’s own resources').first().click();
    const refused = box(member, 'apiKeys:create');
    expect(await refused.getAttribute('aria-disabled')).toBe('true');
    const reason = await refused.getAttribute('aria-describedby');
    expect(await member.locator(`[id="${reason}"]`).textContent()).toMatch(
      /^Only an owner or admin of .+ may grant apiKeys:create\.$/,
    );
    await refused.hover();
    await refused.click({ force: true });
    expect(await refused.isChecked()).toBe(false);
    await member.getByRole('tooltip').getByText('may grant apiKeys:create').waitFor();
    await box(member, 'usage:read').check();
    await member.getByRole('button', { name: 'Everything I may grant' }).click();
    expect(await checked(member)).not.toContain('apiKeys:*');
    expect(await checked(member)).toEqual(expect.arrayContaining(['shortLinks:*', 'usage:*']));
    expect(await member.getByRole('radio', { name: 'Bot key' }).isDisabled()).toBe(true);
  });

  test('those of another key are taken over as far as they can be, and the rest is named', async () => {
    await makeKey(keyward, {
      name: 'Partner reader',
      service: 'contracts',
      permissions: ['contracts:read', 'usage:read'],
    });
    await openForm(operator);
    await operator.getByRole('button', { name: 'Same as another key…' }).click();
    const dialog = operator.getByRole('dialog');
    await dialog.getByRole('searchbox').fill('partner re');
    await dialog.getByRole('button', { name: /^Partner reader/ }).click();
    expect(await checked(operator)).toEqual(['usage:read']);
    const note = operator.getByText('Took over 1 permission of Partner reader.').locator('..');
    expect(await note.innerText()).toContain('contracts:read It belongs to the service contracts.');
  });

  test('a member is offered no key that is not theirs', async () => {
    await openForm(member);
    await member.getByRole('button', { name: 'Same as another key…' }).click();
    const dialog = member.getByRole('dialog');
    await dialog.getByText('No key matches.').waitFor();
    await member.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
  });
});

describe('limits, addresses and expiry', () => {
  test('each expiry says its date, and 90 days is the first choice', async () => {
    await openForm(operator);
    const choice = (name: string) => operator.getByRole('radio', { name, exact: true });
    expect(await choice('90 days').isChecked()).toBe(true);
    for (const [name, days] of [
      ['7 days', 7],
      ['30 days', 30],
      ['90 days', 90],
      ['1 year', 365],
    ] as const) {
      expect(await choice(name).locator('..').innerText()).toContain(dateIn(days));
      await choice(name).check();
      expect(await summary(operator).innerText()).toContain(dateIn(days));
    }
    await choice('On a date').check();
    await submit(operator);
    await operator.getByText('Choose a day.').waitFor();
    await operator.getByLabel('Last day').fill('2040-02-29');
    expect(await summary(operator).innerText()).toContain('29 Feb 2040');
    await choice('Never').check();
    expect(await summary(operator).innerText()).toMatch(/Expires\s+Never/);
  });

  test('the organization’s rules are told before the form is sent', async () => {
    await setRules({
      maximumLifetimeSeconds: 30 * 86_400,
      ipAllowlistRequiredFor: ['shortLinks:delete'],
    });
    await openForm(operator);
    await operator.getByText(/live at most 30 days/).waitFor();
    const choice = (name: string) => operator.getByRole('radio', { name, exact: true });
    expect(await choice('30 days').isChecked()).toBe(true);
    expect(await choice('Never').isDisabled()).toBe(true);
    expect(await choice('90 days').count()).toBe(0);
    await operator.getByRole('textbox', { name: 'Name' }).fill('Guarded');
    await box(operator, 'shortLinks:delete').check();
    await operator.getByText(/hold shortLinks:delete need an IP allowlist/).waitFor();
    await submit(operator);
    const addresses = operator.getByRole('textbox', { name: 'Allowed addresses' });
    await expect.poll(() => addresses.getAttribute('aria-invalid')).toBe('true');
    await expect.poll(() => operator.locator('textarea:focus').count()).toBe(1);
  });

  test('a refusal by rules that are newer than the page lands at its field', async () => {
    await openForm(operator);
    await setRules({ maximumLifetimeSeconds: 86_400 });
    await operator.getByRole('textbox', { name: 'Name' }).fill('Too long');
    await submit(operator);
    const expiry = operator.getByRole('group', { name: 'Expires' });
    await expiry.getByText(/live at most 1 day: set an earlier expiry/).waitFor();
  });

  test('one’s own address is a click away, and each wrong line is told', async () => {
    await openForm(operator);
    const addresses = operator.getByRole('textbox', { name: 'Allowed addresses' });
    await addresses.fill('203.0.113.0/24\n300.1.2.3\n2001:db8::/32, nonsense');
    await operator.getByRole('button', { name: 'My address' }).click();
    await operator.getByText('Keyward sees you at 127.0.0.1.').waitFor();
    expect(await addresses.inputValue()).toMatch(/nonsense\n127\.0\.0\.1$/);
    expect(await summary(operator).innerText()).toContain('5 addresses or ranges');
    await expectAccessible(operator, 'the form with wrong addresses');
    const error = operator.getByText(/Line 2, 300\.1\.2\.3: Write an IPv4/);
    expect(await error.innerText()).toMatch(/^Line 2, .+\nLine 3, nonsense: Write an IPv4 .+$/);
    await addresses.fill('203.0.113.0/24');
    await operator.getByRole('button', { name: 'My address' }).click();
    await expect.poll(() => addresses.inputValue()).toBe('203.0.113.0/24\n127.0.0.1');
  });

  test('an own limit stays within the tier’s for all but the operator', async () => {
    await openForm(member, 'review-loops');
    const group = member.getByRole('group', { name: 'Rate limit' });
    expect(await group.innerText()).toContain('100 requests an hour');
    expect(await group.getByRole('radio', { name: 'No limit' }).isDisabled()).toBe(true);
    await group.getByRole('radio', { name: 'One of its own' }).check();
    await member.getByRole('textbox', { name: 'Calls' }).fill('1,000');
    await member.getByText(/allows 100 requests an hour: ask for less/).waitFor();
    await member.getByRole('textbox', { name: 'Calls' }).fill('50');
    await member.getByRole('combobox', { name: 'In' }).selectOption('an hour');
    expect(await summary(member).innerText()).toContain('50 requests an hour');
    await openForm(operator, 'review-loops');
    expect(await operator.getByRole('radio', { name: 'No limit' }).isDisabled()).toBe(false);
  });
});

test('what was chosen is what the key is, metadata and external id among it', async () => {
  await openForm(operator, 'contracts');
  await operator.getByRole('radio', { name: 'partner' }).check();
  await operator.getByRole('radio', { name: 'Test' }).check();
  await operator.getByRole('textbox', { name: 'Name' }).fill('Whole form');
  await operator.getByRole('radio', { name: 'One of its own' }).check();
  await operator.getByRole('textbox', { name: 'Calls' }).fill('20');
  await operator.getByRole('button', { name: 'My address' }).click();
  await operator.getByText('More', { exact: true }).click();
  await operator.getByRole('textbox', { name: 'External id' }).fill('cus_42');
  await operator.getByRole('textbox', { name: 'Metadata' }).fill('{"plan": ');
  await submit(operator);
  await operator.getByText('Write a JSON object.').waitFor();
  await operator.getByRole('textbox', { name: 'Metadata' }).fill('{"plan": "pro"}');
  await submit(operator);
  await operator.getByRole('heading', { name: 'Store this secret now' }).waitFor();
  const secret = await operator.getByRole('region', { name: 'secret', exact: true }).innerText();
  const answer = await fetch(`${keyward.url}/v1/test`, {
    headers: { Authorization: `Bearer ${secret.trim()}` },
  });
  expect(await answer.json()).toMatchObject({
    key: { tier: 'partner', environment: 'test', externalId: 'cus_42', metadata: { plan: 'pro' } },
    rateLimit: { limit: 20, windowSeconds: 60 },
  });
  await operator.getByRole('button', { name: 'I have stored it' }).click();
  await operator.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
});
