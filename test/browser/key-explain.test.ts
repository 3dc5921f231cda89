import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator } from '../support/open-console.ts';
import { type RestClient, restClient } from '../support/rest-client.ts';
import { type MadeKey, makeKey, putPresets, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let rest: RestClient;
let page: Page;
let home: string;
let made: MadeKey;
/** Whatever the page asked of the server, by address and body. */
const requests: { url: string; body: string }[] = [];
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'contracts', 'merchant');
  rest = restClient(keyward.url, keyward.bootstrap.secret);
  home = await findHome(keyward);
  made = await makeKey(keyward, {
    name: 'Partner sync',
    service: 'contracts',
    permissions: ['contracts:read'],
    ipAllowlist: ['203.0.113.0/24'],
    rateLimit: { limit: 2, windowSeconds: 3600 },
  });
  browser = await launchBrowser();
  page = await openAsOperator(browser, keyward);

  page.on('request', (request) =>
    requests.push({ url: request.url(), body: request.postData() ?? '' }),
  );
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const field = () => page.getByRole('textbox', { name: 'Key' });
const heading = (name: string) => page.getByRole('heading', { name, level: 3 });
const gate = (name: string) =>
  page.getByRole('list', { name: 'Gates' }).getByRole('listitem').filter({ hasText: name });

async function open({ key } = made): Promise<void> {
  await page.goto(`${home}/keys/${key.id}/explain`);
  await field().waitFor();
}

interface Asked {
  secret?: string;
  service?: string;
  permission?: string;
  address?: string;
}

async function ask({ secret = made.secret, service, permission, address }: Asked) {
  await field().fill(secret);
  if (service !== undefined) {
    await page.getByRole('combobox', { name: 'Service' }).selectOption(service);
  }
  if (permission !== undefined) {
    await page.getByRole('combobox', { name: 'Permission' }).selectOption(permission);
  }
  await page.getByRole('textbox', { name: 'Address' }).fill(address ?? '');
  await page.getByRole('button', { name: 'Explain' }).click();
}

describe('each gate is told in order', () => {
  test('with what failed, what was not reached and would fail too, and where to mend it', async () => {
    await open();
    await ask({ permission: 'contracts:write' });
    await heading('Refused: address not allowed').waitFor();
    expect(await gate('The key is known').innerText()).toMatch(/Passed[\s\S]*Partner sync/);
    expect(await gate('It may come from this address').innerText()).toMatch(/Failed[\s\S]*203/);
    expect(await gate('It holds the permission').innerText()).toMatch(
      /Not reached, would fail too[\s\S]*lacks contracts:write/,
    );
    expect(await gate('It is within its rate limit').innerText()).toContain('Not reached');
    const mend = page.getByRole('link', { name: 'Change its addresses' });
    expect(await mend.getAttribute('href')).toMatch(new RegExp(`${made.key.id}/network$`));
    expect(await page.evaluate<string>('document.activeElement.textContent')).toMatch(/^Refused/);
  });

  test('and the next reason once the first is mended', async () => {
    await open();
    await ask({ permission: 'contracts:write', address: '203.0.113.9' });
    await heading('Refused: permission missing').waitFor();
    await page.getByText('Grant contracts:write, if this key should do that.').waitFor();
    await page.getByRole('link', { name: 'Change its permissions' }).click();
    await page.waitForURL(/\/permissions$/);
    await open();
    await ask({ permission: 'contracts:read', address: '203.0.113.9' });
    await heading('Accepted').waitFor();
    const standings = await page
      .getByRole('list', { name: 'Gates' })
      .getByRole('listitem')
      .allInnerTexts();
    expect(standings).toHaveLength(11);
    expect(standings.every((one) => one.includes('Passed'))).toBe(true);
    await ask({ service: 'merchant', address: '203.0.113.9' });
    await heading('Refused: wrong service').waitFor();
  });

  test('of a secret that nobody has, the first alone', async () => {
    await open();
    await ask({ secret: 'heir_pk_nothing' });
    await heading('Refused: unknown key').waitFor();
    expect(await gate('The key is known').innerText()).toContain('Failed');
    expect(await gate('It is not revoked').innerText()).toMatch(
      /^It is not revoked\s*Not reached$/,
    );
  });

  test('of a retired, a suspended, an expired and a revoked one, its own reason', async () => {
    const bot = () => makeKey(keyward, { service: 'contracts', permissions: [] });
    const [retired, suspended, expired, revoked] = [
      await bot(),
      await bot(),
      await bot(),
      await bot(),
    ];
    await rest('POST', `/v1/keys/${retired.key.id}/rotate`, { body: { graceSeconds: 60 } });
    await rest('POST', `/v1/keys/${retired.key.id}/rotation`, { body: { action: 'finish' } });
    await rest('PATCH', `/v1/keys/${suspended.key.id}`, { body: { status: 'suspended' } });
    await keyward.change(
      `update keys set expires_at = now() - interval '1 day' where id = '${expired.key.id}'`,
    );
    await rest('DELETE', `/v1/keys/${revoked.key.id}`);
    for (const [one, verdict, link] of [
      [retired, 'Refused: replaced secret', 'See its secrets'],
      [suspended, 'Refused: suspended', 'Resume the key'],
      [expired, 'Refused: expired', 'Change its expiry'],
      [revoked, 'Refused: revoked', 'Create a key'],
    ] as const) {
      await open(one);
      await ask({ secret: one.secret });
      await heading(verdict).waitFor();
      await page.getByRole('link', { name: link, exact: true }).waitFor();
    }
  });
});

test('a permission that its owner’s role masks is mended at the members', async () => {
  const { organizationId } = keyward.bootstrap;
  const owner = await signInMember(keyward, { organizationId, role: 'admin' });
  const { key, secret } = await owner.within(organizationId).keys.create.mutate({
    kind: 'user',
    name: 'Masked',
    service: 'contracts',
    permissions: ['auditLog:read'],
  });
  await rest('PATCH', `/v1/members/${owner.user.id}`, { body: { role: 'member' } });
  await page.goto(`${home}/keys/${key.id}/explain`);
  await ask({ secret: secret ?? '', permission: 'auditLog:read' });
  await heading('Refused: permission missing').waitFor();
  await page.getByRole('link', { name: 'See the members' }).click();
  await page.waitForURL(/\/members$/);
});

test('a secret of another key is said to be, with the way there', async () => {
  const other = await makeKey(keyward, { name: 'Another bot', service: 'merchant' });
  await open();
  await ask({ secret: other.secret });
  await heading('Refused: wrong service').waitFor();
  await page.getByText('This secret belongs to another key').waitFor();
  await page.getByRole('link', { name: 'Another bot' }).click();
  await page.waitForURL(new RegExp(`${other.key.id}$`));
});

test('what is explained counts for nothing: no call, no use, nothing of the limit', async () => {
  await open();
  for (let count = 0; count < 4; count += 1) {
    await ask({ permission: 'contracts:read', address: '203.0.113.9' });
    await heading('Accepted').waitFor();
    expect(await gate('It is within its rate limit').innerText()).toContain('2 of 2 remain');
  }
  const body = { key: made.secret, permissions: ['contracts:read'], ip: '203.0.113.9' };
  const calls = [1, 2, 3].map(async () => (await rest('POST', '/v1/keys/verify', { body })).body);
  const codes = (await Promise.all(calls)).map(({ code }) => code);
  expect(codes.toSorted()).toEqual(['RATE_LIMITED', 'VALID', 'VALID']);
  await ask({ permission: 'contracts:read', address: '203.0.113.9' });
  await heading('Refused: over the limit').waitFor();
  await expect
    .poll(async () => (await rest('GET', `/v1/keys/${made.key.id}/usage?bucket=day`)).body.data, {
      timeout: 10_000,
    })
    .toMatchObject([
      { outcome: 'RATE_LIMITED', count: 1 },
      { outcome: 'VALID', count: 2 },
    ]);
});

test('the secret stands in its field alone, hidden, and goes with it', async () => {
  await open();
  expect(await field().getAttribute('type')).toBe('password');
  expect(await field().getAttribute('autocomplete')).toBe('off');
  requests.length = 0;
  await ask({ address: '203.0.113.9' });
  await page.getByRole('list', { name: 'Gates' }).waitFor();
  const holding = requests.filter(({ url, body }) => (url + body).includes(made.secret));
  expect(holding.map(({ url }) => new URL(url).pathname)).toEqual(['/trpc/keys.explain']);
  expect(requests.some(({ url }) => url.includes(made.secret))).toBe(false);
  const kept = await page.evaluate<string>(
    'JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state, document.documentElement.outerHTML])',
  );
  expect(kept).not.toContain(made.secret);
  await page.getByRole('button', { name: 'Show the key' }).click();
  expect(await field().getAttribute('type')).toBe('text');
  expect(await field().inputValue()).toBe(made.secret);
  await page.getByRole('navigation', { name: 'Key' }).getByRole('link', { name: 'Audit' }).click();
  await field().waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Explain' }).click();
  await field().waitFor();
  expect(await field().inputValue()).toBe('');
  expect(keyward.logs.join('\n')).not.toContain(made.secret);
});

test('a field that is wrong says so, and has the focus', async () => {
  await open();
  await page.getByRole('button', { name: 'Explain' }).click();
  await page.getByText('Paste the key that the caller sent.').waitFor();
  expect(await field().evaluate((input) => input.matches(':focus'))).toBe(true);
  await page.getByRole('button', { name: 'My own' }).click();
  await expect
    .poll(() => page.getByRole('textbox', { name: 'Address' }).inputValue())
    .toBe('127.0.0.1');
  await ask({ address: 'localhost' });
  await page.getByText('Write an IPv4 or IPv6 address.').waitFor();
});

test('axe finds nothing in light or dark, before and after an answer', async () => {
  const shown = await openAsOperator(browser, keyward);
  await shown.goto(`${home}/keys/${made.key.id}/explain`);
  await shown.getByRole('textbox', { name: 'Key' }).fill(keyward.bootstrap.secret);
  await expectAccessible(shown, 'before an answer');
  await shown.getByRole('button', { name: 'Explain' }).click();
  await shown.getByText('This secret belongs to another key').waitFor();
  await expectAccessible(shown, 'after an answer');
  await shown.context().close();
}, 120_000);
