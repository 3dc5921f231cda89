import { createKey } from '@keyward/server/keys/create-key';
import { handOverKey } from '@keyward/server/keys/hand-over-key';
import { createKeyOfKindInput } from '@keyward/shared/keys';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { consoleClient } from '../support/console-client.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator } from '../support/open-console.ts';
import { type RestClient, restClient } from '../support/rest-client.ts';
import { type MadeKey, makeKey, makeMember, putPresets } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let rest: RestClient;
let page: Page;
let home: string;
let made: MadeKey;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'contracts', 'analytics');
  rest = restClient(keyward.url, keyward.bootstrap.secret);
  home = await findHome(keyward);
  browser = await launchBrowser();
  page = await openAsOperator(browser, keyward);

  made = await makeKey(keyward, {
    name: 'Partner sync',
    service: 'contracts',
    permissions: ['contracts:*', 'vaults:read'],
  });
  const operator = consoleClient(keyward.url);
  const { email } = keyward.bootstrap;
  await operator.trpc.account.signIn.mutate({ email, password: operatorPassword });
  const within = operator.within(keyward.bootstrap.organizationId);
  await within.keys.update.mutate({
    id: made.key.id,
    changes: { name: 'Partner sync (EU)', permissions: ['vaults:read', 'contracts:read'] },
  });
  await rest('POST', `/v1/keys/${made.key.id}/rotate`, { body: { graceSeconds: 3600 } });
  await rest('POST', `/v1/keys/${made.key.id}/rotation`, { body: { action: 'rollback' } });
  await rest('PATCH', `/v1/keys/${made.key.id}`, { body: { status: 'suspended' } });
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const event = (text: string | RegExp) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByText(text) })
    .first();

test('each event says who did what, when, from where, in which request, and what it changed', async () => {
  await page.goto(`${home}/keys/${made.key.id}/audit`);
  await event('created this key').waitFor();
  const sentences = await page.getByRole('listitem').locator('p:first-child').allInnerTexts();
  expect(sentences).toEqual([
    'The key Bootstrap suspended this key',
    expect.stringMatching(
      /^The key Bootstrap rolled the rotation of this key back and .* \(…\w{4}\)$/,
    ),
    expect.stringMatching(
      /^The key Bootstrap rotated this key: it has a second secret \(…\w{4}\), and the older one stays good for 1 hour$/,
    ),
    'You changed the name and permissions of this key',
    'Keyward (test) created this key',
  ]);
  const words = async (text: string) => (await event(text).innerText()).replace(/\s+/g, ' ');
  const update = await words('changed the name and permissions');
  expect(update).toMatch(/from 127\.0\.0\.1 request req_[0-9a-z]{26}/);
  expect(update).toMatch(/Name Before: Partner sync After: Partner sync \(EU\)/);
  expect(update).toMatch(/Permissions Removed contracts:\* Added contracts:read/);
  expect(update).not.toContain('vaults:read');
  await event('created this key').getByText('As it was made').click();
  expect(await words('created this key')).toMatch(/Service contracts/);
  await page.getByRole('link', { name: 'Bootstrap' }).first().click();
  await page.waitForURL(new RegExp(`${keyward.bootstrap.keyId}$`));
});

test('a member’s key tells of its hand-over and of its owner’s removal', async () => {
  const { organizationId } = keyward.bootstrap;
  const { user } = await makeMember(keyward, { organizationId });
  const { database, requestId } = keyward.context;
  const { key } = await createKey(
    {
      ...{ database, requestId, organizationId, address: null, userAgent: null, role: 'member' },
      actor: {
        type: 'user',
        userId: user.id,
        email: user.email,
        name: user.name,
        isOperator: false,
      },
    },
    createKeyOfKindInput.parse({
      kind: 'user',
      name: 'Mine',
      service: 'analytics',
      permissions: [],
    }),
  );
  const { key: bot } = await handOverKey(keyward.context, key.id, 'In its place');
  await rest('DELETE', `/v1/members/${user.id}`);
  await page.goto(`${home}/keys/${key.id}/audit`);
  await event(`created this key`).waitFor();
  const sentences = await page.getByRole('listitem').locator('p:first-child').allInnerTexts();
  expect(sentences).toEqual([
    `The key Bootstrap removed ${user.name} from the organization, with one key`,
    'The key Bootstrap revoked this key, because its owner left the organization',
    'Keyward (test) handed the work of this key over to the bot key In its place',
    `${user.name} created this key`,
  ]);
  await page.goto(`${home}/keys/${bot.id}/audit`);
  await page.getByText('created this key to take over from Mine').waitFor();
});

test('a long history comes page by page, and the focus goes on to what came', async () => {
  const { key } = await makeKey(keyward, { name: 'Busy', service: 'contracts' });
  for (let count = 1; count <= 60; count += 1) {
    await rest('PATCH', `/v1/keys/${key.id}`, { body: { name: `Busy ${count}` } });
  }
  await page.goto(`${home}/keys/${key.id}/audit`);
  await event('Busy 60').waitFor();
  const sentences = page.getByText(/ this key$/);
  expect(await sentences.count()).toBe(50);
  await page.getByRole('button', { name: 'Load more' }).click();
  await event('created this key').waitFor();
  expect(await sentences.count()).toBe(61);
  expect(await page.getByRole('button', { name: 'Load more' }).count()).toBe(0);
  await expect
    .poll(() => page.evaluate<string>('document.activeElement.innerText'))
    .toContain('Busy 10');
});

test('axe finds nothing in light or dark', async () => {
  const shown = await openAsOperator(browser, keyward);
  await shown.goto(`${home}/keys/${made.key.id}/audit`);
  await shown.getByText('created this key').waitFor();
  await expectAccessible(shown, 'the history');
  await shown.context().close();
}, 120_000);
