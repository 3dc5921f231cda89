import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { consoleClient } from '../support/console-client.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openConsole } from '../support/open-console.ts';
import { restClient } from '../support/rest-client.ts';
import { type Member, makeKey, makeMember, putPresets } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let admin: Member;
let home: string;
let page: Page;

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  await putPresets(keyward, 'contracts', 'merchant');
  const { organizationId } = keyward.bootstrap;
  admin = await makeMember(keyward, { organizationId, role: 'admin' });
  const organizations = await operator('GET', '/v1/organizations');
  home = `${keyward.url}/o/${organizations.body.data[0].slug}`;
  page = await openAs(admin);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const operator: ReturnType<typeof restClient> = (...call) =>
  restClient(keyward.url, keyward.bootstrap.secret)(...call);
const openAs = ({ user: { email }, password }: Member, options = {}) =>
  openConsole(browser, keyward.url, { email, password }, options);
const dialog = () => page.getByRole('dialog');
const saveButton = () => dialog().getByRole('button', { name: 'Save changes' });

/** A key with something to change, its page open. */
async function openKey(name: string) {
  const made = await makeKey(keyward, {
    name,
    service: 'contracts',
    permissions: ['contracts:read'],
    externalId: 'customer-41',
    metadata: { team: 'growth', seats: 5 },
  });
  await page.goto(`${home}/keys/${made.key.id}`);
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  return made;
}

async function openEdit(): Promise<void> {
  await page.getByRole('button', { name: 'Edit' }).click();
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).waitFor();
}

async function chooseAction(name: string): Promise<void> {
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name }).click();
}

const readKey = async (id: string) => (await operator('GET', `/v1/keys/${id}`)).body;
const outcomeOf = async (key: string) =>
  (await operator('POST', '/v1/keys/verify', { body: { key } })).body.code;

/** What the console sends of a key when this is saved. */
async function sentBy(save: () => Promise<void>): Promise<unknown> {
  const sent = page.waitForRequest((request) => request.url().includes('keys.update'));
  await save();
  return (await sent).postDataJSON()[0].changes;
}

test('everything that can be changed is, and nothing else is sent', async () => {
  const { key } = await openKey('Production Telegram bot');
  await openEdit();
  expect(await saveButton().isDisabled()).toBe(true);
  await dialog().getByRole('radio', { name: 'Its own' }).check();
  await dialog().getByLabel('Requests').fill('250');
  await dialog().getByRole('combobox', { name: 'Within' }).selectOption('24 hours');
  await dialog().getByRole('radio', { name: 'In 30 days' }).check();
  await dialog().getByRole('textbox', { name: 'External id' }).fill('');
  await dialog().getByRole('textbox', { name: 'Value 2, in JSON' }).fill('6');
  await dialog().getByRole('button', { name: 'Remove team' }).click();
  await dialog().getByRole('button', { name: 'Add metadata' }).click();
  await page.keyboard.type('region');
  await dialog().getByRole('textbox', { name: 'Value 2', exact: true }).fill('eu');
  const changes = await sentBy(() => saveButton().click());
  expect(changes).toEqual({
    rateLimit: { limit: 250, windowSeconds: 86_400 },
    expiresAt: expect.any(String),
    externalId: null,
    metadata: { seats: 6, region: 'eu' },
  });
  await page.getByText(/^In force on the one node after [\d,]+ ms$/).waitFor();
  const changed = await readKey(key.id);
  expect(changed).toMatchObject({
    name: 'Production Telegram bot',
    rateLimit: { limit: 250, windowSeconds: 86_400 },
    externalId: null,
    metadata: { seats: 6, region: 'eu' },
  });
  const days = (Date.parse(changed.expiresAt) - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(29.9);
  expect(days).toBeLessThan(30);

  await openEdit();
  await dialog().getByRole('radio', { name: 'partner' }).check();
  await dialog().getByRole('radio', { name: 'As its tier' }).check();
  await dialog().getByRole('radio', { name: 'Never' }).check();
  expect(await sentBy(() => saveButton().click())).toEqual({
    tier: 'partner',
    rateLimit: 'tier',
    expiresAt: null,
  });
  await dialog().waitFor({ state: 'hidden' });
  expect(await readKey(key.id)).toMatchObject({
    tier: 'partner',
    rateLimit: { limit: 10_000, windowSeconds: 3_600 },
    expiresAt: null,
  });
}, 60_000);

test('the first field that is wrong has the focus, however soon the next frame comes', async () => {
  await openKey('Quick frames');
  await openEdit();
  await page.evaluate('window.requestAnimationFrame = (run) => (run(performance.now()), 0)');
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill(' ');
  await saveButton().click();
  await dialog().getByText('Write at least one character.').waitFor();
  await expect.poll(() => page.evaluate<string>('document.activeElement.value')).toBe(' ');
}, 60_000);

test('a new row of metadata takes what is typed next, however late the next frame comes', async () => {
  await openKey('Late frames');
  await openEdit();
  await page.evaluate('window.requestAnimationFrame = () => 0');
  await dialog().getByRole('button', { name: 'Add metadata' }).click();
  await page.keyboard.type('region');
  const field = dialog().getByRole('textbox', { name: 'Name 3', exact: true });
  expect(await field.inputValue()).toBe('region');
}, 60_000);

test('what is wrong is said by its field, by the page and by the server alike', async () => {
  await openKey('Campaign mailer');
  await openEdit();
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill(' ');
  await dialog().getByRole('radio', { name: 'Its own' }).check();
  await dialog().getByLabel('Requests').fill('many');
  await dialog().getByRole('radio', { name: 'On a date' }).check();
  await dialog().getByRole('textbox', { name: 'Value 2, in JSON' }).fill('five');
  await saveButton().click();
  for (const message of [
    'Write at least one character.',
    'Write a whole number of requests.',
    'Choose a day that is still to come.',
    'The value of seats is JSON',
  ]) {
    await dialog().getByText(message).waitFor();
  }
  const focused = () => page.evaluate<string>('document.activeElement.value');
  await expect.poll(focused).toBe(' ');

  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Campaign mailer');
  await dialog().getByRole('radio', { name: 'Never, as it is' }).check();
  await dialog().getByRole('textbox', { name: 'Value 2, in JSON' }).fill('5');
  await dialog().getByLabel('Requests').fill('5000');
  await saveButton().click();
  // Once by the field, and once with the request to ask about.
  const refusal = dialog().getByText('The tier public allows 1000 in 3600 s');
  await refusal.first().waitFor();
  await expect.poll(focused).toBe('5000');
}, 60_000);

test('a rename shows before the server has answered, and goes back when it is refused', async () => {
  const { key } = await openKey('Old name');
  let answer = (_: 'pass' | 'fail') => {};
  const decided = new Promise<'pass' | 'fail'>((resolve) => {
    answer = resolve;
  });
  await page.route('**/trpc/keys.update*', async (route) => {
    await (((await decided) === 'pass' && route.continue()) || route.abort());
  });
  await openEdit();
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('New name');
  await saveButton().click();
  await page.getByRole('heading', { name: 'New name', level: 1 }).waitFor();
  expect((await readKey(key.id)).name).toBe('Old name');
  answer('fail');
  await page.getByRole('heading', { name: 'Old name', level: 1 }).waitFor();
  await page.getByText('Keyward cannot be reached').waitFor();
  await page.unroute('**/trpc/keys.update*');

  await openEdit();
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('New name');
  expect(await sentBy(() => saveButton().click())).toEqual({ name: 'New name' });
  await page.getByRole('heading', { name: 'New name', level: 1 }).waitFor();
  await expect.poll(async () => (await readKey(key.id)).name).toBe('New name');
}, 60_000);

test('the answer to a rename leaves alone what is edited by then', async () => {
  await openKey('Slowly named');
  const answer = Promise.withResolvers<void>();
  await page.route('**/trpc/keys.update*', async (route) => {
    await answer.promise;
    await route.continue();
  });
  await openEdit();
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill('Soon named');
  await saveButton().click();
  await dialog().waitFor({ state: 'hidden' });
  await openEdit();
  await dialog().getByRole('textbox', { name: 'External id' }).fill('customer-42');
  answer.resolve();
  await page.getByText(/^In force on the one node/).waitFor();
  await page.unroute('**/trpc/keys.update*');
  const typed = dialog().getByRole('textbox', { name: 'External id' });
  expect(await typed.inputValue()).toBe('customer-42');
}, 60_000);

test('what others do with the key while its form is open is told, and stays', async () => {
  const { key } = await openKey('Shared');
  await openEdit();
  await dialog().getByRole('textbox', { name: 'External id' }).fill('customer-42');
  await operator('PATCH', `/v1/keys/${key.id}`, { body: { status: 'suspended' } });
  await dialog().getByText('This key is suspended now').waitFor();
  await saveButton().click();
  await dialog().waitFor({ state: 'hidden' });
  expect(await readKey(key.id)).toMatchObject({ status: 'suspended', externalId: 'customer-42' });

  await openEdit();
  await dialog().getByRole('textbox', { name: 'External id' }).fill('customer-43');
  await operator('DELETE', `/v1/keys/${key.id}`);
  await dialog().getByText('This key was revoked while you were editing').waitFor();
  expect(await saveButton().isDisabled()).toBe(true);
}, 60_000);

test('a key is suspended, resumed and revoked, each with its receipt', async () => {
  const { secret } = await openKey('Link importer');
  expect(await outcomeOf(secret)).toBe('VALID');
  await chooseAction('Suspend key');
  await dialog().getByText('Calls with it are refused at once').waitFor();
  await dialog().getByRole('button', { name: 'Suspend key' }).click();
  await page.getByText(/^Suspended on the one node after/).waitFor();
  expect(await outcomeOf(secret)).toBe('SUSPENDED');

  await chooseAction('Resume key');
  await dialog().getByRole('button', { name: 'Resume key' }).click();
  await page.getByText(/^Accepted on the one node after/).waitFor();
  expect(await outcomeOf(secret)).toBe('VALID');

  await chooseAction('Revoke key');
  await dialog().getByRole('checkbox').check();
  await dialog().getByRole('button', { name: 'Revoke key' }).click();
  await page.getByText(/^Dead on the one node after/).waitFor();
  expect(await outcomeOf(secret)).toBe('REVOKED');
  await page.getByRole('button', { name: 'Actions' }).waitFor({ state: 'hidden' });
  expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0);
}, 60_000);

test('a member edits and suspends their own key, and only an admin resumes it', async () => {
  const { organizationId } = keyward.bootstrap;
  const member = await makeMember(keyward, { organizationId });
  const client = consoleClient(keyward.url);
  await client.trpc.account.signIn.mutate({
    email: member.user.email,
    password: member.password,
  });
  const { key } = await client.within(organizationId).keys.create.mutate({
    kind: 'user',
    name: 'Mine',
    service: 'merchant',
    permissions: ['products:read'],
  });
  const own = page;
  page = await openAs(member);
  try {
    await page.goto(`${home}/keys/${key.id}`);
    await chooseAction('Suspend key');
    await dialog().getByRole('button', { name: 'Suspend key' }).click();
    await page.getByText(/^Suspended on/).waitFor();
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Revoke key' }).waitFor();
    expect(await page.getByRole('menuitem', { name: 'Resume key' }).count()).toBe(0);
    await page.keyboard.press('Escape');
    await openEdit();
    await dialog().getByRole('textbox', { name: 'External id' }).fill('mine-1');
    await saveButton().click();
    await dialog().waitFor({ state: 'hidden' });
    expect(await readKey(key.id)).toMatchObject({ status: 'suspended', externalId: 'mine-1' });
  } finally {
    await page.context().close();
    page = own;
  }
}, 60_000);

test('on a phone one menu holds it all', async () => {
  const { key } = await openKey('Pocket');
  const own = page;
  page = await openAs(admin, { viewport: { width: 390, height: 800 } });
  try {
    await page.goto(`${home}/keys/${key.id}`);
    await page.getByRole('heading', { name: 'Pocket', level: 1 }).waitFor();
    expect(await page.getByRole('button', { name: 'Edit' }).count()).toBe(0);
    await chooseAction('Rotate');
    await page.waitForURL(/\/secrets$/);
    await chooseAction('Edit');
    await dialog().getByRole('textbox', { name: 'Name', exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await dialog().waitFor({ state: 'hidden' });
    const focused = await page.evaluate<string>('document.activeElement.ariaLabel');
    expect(focused).toBe('Actions');
  } finally {
    await page.context().close();
    page = own;
  }
}, 60_000);

test('axe finds no violation in the dialogs, in light or dark', async () => {
  const own = page;
  page = await openAs(admin, { reducedMotion: 'reduce' });
  try {
    await openKey('Seen by axe');
    await openEdit();
    await dialog().getByRole('radio', { name: 'Its own' }).check();
    await dialog().getByLabel('Requests').fill('many');
    await saveButton().click();
    await dialog().getByText('Write a whole number of requests.').waitFor();
    await expectAccessible(page, 'the edit');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Actions' }).click();
    await page.getByRole('menuitem', { name: 'Revoke key' }).waitFor();
    await expectAccessible(page, 'the menu');
    await page.getByRole('menuitem', { name: 'Suspend key' }).click();
    await dialog().waitFor();
    await expectAccessible(page, 'the question');
  } finally {
    await page.context().close();
    page = own;
  }
}, 90_000);
