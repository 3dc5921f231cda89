import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openAsOperator, openConsole, signInByForm } from '../support/open-console.ts';
import { makeKey, makeMember, makeTenant, putPresets, type Tenant } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let tenant: Tenant;
let settings: string;

beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  await putPresets(keyward, 'analytics');
  tenant = await makeTenant(keyward);
  settings = `${keyward.url}/o/${tenant.slug}/settings`;
  page = await openAsOperator(browser, keyward);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const open = async (within: Page = page) => {
  await within.goto(settings);
  await within.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
};

async function openAsMember(role: 'admin' | 'member'): Promise<Page> {
  const { user, password } = await makeMember(keyward, { organizationId: tenant.id, role });
  return openConsole(browser, keyward.url, { email: user.email, password });
}

async function verify(secret: string): Promise<string> {
  const answer = await fetch(`${keyward.url}/v1/keys/verify`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${keyward.bootstrap.secret}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ key: secret }),
  });
  return ((await answer.json()) as { code: string }).code;
}

describe('the operator, who is no member', () => {
  test('finds the organization among all of them, and enters it', async () => {
    await page.getByRole('button', { name: /^Organization:/ }).click();
    await page.getByRole('menuitem', { name: 'All organizations' }).click();
    await page.waitForURL(`${keyward.url}/organizations`);
    await page.getByRole('searchbox', { name: 'Search organizations' }).fill(tenant.slug);
    await expect.poll(() => page.getByRole('listitem').count()).toBe(1);
    await page.getByRole('link', { name: tenant.name }).click();
    await page.waitForURL(`${keyward.url}/o/${tenant.slug}/keys`);
    await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  });

  test('renames it, and every place that names it follows', async () => {
    await open();
    await page.getByRole('textbox', { name: 'Name', exact: true }).fill('Globex Worldwide');
    await page.getByRole('button', { name: 'Rename' }).click();
    await page.getByRole('button', { name: 'Organization: Globex Worldwide' }).waitFor();
    await page.getByText('What holds for Globex Worldwide as a whole.').waitFor();
  });

  test('suspends it: verification says so right after, and resumed it is as before', async () => {
    const { secret } = await makeKey(keyward, {
      organizationId: tenant.id,
      service: 'analytics',
      permissions: [],
    });
    expect(await verify(secret)).toBe('VALID');
    const theirs = await openAsMember('admin');
    await open();
    await page.getByRole('button', { name: 'Suspend organization' }).click();
    const dialog = page.getByRole('dialog', { name: 'Suspend Globex Worldwide' });
    const suspend = dialog.getByRole('button', { name: 'Suspend organization' });
    expect(await suspend.isDisabled()).toBe(true);
    await dialog.getByRole('textbox').fill(tenant.slug);
    await suspend.click();
    await page.getByText(/^Suspended. True on the one node after/).waitFor();
    expect(await verify(secret)).toBe('ORGANIZATION_SUSPENDED');
    await page.getByText(/Globex Worldwide is suspended\. All its keys are refused/).waitFor();

    await theirs.goto(`${keyward.url}/o/${tenant.slug}/keys`);
    await theirs.getByText(/Ask whoever runs this Keyward to resume it/).waitFor();
    await theirs.context().close();

    await page.getByRole('button', { name: 'Resume organization' }).click();
    await page.getByText(/^Resumed. True on the one node after/).waitFor();
    expect(await verify(secret)).toBe('VALID');
  });
});

describe('an admin', () => {
  let theirs: Page;
  beforeAll(async () => {
    theirs = await openAsMember('admin');
  });

  test('sees who would not comply while writing the rules, and saves them', async () => {
    const endless = await makeKey(keyward, {
      organizationId: tenant.id,
      service: 'analytics',
      name: 'Endless importer',
      permissions: [],
      expiresAt: null,
    });
    await open(theirs);
    await theirs.getByText('Every live key complies.').waitFor();
    await theirs.getByRole('checkbox', { name: 'Keys have to expire' }).check();
    await theirs.getByText('3 live keys would not comply.').waitFor();
    const link = theirs.getByRole('link', { name: 'Endless importer' });
    expect(await link.getAttribute('href')).toBe(`/o/${tenant.slug}/keys/${endless.key.id}`);
    await theirs
      .getByText(/live at most 90 days/)
      .first()
      .waitFor();
    await theirs.getByRole('combobox', { name: 'Permission' }).fill('sites:delete');
    await theirs.getByRole('button', { name: 'Add' }).click();
    await theirs.getByRole('button', { name: 'Remove sites:delete' }).waitFor();
    await theirs.getByRole('button', { name: 'Save guardrails' }).click();
    await theirs.getByText('Guardrails saved').waitFor();
    await theirs.getByText('3 live keys do not comply.').waitFor();
    await expect(
      makeKey(keyward, { organizationId: tenant.id, permissions: [], expiresAt: null }),
    ).rejects.toMatchObject({ code: 'invalid_request' });
  });

  test('cannot write a rule that makes no sense', async () => {
    await theirs.getByRole('checkbox', { name: 'Unused keys are suspended' }).check();
    await theirs.getByRole('textbox', { name: 'Days without a call' }).fill('soon');
    await theirs.getByText('Write a whole number of days, from 1 to 3650.').waitFor();
    expect(await theirs.getByRole('button', { name: 'Save guardrails' }).isDisabled()).toBe(true);
    await theirs.getByRole('button', { name: 'Discard' }).click();
  });

  test('neither renames nor suspends, and is told who does', async () => {
    await theirs.getByText('Only the operator of this Keyward renames organizations.').waitFor();
    expect(await theirs.getByRole('button', { name: /Rename|Suspend/ }).count()).toBe(0);
    await theirs.goto(`${keyward.url}/organizations`);
    await theirs.getByRole('heading', { level: 1 }).waitFor();
    expect(await theirs.getByRole('heading', { name: 'Organizations' }).count()).toBe(0);
  });
});

test('a member has no settings', async () => {
  const theirs = await openAsMember('member');
  await open(theirs);
  await theirs.getByText(/Owners and admins of Globex Worldwide look after its settings/).waitFor();
  expect(await theirs.getByRole('button', { name: 'Save guardrails' }).count()).toBe(0);
});

test('an operator without any membership lands where all organizations are', async () => {
  const member = await makeMember(keyward, { organizationId: tenant.id });
  await keyward.change(`delete from memberships where user_id = '${member.user.id}'`);
  await keyward.change(`update users set is_operator = true where id = '${member.user.id}'`);
  const theirs = await (await browser.newContext()).newPage();
  await theirs.goto(keyward.url);
  await signInByForm(theirs, { email: member.user.email, password: member.password });
  await theirs.waitForURL(`${keyward.url}/organizations`);
  await theirs.getByRole('link', { name: 'Globex Worldwide' }).waitFor();
});

test('axe finds nothing in light or dark, wide or narrow', async () => {
  for (const address of [settings, `${keyward.url}/organizations`]) {
    await page.goto(address);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await expectAccessible(page, address);
  }
});
