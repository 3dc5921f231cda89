import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { listConsolePages, openSignedIn, operatorCookie } from '../support/console-pages.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { restClient } from '../support/rest-client.ts';
import { putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

const run = promisify(execFile);
const hasPython = await run('python3', ['--version']).then(
  () => true,
  () => false,
);

let keyward: TestKeyward;
let browser: Browser;
let createPage: string;
let cookie: { name: string; value: string };
let page: Page;
let folder: string;

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  const [, newKey] = await listConsolePages(keyward);
  createPage = newKey?.[1].replace(/\?.*/, '') ?? '';
  await putPresets(keyward, 'merchant', 'review-loops');
  cookie = await operatorCookie(keyward);
  folder = await mkdtemp(join(tmpdir(), 'keyward-snippets-'));
});
beforeEach(async () => {
  const context = await openSignedIn(browser, keyward, cookie);
  page = await context.newPage();
});
afterEach(() => page.context().close());
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

const block = (name: string) => page.getByRole('region', { name, exact: true }).innerText();

async function createKey(service: string): Promise<string> {
  await page.goto(`${createPage}?service=${service}`);
  await page.getByRole('textbox', { name: 'Name' }).fill('Production reader');
  await page.getByRole('radio', { name: 'Bot key' }).check();
  await page.getByRole('button', { name: 'Create key' }).click();
  await page.getByRole('heading', { name: 'Store this secret now' }).waitFor();
  return (await block('secret')).trim();
}

async function snippet(tab: string, name = tab): Promise<string> {
  await page.getByRole('tab', { name: tab }).click();
  return block(name);
}

/** An API of the integrator's own, which notes how it was called. */
async function startUpstream() {
  const calls: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    calls.push(request.headers);
    response.setHeader('Content-Type', 'application/json').end('{"from":"upstream"}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    [Symbol.asyncDispose]: async () => void server.close(),
  };
}

/** Runs a snippet as a file with this environment, and answers what it prints. */
async function runFile(command: string, name: string, code: string, env: Record<string, string>) {
  const file = join(folder, name);
  await writeFile(file, code);
  const { PATH = '' } = process.env;
  return (await run(command, [file], { env: { PATH, ...env } })).stdout;
}

describe.each([
  ['short-links', 'SHORT_LINKS_API_KEY', 'x-api-key', ''],
  ['merchant', 'MERCHANT_API_KEY', 'X-Hilt-Key', ''],
  ['review-loops', 'REVIEW_LOOPS_API_KEY', 'Authorization', 'Bearer '],
])('a key of %s', (service, variable, header, scheme) => {
  test('its snippets run as they stand, and present it as its service wants', async () => {
    await using upstream = await startUpstream();
    const secret = await createKey(service);
    const curl = (await block('curl')).trim();
    expect(curl).toContain(`-H '${header}: ${scheme}${secret}'`);
    const { stdout } = await run('/bin/sh', ['-c', `${curl} --silent`]);
    expect(JSON.parse(stdout)).toMatchObject({ valid: true, service });

    const programs = [
      ['node', 'snippet.ts', await snippet('TypeScript')],
      ...(hasPython ? [['python3', 'snippet.py', await snippet('Python')]] : []),
    ] as [string, string, string][];
    for (const [command, file, code] of programs) {
      expect(code).not.toContain(secret);
      const env = { [variable]: secret };
      expect(await runFile(command, file, code, env)).toMatch(/^200 /);
      const theirs = code.replace(`${keyward.url}/v1/test`, upstream.url);
      expect(await runFile(command, file, theirs, env)).toContain('upstream');
      expect(upstream.calls.at(-1)?.[header.toLowerCase()]).toBe(`${scheme}${secret}`);
    }
    const nginx = await snippet('Gateway', 'nginx');
    const passed = header.toLowerCase().replaceAll('-', '_');
    expect(nginx).toContain(`proxy_set_header ${header} $http_${passed};`);
    expect(nginx).toContain(
      `proxy_pass ${keyward.url}/v1/forward-auth?service=${service}&deny=403;`,
    );
    const caddy = await block('Caddy');
    expect(caddy).toContain(`forward_auth ${keyward.url} {`);
    expect(caddy).toContain(`uri /v1/forward-auth?service=${service}`);
    expect(caddy).toContain(`${header}: ${scheme}<key>`);
    expect(`${nginx}${caddy}`).not.toContain(secret);
  }, 60_000);
});

test('the secret is handed over as a file for the environment, and kept nowhere else', async () => {
  const secret = await createKey('short-links');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download short-links.env' }).click(),
  ]);
  expect(download.suggestedFilename()).toBe('short-links.env');
  expect(download.url()).not.toContain(secret);
  const file = await readFile(await download.path(), 'utf8');
  expect(file).toBe(`SHORT_LINKS_API_KEY=${secret}\n`);
  const kept = await page.evaluate<string>(
    'JSON.stringify([location.href, { ...localStorage }, { ...sessionStorage }, history.state])',
  );
  expect(kept).not.toContain(secret);
  expect(keyward.logs.join('\n')).not.toContain(secret);

  await page.getByRole('link', { name: 'Services' }).click();
  const dialog = page.getByRole('dialog', { name: 'Leave without the secret?' });
  await dialog.getByRole('button', { name: 'Stay' }).click();
  expect((await block('secret')).trim()).toBe(secret);
});

test('a session that ends meanwhile does not take the secret away', async () => {
  const secret = await createKey('short-links');
  await keyward.database.execute('delete from sessions');
  const refused = () =>
    page.waitForResponse((response) => response.url().includes('keys.get') && !response.ok());
  await refused();
  await refused();
  expect((await block('secret')).trim()).toBe(secret);
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await page.content()).not.toContain(secret);
  cookie = await operatorCookie(keyward);
});

test('the wait for the first call turns green by itself, and says from where', async () => {
  await page.clock.install();
  const secret = await createKey('short-links');
  const status = page.getByRole('status').filter({ hasText: /first call/ });
  await status.getByText('Waiting for the first call…').waitFor();
  const asks = page.waitForRequest(/keys\.get/);
  await page.clock.runFor(1_500);
  await asks;
  const verifier = restClient(keyward.url, keyward.bootstrap.secret);
  const refused = await verifier('POST', '/v1/keys/verify', {
    body: { key: secret, permissions: ['domains:delete'] },
  });
  expect(refused.body.code).toBe('INSUFFICIENT_PERMISSIONS');
  await status.getByText('Permission missing (1)').waitFor();
  expect(await status.innerText()).toContain('Waiting');
  const { body } = await verifier('POST', '/v1/keys/verify', {
    body: { key: secret, ip: '203.0.113.9' },
  });
  expect(body.code).toBe('VALID');
  const start = performance.now();
  await status.getByText('The first call has arrived').waitFor();
  // The counts are written each second and asked for each second; the rest is a busy machine.
  expect(performance.now() - start).toBeLessThan(4_000);
  expect(await status.innerText()).toContain('from 203.0.113.9');

  // Once it has been seen, nothing is asked any more.
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await page.clock.runFor(5_000);
  expect(asked).toEqual([]);
});

test('axe finds no violation beside the secret in light or dark', async () => {
  await createKey('short-links');
  for (const tab of ['curl', 'TypeScript', 'Gateway']) {
    await page.getByRole('tab', { name: tab }).click();
    await expectAccessible(page, tab);
  }
  await page.keyboard.press('Shift+Tab');
  await page.getByRole('tab', { name: 'Gateway' }).press('ArrowRight');
  await expect.poll(() => page.getByRole('tab', { selected: true }).innerText()).toBe('curl');
});
