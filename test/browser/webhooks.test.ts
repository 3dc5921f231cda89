import type { Browser, Page } from 'playwright-core';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator, openConsole } from '../support/open-console.ts';
import { runSnippet } from '../support/snippet-receiver.ts';
import { makeKey, makeMember, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import {
  loopback,
  type Received,
  startReceiver,
  type WebhookReceiver,
} from '../support/webhook-receiver.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let home: string;
let receiver: WebhookReceiver;
let secret: string;

beforeAll(async () => {
  keyward = await startTestKeyward({ webhookRanges: loopback });
  browser = await launchBrowser();
  receiver = await startReceiver();
  await putPresets(keyward, 'merchant');
  page = await openAsOperator(browser, keyward);
  home = await findHome(keyward);
});
afterAll(async () => {
  await browser.close();
  await receiver[Symbol.asyncDispose]();
  await keyward[Symbol.asyncDispose]();
});

const field = (name: string) => page.getByRole('textbox', { name });
const button = (name: string) => page.getByRole('button', { name, exact: true });
const verify = (by: string, { body, headers }: Received) =>
  new Webhook(by).verify(body, headers as Record<string, string>);
const last = (): Received => {
  const found = receiver.received.at(-1);
  if (found === undefined) throw new Error('Nothing was received.');
  return found;
};
const pickSigned = ({ body, headers }: Received) => ({
  body,
  headers: Object.fromEntries(
    ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => [
      name,
      String(headers[name]),
    ]),
  ),
});
const readSecret = async () =>
  (await page.getByRole('region', { name: 'secret', exact: true }).innerText()).trim();

test('a webhook is added: its rules are told first, its secret is shown once, and a test event verifies by it', async () => {
  await page.goto(`${home}/keys`);
  await page.getByRole('link', { name: 'Webhooks' }).click();
  await page.getByText('No webhooks yet').waitFor();
  await expectAccessible(page, 'no webhooks');
  await page.getByRole('link', { name: 'Add webhook' }).click();
  await page.getByText(/A public address by https, or one of those that/).waitFor();

  await button('Add webhook').click();
  await page.getByText('Write a whole address, such as https://example.com/webhooks.').waitFor();
  await expect.poll(() => field('Address').evaluate((input) => input.matches(':focus'))).toBe(true);
  await field('Address').fill('https://10.0.0.1/');
  await page.getByRole('radio', { name: 'Chosen events' }).check();
  await button('Add webhook').click();
  await page.getByText('Choose at least one event, or all.').waitFor();
  await page.getByRole('checkbox', { name: 'All of Changes of keys' }).check();
  await page.getByRole('checkbox', { name: /^key\.updated/ }).uncheck();
  await page.getByText('Only some keys').click();
  await page.getByRole('checkbox', { name: /^Bot keys/ }).check();
  await expectAccessible(page, 'a webhook while it is written');
  await button('Add webhook').click();
  await page.getByText('This address is not on the public internet: use one that is.').waitFor();

  await field('Address').fill(receiver.url);
  await field('Description').fill('Billing');
  await button('Add webhook').click();
  await page.getByRole('heading', { name: 'Store this secret now' }).waitFor();
  secret = await readSecret();
  expect(secret).toMatch(/^whsec_/);
  const snippet = page.getByRole('region', { name: 'TypeScript', exact: true });
  const code = await snippet.innerText();
  await page.getByRole('tab', { name: 'Python' }).click();
  await page.getByText('from standardwebhooks.webhooks import').waitFor();
  await expectAccessible(page, 'the secret of a webhook');
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('dialog', { name: 'Leave without the secret?' }).waitFor();
  await button('Stay').click();
  await button('I have stored it').click();

  await page.getByRole('heading', { name: 'Billing', level: 1 }).waitFor();
  await button('Send a test event').click();
  await page.getByText('The test event arrived').waitFor();
  await page.getByText(/^The receiver answered 204\. It took \d+ ms\.$/).waitFor();
  expect(verify(secret, last())).toMatchObject({ type: 'webhook.ping' });
  expect(await page.content()).not.toContain(secret);

  await using copied = await runSnippet(code, secret);
  const { body, headers } = pickSigned(last());
  await expect.poll(() => copied.post('/hooks', body, headers)).toBe(204);
  await expect.poll(() => copied.output()).toContain('webhook.ping');
  expect(await copied.post('/hooks', `${body} `, headers)).toBe(400);
  expect(await copied.post('/elsewhere', body, headers)).toBe(404);
});

test('a message that fails is followed live, read whole, and sent again once the receiver is mended', async () => {
  receiver.answer = (response) => void response.writeHead(500).end('The cellar is flooded.');
  const { key } = await makeKey(keyward);
  const log = page.getByRole('list', { name: 'Messages, newest first' });
  const failed = log.getByRole('listitem').filter({ hasText: '500 in' }).first();
  await failed.waitFor({ timeout: 20_000 });
  await page.getByText('Failing', { exact: true }).waitFor();
  await page.getByText(/after five days of nothing but failures\.$/).waitFor();
  await failed.locator('summary').first().click();
  await failed.getByText('The cellar is flooded.').first().waitFor();
  await failed.getByText('Request headers').first().click();
  await failed
    .getByText(/webhook-signature: v1,/)
    .first()
    .waitFor();
  expect(await failed.getByRole('region', { name: 'Body' }).innerText()).toContain(key.id);
  await expectAccessible(page, 'a webhook that fails');

  await keyward.database.execute(
    `update webhook_deliveries set status = 'failed', next_attempt_at = null where status = 'pending'`,
  );
  receiver.answer = (response) => void response.writeHead(204).end();
  const before = receiver.received.length;
  await button('Send 1 failed message again').click({ timeout: 20_000 });
  await log.getByText('sent again').waitFor();
  await expect.poll(() => receiver.received.length).toBe(before + 1);
  await page.getByText('Healthy').waitFor();
  await page.getByText('Failed', { exact: true }).first().click();
  await expect.poll(() => page.url()).toContain('log=failed');
  await expect.poll(() => log.locator('> li').count()).toBe(1);
  await button('Send again').click();
  await expect.poll(() => receiver.received.length).toBe(before + 2);
  expect(last().body).toBe(receiver.received[before]?.body);
});

test('the secret is rotated with an overlap, and asks for the password where that was given long ago', async () => {
  await keyward.database.execute(
    `update sessions set confirmed_at = now() - interval '16 minutes'`,
  );
  await button('More actions').click();
  await page.getByRole('menuitem', { name: 'Rotate the secret' }).click();
  await button('Rotate the secret').click();
  await page.getByRole('dialog', { name: 'Confirm that it is you' }).waitFor();
  await field('Password').fill('correct horse battery staple');
  await button('Confirm').click();
  await page.getByRole('heading', { name: 'Store this secret now' }).waitFor();
  const rotated = await readSecret();
  await button('I have stored it').click();
  await page.getByText(/messages verify by the one before it too, until/).waitFor();
  const before = receiver.received.length;
  await button('Send a test event').click();
  await expect.poll(() => receiver.received.length).toBe(before + 1);
  for (const one of [secret, rotated]) {
    expect(verify(one, last())).toMatchObject({ type: 'webhook.ping' });
  }
});

test('a webhook that 410 disabled says why and what to do; enabled, edited and removed it follows', async () => {
  receiver.answer = (response) => void response.writeHead(410).end();
  await makeKey(keyward);
  await page.getByText('The receiver answered 410 Gone.').waitFor({ timeout: 20_000 });
  await page.getByText(/That is how a receiver says that it wants no more\./).waitFor();
  receiver.answer = (response) => void response.writeHead(204).end();
  await button('Enable').click();
  await page.getByText('Disabled by Keyward').waitFor({ state: 'detached' });

  await button('Edit').click();
  await field('Description').fill('Accounting');
  await page.getByRole('radio', { name: 'All events' }).check();
  await button('Save').click();
  await page.getByRole('heading', { name: 'Accounting', level: 1 }).waitFor();
  await page.getByText('All, those of later versions too').waitFor();

  await page.getByRole('link', { name: 'Webhooks' }).first().click();
  await page.getByRole('table', { name: 'Webhooks, newest first' }).waitFor();
  await expectAccessible(page, 'the list of webhooks');
  await page.getByRole('link', { name: receiver.url }).click();
  await button('More actions').click();
  await page.getByRole('menuitem', { name: 'Remove' }).click();
  await button('Remove webhook').click();
  await page.getByText('No webhooks yet').waitFor();
});

test('a member is told who looks after webhooks, and has no link to them', async () => {
  const organizationId = keyward.context.organizationId;
  const { user, password } = await makeMember(keyward, { organizationId });
  const theirs = await openConsole(browser, keyward.url, { email: user.email, password });
  expect(await theirs.getByRole('link', { name: 'Webhooks' }).count()).toBe(0);
  await theirs.goto(`${home}/webhooks`);
  await theirs.getByText('This is for owners and admins').waitFor();
  await theirs.goto(`${home}/webhooks/new`);
  await theirs.getByText('This is for owners and admins').waitFor();
  expect(await theirs.getByRole('textbox').count()).toBe(0);
});
