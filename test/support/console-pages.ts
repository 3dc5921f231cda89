import type { Browser, BrowserContext } from 'playwright-core';
import { consoleClient } from './console-client.ts';
import { restClient } from './rest-client.ts';
import { operatorPassword, type TestKeyward } from './test-keyward.ts';

/** A page of the console: what it is called, and its address. */
export type ConsolePage = readonly [name: string, address: string];

/** Every page within an organization, on a Keyward that has a service to make keys of. */
export async function listConsolePages(keyward: TestKeyward): Promise<ConsolePage[]> {
  const operator = restClient(keyward.url, keyward.bootstrap.secret);
  await operator('PUT', '/v1/services/short-links', { body: { preset: 'short-links' } });
  const organizations = await operator('GET', '/v1/organizations');
  const home = `${keyward.url}/o/${organizations.body.data[0].slug}`;
  return [
    ['the keys', `${home}/keys`],
    ['a new key', `${home}/keys/new?service=short-links`],
    ['the import of keys', `${home}/keys/import`],
    ...['', '/activity', '/permissions', '/network', '/secrets', '/audit', '/explain'].map(
      (tab) => [`a key${tab}`, `${home}/keys/${keyward.bootstrap.keyId}${tab}`] as const,
    ),
    ['the overview', `${home}/overview`],
    ['the review', `${home}/review`],
    ['the members', `${home}/members`],
    ['the services', `${home}/services`],
    ['a new service', `${home}/services/new`],
    ['a service', `${home}/services/short-links`],
    ['the audit log', `${home}/audit`],
    ['the webhooks', `${home}/webhooks`],
    ['a new webhook', `${home}/webhooks/new`],
    ['the settings', `${home}/settings`],
    ['the account', `${keyward.url}/account`],
    ['all organizations', `${keyward.url}/organizations`],
    ['the audit log of the instance', `${keyward.url}/audit`],
    ['no such page', `${keyward.url}/nothing/here`],
  ];
}

/** The cookie of the operator's session, for a browser that has not signed in itself. */
export async function operatorCookie(
  keyward: TestKeyward,
): Promise<{ name: string; value: string }> {
  return sessionCookie(keyward, { email: keyward.bootstrap.email, password: operatorPassword });
}

export async function sessionCookie(
  keyward: Pick<TestKeyward, 'url'>,
  person: { email: string; password: string },
): Promise<{ name: string; value: string }> {
  const client = consoleClient(keyward.url);
  await client.trpc.account.signIn.mutate(person);
  const [name = '', value = ''] = client.cookies().split('=');
  return { name, value };
}

/** A browser profile of its own, signed in by a cookie: nothing is cached yet. */
export async function openSignedIn(
  browser: Browser,
  keyward: Pick<TestKeyward, 'url'>,
  cookie: { name: string; value: string },
  options: Parameters<Browser['newContext']>[0] = {},
): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  await context.addCookies([{ ...cookie, url: keyward.url }]);
  return context;
}
