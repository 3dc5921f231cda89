import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator, openConsole } from '../support/open-console.ts';
import { type RestClient, restClient } from '../support/rest-client.ts';
import { type MadeKey, makeKey, putPresets, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let rest: RestClient;
let page: Page;
let home: string;
beforeAll(async () => {
  keyward = await startTestKeyward();
  await putPresets(keyward, 'contracts', 'analytics');
  rest = restClient(keyward.url, keyward.bootstrap.secret);
  home = await findHome(keyward);
  browser = await launchBrowser();
  page = await openAsOperator(browser, keyward);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const verify = async ({ secret }: MadeKey, permission: string) =>
  (await rest('POST', '/v1/keys/verify', { body: { key: secret, permissions: [permission] } })).body
    .code;

/** A key of which `contracts:read` has been used today, and `vaults:read` long ago. */
async function usedKey(): Promise<MadeKey> {
  const made = await makeKey(keyward, {
    service: 'contracts',
    permissions: ['contracts:*', 'vaults:read', 'embed:use', 'apiKeys:verify'],
  });
  expect(await verify(made, 'contracts:read')).toBe('VALID');
  await keyward.database.execute(
    `insert into key_permission_days
      select '${made.key.id}', 'vaults:read', (now() - make_interval(days => d))::date
      from generate_series(40, 42) d`,
  );
  // As of the next flush of the counts.
  await expect
    .poll(async () => (await rest('GET', `/v1/keys/${made.key.id}`)).body.usage.totalRequests, {
      timeout: 10_000,
    })
    .toBe(1);
  return made;
}

const open = async ({ key }: MadeKey) => {
  await page.goto(`${home}/keys/${key.id}/permissions`);
  await page.getByRole('heading', { name: 'Permissions', level: 2 }).waitFor();
};

const permissionsOf = async ({ key }: MadeKey) =>
  (await rest('GET', `/v1/keys/${key.id}`)).body.permissions;

const row = (name: string) => page.getByRole('row').filter({ hasText: name });

describe('what is granted stands beside what was used', () => {
  test('with when, how often, and what was never used', async () => {
    const made = await usedKey();
    await open(made);
    await page.getByText('4 granted: 1 used in the last 30 days, 2 never used.').waitFor();
    expect(await row('contracts:*').innerText()).toContain('In use');
    const through = await row('used through it').innerText();
    expect(through).toContain('contracts:read');
    expect(through).toMatch(/\t1\b/);
    expect(await row('vaults:read').innerText()).toMatch(/\t3\b[\s\S]*Not used lately/);
    expect(await row('embed:use').innerText()).toContain('Never used');
    expect(await row('apiKeys:verify').innerText()).toContain('Never used');
  });
});

describe('trimming', () => {
  test('shows what stays, narrows and goes, warns of little use, and is in force when it is saved', async () => {
    const made = await usedKey();
    await open(made);
    await page.getByRole('button', { name: /^Trim to what was used/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('This key was used on one day only').waitFor();
    const narrowed = dialog.getByRole('region', { name: 'Narrowed' });
    expect(await narrowed.innerText()).toMatch(/contracts:\*[\s\S]*contracts:read/);
    const goes = await dialog.getByRole('region', { name: 'Goes' }).innerText();
    for (const gone of ['vaults:read', 'embed:use', 'apiKeys:verify']) {
      expect(goes).toContain(gone);
    }
    await dialog.getByRole('button', { name: 'Trim permissions' }).click();
    await page.getByText(/^In force on the one node after \d+ ms$/).waitFor();
    await dialog.waitFor({ state: 'hidden' });
    await page.getByText('1 granted: 1 used in the last 30 days, 0 never used.').waitFor();
    expect(await permissionsOf(made)).toEqual(['contracts:read']);
    expect(await verify(made, 'contracts:read')).toBe('VALID');
    expect(await verify(made, 'contracts:write')).toBe('INSUFFICIENT_PERMISSIONS');
    await page.getByRole('button', { name: /^Trim to what was used/ }).click();
    await dialog.getByText('There is nothing to trim.', { exact: false }).waitFor();
    expect(await dialog.getByRole('region', { name: 'Stays' }).innerText()).toContain(
      'contracts:read',
    );
  });

  test('of a key that nobody used says so, and asks for the loss of everything', async () => {
    const made = await makeKey(keyward, { service: 'contracts', permissions: ['contracts:*'] });
    await open(made);
    await page.getByRole('button', { name: /^Trim to what was used/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('This key was not used in 30 days').waitFor();
    await dialog.getByRole('button', { name: 'Remove every permission' }).waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(await permissionsOf(made)).toEqual(['contracts:*']);
  });

  test('of a key whose calls name no permission warns that its use says nothing', async () => {
    const made = await makeKey(keyward, { service: 'contracts', permissions: ['contracts:*'] });
    await rest('POST', '/v1/keys/verify', { body: { key: made.secret } });
    await expect
      .poll(async () => (await rest('GET', `/v1/keys/${made.key.id}`)).body.usage.totalRequests, {
        timeout: 10_000,
      })
      .toBe(1);
    await open(made);
    await page.getByRole('button', { name: /^Trim to what was used/ }).click();
    await page.getByRole('dialog').getByText('Its calls asked for no permission').waitFor();
  });
});

describe('editing by hand', () => {
  test('shows the difference and what would be missed before it is saved', async () => {
    const made = await usedKey();
    await open(made);
    await page.getByRole('button', { name: 'Edit permissions' }).click();
    const review = page.getByRole('button', { name: 'Review changes' });
    await review.waitFor();
    expect(await review.isDisabled()).toBe(true);
    await page.getByRole('checkbox', { name: /^contracts:read/ }).uncheck();
    await page.getByRole('checkbox', { name: /^vaults:write/ }).check();
    await page.getByRole('checkbox', { name: /^embed:use/ }).uncheck();
    await page.getByText('3 changes').waitFor();
    await review.click();
    const dialog = page.getByRole('dialog');
    const part = (name: string) => dialog.getByRole('region', { name }).innerText();
    expect(await dialog.getByRole('note').innerText()).toContain('contracts:read');
    expect(await part('Added')).toContain('vaults:write');
    expect(await part('Narrowed')).toMatch(/contracts:\*[\s\S]*contracts:write/);
    expect(await part('Removed')).toContain('embed:use');
    await dialog.getByRole('button', { name: 'Save permissions' }).click();
    await page.getByText(/^In force on the one node/).waitFor();
    await page.getByRole('button', { name: 'Edit permissions' }).waitFor();
    expect(await page.evaluate<string>('document.activeElement.textContent')).toBe('Permissions');
    expect((await permissionsOf(made)).toSorted()).toEqual(
      ['apiKeys:verify', 'contracts:write', 'vaults:read', 'vaults:write'].toSorted(),
    );
  });

  test('a refusal stands in the dialog, with the request id, and nothing is lost', async () => {
    const made = await usedKey();
    await open(made);
    await page.getByRole('button', { name: 'Edit permissions' }).click();
    await page.getByRole('checkbox', { name: /^embed:use/ }).uncheck();
    await page.getByRole('button', { name: 'Review changes' }).click();
    await rest('DELETE', `/v1/keys/${made.key.id}`);
    await page.getByRole('button', { name: 'Save permissions' }).click();
    const alert = page.getByRole('dialog').getByRole('alert');
    expect(await alert.innerText()).toMatch(/revoked for good[\s\S]*req_/);
  });
});

test('leaving with changed permissions asks first, and goes on at once when nothing is changed', async () => {
  const made = await usedKey();
  await open(made);
  await page.getByRole('button', { name: 'Edit permissions' }).click();
  const embed = page.getByRole('checkbox', { name: /^embed:use/ });
  await embed.uncheck();
  await page.getByRole('link', { name: 'Activity' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
  await dialog.getByText(/^Your changes to the permissions of .* would be lost\.$/).waitFor();
  await dialog.getByRole('button', { name: 'Stay' }).click();
  expect(await embed.isChecked()).toBe(false);
  await embed.check();
  await page.getByText('No change yet').waitFor();
  await page.getByRole('link', { name: 'Activity' }).first().click();
  await page.waitForURL(/\/activity/);
});

describe('what somebody else changes meanwhile', () => {
  test('is not given back by an edit, which shows its difference anew', async () => {
    const made = await usedKey();
    await open(made);
    await page.getByRole('button', { name: 'Edit permissions' }).click();
    await page.getByRole('checkbox', { name: /^embed:use/ }).uncheck();
    await page.getByRole('button', { name: 'Review changes' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('region', { name: 'Removed' }).waitFor();
    const narrowed = { permissions: ['contracts:read', 'vaults:read', 'embed:use'] };
    await rest('PATCH', `/v1/keys/${made.key.id}`, { body: narrowed });
    await dialog.getByRole('button', { name: 'Save permissions' }).click();
    await dialog.getByText(/^Somebody has changed the permissions of this key meanwhile/).waitFor();
    expect(await permissionsOf(made)).toEqual(narrowed.permissions);
    const added = dialog.getByRole('region', { name: 'Added' });
    await added.getByText('apiKeys:verify').waitFor();
    expect(await added.innerText()).toContain('contracts:*');
  });
});

test('a member edits their own key, sees why they may not grant, and has no tab that is not theirs', async () => {
  const { organizationId } = keyward.bootstrap;
  const member = await signInMember(keyward, { organizationId });
  const made = await member.within(organizationId).keys.create.mutate({
    kind: 'user',
    name: 'Mine',
    service: 'analytics',
    permissions: [],
  });
  const theirs = await openConsole(browser, keyward.url, {
    email: member.user.email,
    password: member.password,
  });
  await theirs.goto(`${home}/keys/${made.key.id}/permissions`);
  await theirs.getByText('It is a valid key, and may do nothing else.').waitFor();
  const tabs = await theirs.getByRole('navigation', { name: 'Key' }).innerText();
  expect(tabs).not.toMatch(/Audit|Explain/);
  await theirs.getByRole('button', { name: 'Edit permissions' }).click();
  await theirs.getByText('Keyward’s own resources', { exact: true }).click();
  const refused = theirs.getByRole('checkbox', { name: /^apiKeys:read/ });
  const reason = await refused.getAttribute('aria-describedby');
  expect(await theirs.locator(`[id="${reason}"]`).innerText()).toMatch(/^Only an owner or admin/);
  await refused.click({ force: true });
  expect(await refused.isChecked()).toBe(false);
  await theirs.getByRole('checkbox', { name: /^usage:read/ }).check();
  await theirs.getByRole('button', { name: 'Review changes' }).click();
  await theirs.getByRole('button', { name: 'Save permissions' }).click();
  await theirs.getByText(/^In force on the one node/).waitFor();
  for (const tab of ['audit', 'explain']) {
    await theirs.goto(`${home}/keys/${made.key.id}/${tab}`);
    await theirs.getByText('This is for owners and admins').waitFor();
  }
  await theirs.context().close();
});

test('axe finds nothing in light or dark, in the table, the preview and the matrix', async () => {
  const made = await usedKey();
  const shown = await openAsOperator(browser, keyward);
  await shown.goto(`${home}/keys/${made.key.id}/permissions`);
  await shown.getByText('4 granted').waitFor();
  await expectAccessible(shown, 'the table');
  await shown.getByRole('button', { name: /^Trim to what was used/ }).click();
  await shown.getByRole('button', { name: 'Trim permissions' }).waitFor();
  await expectAccessible(shown, 'the preview');
  await shown.keyboard.press('Escape');
  await shown.getByRole('button', { name: 'Edit permissions' }).click();
  await shown.getByRole('button', { name: 'Review changes' }).waitFor();
  await expectAccessible(shown, 'the matrix');
  await shown.context().close();
}, 120_000);
