import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openConsole } from '../support/open-console.ts';
import { restClient } from '../support/rest-client.ts';
import { type MadeKey, type Member, makeKey, makeMember, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let admin: Member;
let home: string;
let page: Page;

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  await putPresets(keyward, 'merchant');
  const { organizationId, secret } = keyward.bootstrap;
  admin = await makeMember(keyward, { organizationId, role: 'admin' });
  const organizations = await restClient(keyward.url, secret)('GET', '/v1/organizations');
  home = `${keyward.url}/o/${organizations.body.data[0].slug}`;
  page = await openAsAdmin();
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const openAsAdmin = (options = {}) =>
  openConsole(browser, keyward.url, { email: admin.user.email, password: admin.password }, options);

const makeMerchantKey = (name: string) =>
  makeKey(keyward, { name, service: 'merchant', permissions: ['products:read'] });

/** A real verification, as a gateway asks for it. */
async function verify(secret: string, ip = '203.0.113.9'): Promise<string> {
  const rest = restClient(keyward.url, keyward.bootstrap.secret);
  const { body } = await rest('POST', '/v1/keys/verify', { body: { key: secret, ip } });
  return body.code;
}

async function openSecrets({ key }: Pick<MadeKey, 'key'>): Promise<void> {
  await page.goto(`${home}/keys/${key.id}/secrets`);
  await page.getByRole('heading', { name: /^(Rotate|Rotation)$/ }).waitFor();
}

const newSecret = () => page.getByRole('region', { name: 'secret', exact: true });

async function createSecret(): Promise<string> {
  await page.getByRole('button', { name: 'Create new secret' }).click();
  await page.getByRole('heading', { name: 'Store the new secret now' }).waitFor();
  return (await newSecret().innerText()).trim();
}

async function storeSecret(): Promise<void> {
  await page.getByRole('button', { name: 'I have stored it' }).click();
  await newSecret().waitFor({ state: 'hidden' });
}

const step = (name: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByRole('heading', { name: new RegExp(`^${name}`) }) });
const dialog = () => page.getByRole('dialog');

test('the playbook from the first step to the last, each with its evidence as it comes', async () => {
  const made = await makeMerchantKey('Production Telegram bot');
  const old = made.secret;
  expect(await verify(old)).toBe('VALID');

  await openSecrets(made);
  await page.getByText(/^Both secrets are good until/).waitFor();
  const next = await createSecret();
  expect(next).toMatch(/^hk_live_/);

  // Nobody leaves by chance while the secret stands there.
  await page.getByRole('navigation', { name: 'Key' }).getByRole('link', { name: 'Audit' }).click();
  await dialog().getByRole('button', { name: 'Stay' }).click();
  expect((await newSecret().innerText()).trim()).toBe(next);
  await storeSecret();
  expect(await page.content()).not.toContain(next);

  await step('Create').getByText(`by ${admin.user.name}`).waitFor();
  await step('Store').getByText(`${admin.user.name} said so`).waitFor();
  await step('Deploy').getByText('No call with the new secret yet.').waitFor();

  // From here on the page is touched by nobody: what comes, comes by itself.
  expect(await verify(next, '203.0.113.10')).toBe('VALID');
  await step('Deploy').getByText('its first call came').waitFor();
  await step('Seen in use').getByText(', from 203.0.113.10').waitFor();
  expect(await verify(old)).toBe('VALID');
  await step('Seen in use').getByText('something still runs with it').waitFor();
  await step('Seen in use').getByText('203.0.113.9').waitFor();

  await page.getByRole('button', { name: 'Finish now' }).click();
  await dialog()
    .getByText(/The old secret was used \d+ seconds? ago, from 203\.0\.113\.9/)
    .waitFor();
  const retire = dialog().getByRole('button', { name: 'Retire the old secret' });
  expect(await retire.isDisabled()).toBe(true);
  await dialog().getByRole('checkbox').check();
  await retire.click();
  await page.getByText(/^Dead on the one node after [\d,]+ ms$/).waitFor();
  expect([await verify(old), await verify(next)]).toEqual(['RETIRED', 'VALID']);

  await page.reload();
  await page.getByText('Retired', { exact: true }).waitFor();
  await expect
    .poll(
      async () => {
        await page.reload();
        await page.getByRole('heading', { name: 'Retired' }).waitFor();
        return page.getByText('something still has it').count();
      },
      { timeout: 10_000 },
    )
    .toBe(1);
}, 90_000);

test('a secret that was lost is rolled back, and the old one goes on', async () => {
  const made = await makeMerchantKey('Warehouse fulfilment sync');
  await openSecrets(made);
  await page.getByRole('radio', { name: '7 days' }).check();
  const lost = await createSecret();
  const guards: string[] = [];
  page.once('dialog', (asked) => {
    guards.push(asked.type());
    void asked.accept();
  });
  await page.reload();
  expect(guards).toEqual(['beforeunload']);
  await step('Store').getByText('nobody has said that it was stored').waitFor();
  expect(await page.content()).not.toContain(lost);

  await page.getByRole('button', { name: 'Roll back' }).click();
  await dialog().getByRole('button', { name: 'Roll back' }).click();
  await page.getByText(/^Dead on the one node/).waitFor();
  expect([await verify(made.secret), await verify(lost)]).toEqual(['VALID', 'RETIRED']);
  await page.getByRole('heading', { name: 'Rotate', exact: true }).waitFor();
}, 60_000);

test('a rollback of a secret that is in use warns, and has to be meant', async () => {
  const made = await makeMerchantKey('Discord checkout');
  await openSecrets(made);
  const next = await createSecret();
  await storeSecret();
  expect(await verify(next)).toBe('VALID');
  await step('Deploy').getByText('its first call came').waitFor();
  await page.getByRole('button', { name: 'Roll back' }).click();
  await dialog()
    .getByText(/The new secret was used .* Whatever has it already/)
    .waitFor();
  const back = dialog().getByRole('button', { name: 'Roll back' });
  expect(await back.isDisabled()).toBe(true);
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'hidden' });
  expect(await verify(next)).toBe('VALID');
}, 60_000);

test('a finish before the new secret was seen warns', async () => {
  const made = await makeMerchantKey('Support script');
  await openSecrets(made);
  await createSecret();
  await storeSecret();
  await page.getByRole('button', { name: 'Finish now' }).click();
  await dialog().getByText('The new secret has not been seen in use.').waitFor();
  expect(await dialog().getByRole('button', { name: 'Retire the old secret' }).isDisabled()).toBe(
    true,
  );
}, 60_000);

test('a quiet secret retires by itself, and the page says so by itself', async () => {
  const made = await makeMerchantKey('Launch-week support');
  const { id } = made.key;
  await verify(made.secret);
  await openSecrets(made);
  await page.getByRole('radio', { name: 'When it has been quiet' }).check();
  await page.getByRole('radio', { name: 'Another time' }).check();
  await page.getByRole('button', { name: 'Create new secret' }).click();
  await page.getByText('Write a whole number').waitFor();
  await page.getByLabel('How many').fill('5');
  await page.getByRole('combobox', { name: 'Of what' }).selectOption('minutes');
  await page.getByText(/no call has come with the old one for 5 minutes/).waitFor();
  const next = await createSecret();
  await storeSecret();
  await step('Retire').getByText('quiet for 5 minutes').waitFor();
  await verify(next);
  await step('Retire').getByText('It retires by itself in').waitFor();
  await keyward.change(`update key_secrets set first_used_at = now() - interval '6 minutes',
    last_used_at = now() - interval '6 minutes' where key_id = '${id}'`);
  await page.getByRole('heading', { name: 'Rotate', exact: true }).waitFor();
  await page.getByRole('heading', { name: 'Retired', exact: true }).waitFor();
  await page.getByText('Rotating').waitFor({ state: 'hidden' });
  expect([await verify(made.secret), await verify(next)]).toEqual(['RETIRED', 'VALID']);
}, 60_000);

test('a secret that leaked ends at once, and that has to be meant', async () => {
  const made = await makeMerchantKey('Leaked');
  await openSecrets(made);
  await page.getByRole('radio', { name: 'At once' }).check();
  expect(await page.getByRole('button', { name: 'Create new secret' }).isDisabled()).toBe(true);
  await page.getByRole('checkbox').check();
  const next = await createSecret();
  expect([await verify(made.secret), await verify(next)]).toEqual(['RETIRED', 'VALID']);
  await storeSecret();
  await page.getByRole('heading', { name: 'Rotate', exact: true }).waitFor();
}, 60_000);

test('axe finds no violation at any step, in light or dark', async () => {
  const { key, secret } = await makeMerchantKey('Seen by axe');
  const own = page;
  try {
    page = await openAsAdmin();
    await openSecrets({ key });
    await expectAccessible(page, 'before');
    const next = await createSecret();
    await expectAccessible(page, 'the new secret');
    await storeSecret();
    await verify(next);
    await verify(secret);
    await page.getByText('its first call came').waitFor();
    await expectAccessible(page, 'the proof');
    await page.getByRole('button', { name: 'Roll back' }).click();
    await dialog().getByRole('checkbox').check();
    await expectAccessible(page, 'the question');
    await dialog().getByRole('button', { name: 'Roll back' }).click();
    await page.getByText(/^Dead on the one node/).waitFor();
    await page.getByRole('heading', { name: 'Rotate', exact: true }).waitFor();
    await expectAccessible(page, 'after');
    await page.context().close();
  } finally {
    page = own;
  }
}, 120_000);
