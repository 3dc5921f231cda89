import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { consoleClient } from '../support/console-client.ts';
import { startEmptyKeyward } from '../support/start-empty-keyward.ts';

const run = promisify(execFile);
const password = 'correct horse battery';

let keyward: Awaited<ReturnType<typeof startEmptyKeyward>>;
let browser: Browser;
let page: Page;
/** What the browser itself complained of, a breach of the content security policy among it. */
const complaints: string[] = [];
const secrets: string[] = [];

beforeAll(async () => {
  keyward = await startEmptyKeyward();
  browser = await launchBrowser();
  page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
  page.on('console', (message) => {
    // A refusal that the walk asks for is told by the network, and is no fault of the page.
    if (message.type() === 'error' && !/status of 4\d\d/.test(message.text())) {
      complaints.push(message.text());
    }
  });
  page.on('pageerror', (error) => complaints.push(String(error)));
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

/** Everything that the page keeps, besides what it shows. */
const kept = () =>
  page.evaluate<string>(
    'JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state])',
  );

async function createKey(name: string, kind: 'User key' | 'Bot key'): Promise<void> {
  await page.goto(`${keyward.url}/o/acme/keys/new?service=short-links`);
  await page.getByRole('radio', { name: kind }).check();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.getByRole('checkbox', { name: /^shortLinks:create/ }).check();
  await page.getByRole('button', { name: 'Create key' }).click();
}

/** Reads the secret that is shown, runs the curl line as it stands, and leaves the page. */
async function storeSecret(): Promise<string> {
  await page.getByRole('heading', { name: 'Store this secret now' }).waitFor();
  const secret = await page.getByRole('region', { name: 'secret', exact: true }).innerText();
  const line = await page.getByRole('region', { name: 'curl', exact: true }).innerText();
  secrets.push(secret.trim());
  const { stdout } = await run('/bin/sh', ['-c', `${line.trim()} --silent`]);
  expect(JSON.parse(stdout)).toMatchObject({ valid: true, code: 'VALID', service: 'short-links' });
  expect(await kept()).not.toContain(secret.trim());
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
  return secret.trim();
}

const rowOf = (name: string) => page.getByRole('row').filter({ hasText: name });

describe('the walk', () => {
  test('the first account becomes the operator and makes an organization', async () => {
    await page.goto(keyward.url);
    await page.getByLabel('Name').fill('Ada Lovelace');
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.getByRole('heading', { name: 'Create your organization' }).waitFor();
    await page.getByRole('textbox', { name: 'Name' }).fill('Acme');
    await page.getByRole('button', { name: 'Create organization' }).click();
    await page.waitForURL(`${keyward.url}/o/acme/keys`);
    await page.getByRole('link', { name: 'Go to services' }).waitFor();
  });

  test('the operator takes a service from its preset', async () => {
    await page.getByRole('link', { name: 'Go to services' }).click();
    await page.getByRole('button', { name: 'Add Short Links API' }).click();
    await page.getByRole('link', { name: 'Create a key of Short Links API' }).waitFor();
  });

  test('a user key and a bot key each show their secret once, with a curl line that works', async () => {
    await createKey('Ada’s laptop', 'User key');
    expect(await storeSecret()).toMatch(/^h0p_[0-9A-Za-z]{38}$/);
    await createKey('Link importer', 'Bot key');
    await storeSecret();
    expect(await page.content()).not.toContain(secrets[0]);
    expect(await page.content()).not.toContain(secrets[1]);
  });

  test('a second user key is refused with what to do instead', async () => {
    await createKey('One too many', 'User key');
    await page.getByText(/You already have a user key of short-links/).waitFor();
    await page.goto(`${keyward.url}/o/acme/keys`);
    await rowOf('Ada’s laptop').waitFor();
    expect(await rowOf('One too many').count()).toBe(0);
  });

  test('the list says whose each key is, what it may do, how it ends and when it was used', async () => {
    const user = await rowOf('Ada’s laptop').innerText();
    expect(user).toContain('Ada Lovelace');
    const bot = await rowOf('Link importer').innerText();
    expect(bot).toContain('Bot');
    expect(bot).toContain(secrets[1]?.slice(-4));
    expect(bot).toContain('shortLinks');
    expect(bot).toContain('Never');

    const answer = await fetch(`${keyward.url}/v1/forward-auth?service=short-links`, {
      headers: { 'x-api-key': secrets[1] ?? '' },
    });
    expect(answer.status).toBe(200);
    await expect
      .poll(
        async () => {
          await page.reload();
          return rowOf('Link importer').innerText();
        },
        { timeout: 10_000 },
      )
      .not.toContain('Never');
  });

  test('a revocation asks first, and then no call with the key gets through', async () => {
    await rowOf('Link importer').getByRole('button').last().click();
    await page.getByRole('menuitem', { name: /Revoke/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('Link importer');
    await dialog.getByRole('checkbox').check();
    await dialog.getByRole('button', { name: /Revoke/ }).click();
    await dialog.waitFor({ state: 'hidden' });
    const answer = await fetch(`${keyward.url}/v1/test`, {
      headers: { 'x-api-key': secrets[1] ?? '' },
    });
    expect(answer.status).toBe(401);
    expect(await answer.json()).toMatchObject({ code: 'key_revoked' });
    await rowOf('Link importer').getByText('Revoked').waitFor();
  });

  test('a deep link survives signing out and in again', async () => {
    await page.getByRole('button', { name: /^Account/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('button', { name: 'Sign in' }).waitFor();
    await page.goto(`${keyward.url}/o/acme/services`);
    await page.getByLabel('Email').fill('ada@example.com');
    await page.getByRole('textbox', { name: 'Password' }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(`${keyward.url}/o/acme/services`);
    await page.getByRole('heading', { name: 'Services', level: 1 }).waitFor();
  });

  test('an invitation’s link makes its reader a member, and stays out of the address', async () => {
    const admin = consoleClient(keyward.url);
    await admin.trpc.account.signIn.mutate({ email: 'ada@example.com', password });
    const [acme] = await admin.trpc.organizations.list.query();
    const { url } = await admin
      .within(acme?.id ?? '')
      .members.invite.mutate({ email: 'grace@example.com', role: 'member' });
    const visitor = await browser.newContext();
    const theirs = await visitor.newPage();
    await theirs.goto(url);
    await theirs.getByRole('heading', { name: 'Join Acme' }).waitFor();
    expect(theirs.url()).toBe(`${keyward.url}/join`);
    await theirs.getByRole('textbox', { name: 'Name' }).fill('Grace Hopper');
    await theirs.getByRole('textbox', { name: 'Password' }).fill(password);
    await theirs.getByRole('button', { name: 'Create account and join' }).click();
    await theirs.waitForURL(`${keyward.url}/o/acme/keys`);
    await theirs.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
    await visitor.close();
  });

  test('the browser had nothing to complain of on the way', () => {
    expect(complaints).toEqual([]);
  });
});
