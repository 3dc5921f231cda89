import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { endSessionAfter } from '../support/end-session-after.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator, openConsole } from '../support/open-console.ts';
import { restClient } from '../support/rest-client.ts';
import { putPresets, type SignedIn, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
import { uniqueName } from '../support/unique-name.ts';
import { makeUserKey, verdictOn } from '../support/user-keys.ts';

let keyward: TestKeyward;
let browser: Browser;
let organizationId: string;
let home: string;
/** Of the operator, who is the organization's only owner. */
let page: Page;
beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
  await putPresets(keyward, 'analytics');
  ({ organizationId } = keyward.bootstrap);
  home = await findHome(keyward);
  page = await openAsOperator(browser, keyward);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});
beforeEach(async () => {
  await page.goto(`${home}/members`);
  await page.getByRole('heading', { name: 'Members', level: 1 }).waitFor();
});

const joined = (role: 'admin' | 'member' | 'owner') =>
  signInMember(keyward, { organizationId, role });

const rowOf = (email: string): Locator => page.getByRole('row').filter({ hasText: email });
const invitationOf = (email: string): Locator =>
  page.getByRole('list', { name: 'Pending invitations' }).getByRole('listitem').filter({
    hasText: email,
  });

async function chooseAction(member: SignedIn, name: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${member.user.name}` }).click();
  await page.getByRole('menuitem', { name }).click();
}

/** Invites by the console, and returns the link that it shows. */
async function invite(email: string, role: 'Admin' | 'Member'): Promise<string> {
  await page.getByRole('button', { name: 'Invite member' }).click();
  const dialog = page.getByRole('dialog', { name: 'Invite member' });
  await dialog.getByRole('textbox', { name: 'Email' }).fill(email);
  await dialog.getByRole('radio', { name: role }).check();
  await dialog.getByRole('button', { name: 'Create invitation' }).click();
  expect(await dialog.getByText(/good for/).innerText()).toMatch(/good for 7 days, until \d/);
  const link = await dialog.getByRole('region', { name: 'link' }).innerText();
  await dialog.getByRole('button', { name: 'Done' }).click();
  await invitationOf(email).waitFor();
  return link.trim();
}

/** Opens a link as a stranger does, and hands the page to look at. */
async function follow<T>(link: string, look: (theirs: Page) => Promise<T>): Promise<T> {
  const context = await browser.newContext();
  const theirs = await context.newPage();
  await theirs.goto(link);
  const result = await look(theirs);
  await context.close();
  return result;
}

describe('invitations', () => {
  test('a link that is shown once makes its reader a member, and leaves the list', async () => {
    const email = `${uniqueName('ida')}@example.com`;
    const link = await invite(email, 'Admin');
    expect(await page.content()).not.toContain(link);
    const waiting = await invitationOf(email).innerText();
    expect(waiting).toContain('As an admin, invited by you');
    expect(waiting).toContain('Waiting');
    await follow(link, async (theirs) => {
      await theirs.getByRole('textbox', { name: 'Name' }).fill('Ida Rhodes');
      await theirs.getByRole('textbox', { name: 'Password' }).fill('a long and winding password');
      await theirs.getByRole('button', { name: 'Create account and join' }).click();
      await theirs.waitForURL(`${home}/keys`);
    });
    await page.reload();
    const row = rowOf(email);
    await row.waitFor();
    expect(await row.innerText()).toMatch(/Ida Rhodes[\s\S]*Admin/);
    expect(await invitationOf(email).count()).toBe(0);
  });

  test('a session that ends meanwhile does not take the link of an invitation away', async () => {
    const own = await openAsOperator(browser, keyward);
    await own.goto(`${home}/members`);
    await own.getByRole('button', { name: 'Invite member' }).click();
    const dialog = own.getByRole('dialog', { name: 'Invite member' });
    await dialog.getByRole('textbox', { name: 'Email' }).fill('once@example.com');
    await endSessionAfter(own, 'members.invite');
    const refused = own.waitForResponse((response) => response.status() === 401);
    await dialog.getByRole('button', { name: 'Create invitation' }).click();
    await refused;
    // Whatever follows the refusal has followed.
    await own.waitForLoadState('networkidle');
    expect(await dialog.getByRole('region', { name: 'link' }).innerText()).toContain('http');
    await dialog.getByRole('button', { name: 'Done' }).click();
    await own.getByRole('heading', { name: 'Sign in' }).waitFor();
    await own.context().close();
  });

  test('whoever is a member, or invited already, is told in the form', async () => {
    const email = `${uniqueName('ida')}@example.com`;
    await invite(email, 'Member');
    await page.getByRole('button', { name: 'Invite member' }).click();
    const dialog = page.getByRole('dialog', { name: 'Invite member' });
    for (const [asked, told] of [
      ['nobody', /Write an email address/],
      [email, /Invited already, as a member/],
      [keyward.bootstrap.email, /is a member already/],
    ] as const) {
      await dialog.getByRole('textbox', { name: 'Email' }).fill(asked);
      await dialog.getByRole('button', { name: 'Create invitation' }).click();
      await dialog.getByText(told).waitFor();
    }
    await page.keyboard.press('Escape');
  });

  test('one that is revoked leads nowhere', async () => {
    const email = `${uniqueName('ida')}@example.com`;
    const link = await invite(email, 'Member');
    await invitationOf(email)
      .getByRole('button', { name: /Revoke invitation/ })
      .click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke invitation' }).click();
    await invitationOf(email).waitFor({ state: 'detached' });
    await follow(link, (theirs) => theirs.getByText(/was taken back/).waitFor());
  });

  test('a new link ends the one before', async () => {
    const email = `${uniqueName('ida')}@example.com`;
    const old = await invite(email, 'Member');
    await invitationOf(email)
      .getByRole('button', { name: /New link/ })
      .click();
    const dialog = page.getByRole('dialog', { name: 'New link' });
    await dialog.getByRole('button', { name: 'Make new link' }).click();
    const link = (await dialog.getByRole('region', { name: 'link' }).innerText()).trim();
    await dialog.getByRole('button', { name: 'Done' }).click();
    expect(link).not.toBe(old);
    await follow(old, (theirs) => theirs.getByText(/was taken back/).waitFor());
    await follow(link, (theirs) => theirs.getByRole('heading', { name: /^Join / }).waitFor());
    expect(await invitationOf(email).count()).toBe(1);
  });

  test('those of a removed admin are shown as dead', async () => {
    const leaver = await joined('admin');
    const email = `${uniqueName('ida')}@example.com`;
    await leaver.within(organizationId).members.invite.mutate({ email, role: 'member' });
    await leaver.within(organizationId).members.remove.mutate({ userId: leaver.user.id });
    await page.reload();
    await invitationOf(email).getByText('Link is dead').waitFor();
  });
});

describe('roles', () => {
  test('a demotion says which permissions stop counting, and then they do', async () => {
    const admin = await joined('admin');
    const { key, secret } = await makeUserKey(keyward, admin, ['apiKeys:read', 'usage:read']);
    const list = () => restClient(keyward.url, secret)('GET', '/v1/keys');
    expect((await list()).status).toBe(200);
    await page.reload();
    await chooseAction(admin, 'Change role');
    const dialog = page.getByRole('dialog', { name: 'Change role' });
    await dialog.getByRole('radio', { name: 'Member' }).check();
    await dialog.getByText(/stop counting/).waitFor();
    const told = await dialog.getByRole('listitem').innerText();
    expect(told).toContain(key.name);
    expect(told).toContain('apiKeys: read');
    expect(told).not.toContain('usage');
    await dialog.getByRole('button', { name: 'Change role' }).click();
    await page.getByText(/^True on the one node after \d+ ms$/).waitFor();
    expect((await list()).status).toBe(403);
    await rowOf(admin.user.email).getByText('Their own user keys').waitFor();
    expect(await verdictOn(keyward, secret)).toBe('VALID');
  });

  test('the last owner is told why they stay, and is not until there is another', async () => {
    const reason = 'You are the last owner. Make somebody else an owner first.';
    await page.getByRole('button', { name: reason }).waitFor();
    const self = rowOf(keyward.bootstrap.email);
    expect(await self.innerText()).toContain('Owner, the last one');
    await page.goto(`${home}/members/${keyward.bootstrap.userId}/remove`);
    await page.getByText(reason).waitFor();
    expect(await page.getByRole('button', { name: /Leave/ }).count()).toBe(0);

    const other = await joined('admin');
    await page.goto(`${home}/members`);
    await chooseAction(other, 'Change role');
    const dialog = page.getByRole('dialog', { name: 'Change role' });
    await dialog.getByRole('radio', { name: 'Owner' }).check();
    await dialog.getByRole('button', { name: 'Change role' }).click();
    await rowOf(other.user.email).getByText('Owner', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Actions for Olga Operator' }).waitFor();
    await other
      .within(organizationId)
      .members.changeRole.mutate({ userId: other.user.id, role: 'member' });
  });

  test('an admin may not touch an owner, and reads why', async () => {
    const admin = await joined('admin');
    const second = await joined('owner');
    const theirs = await openConsole(browser, keyward.url, {
      email: admin.user.email,
      password: admin.password,
    });
    await theirs.goto(`${home}/members`);
    const reason = 'Only an owner may give or take the role owner.';
    await theirs.getByRole('row').filter({ hasText: second.user.email }).waitFor();
    expect(await theirs.getByRole('button', { name: reason }).count()).toBe(2);
    await theirs.getByRole('button', { name: 'Invite member' }).click();
    const owner = theirs.getByRole('dialog').getByRole('radio', { name: 'Owner' });
    expect(await owner.isDisabled()).toBe(true);
    await theirs.context().close();
    await second.within(organizationId).members.remove.mutate({ userId: second.user.id });
  });

  test('one’s own demotion takes the admin’s rooms out of the console at once', async () => {
    const admin = await joined('admin');
    const theirs = await openConsole(browser, keyward.url, {
      email: admin.user.email,
      password: admin.password,
    });
    await theirs.goto(`${home}/members`);
    await theirs.getByRole('button', { name: `Actions for ${admin.user.name}` }).click();
    await theirs.getByRole('menuitem', { name: 'Change role' }).click();
    await theirs.getByRole('radio', { name: 'Member' }).check();
    await theirs.getByRole('dialog').getByRole('button', { name: 'Change role' }).click();
    await theirs.getByRole('button', { name: 'Invite member' }).waitFor({ state: 'detached' });
    expect(await theirs.getByRole('link', { name: 'Settings' }).count()).toBe(0);
    await theirs.context().close();
  });
});

test('a plain member sees the list, manages nobody, and may leave with their keys', async () => {
  const member = await joined('member');
  const { secret } = await makeUserKey(keyward, member);
  const theirs = await openConsole(browser, keyward.url, {
    email: member.user.email,
    password: member.password,
  });
  await theirs.goto(`${home}/members`);
  const row = theirs.getByRole('row').filter({ hasText: member.user.email });
  await row.waitFor();
  await theirs.getByRole('row').filter({ hasText: keyward.bootstrap.email }).waitFor();
  expect(await theirs.getByRole('button', { name: 'Invite member' }).count()).toBe(0);
  expect(await theirs.getByRole('heading', { name: 'Pending invitations' }).count()).toBe(0);
  expect(await theirs.getByRole('button', { name: /^Actions for/ }).count()).toBe(1);
  await row.getByRole('button', { name: /^Actions for/ }).click();
  expect(await theirs.getByRole('menuitem').allInnerTexts()).toEqual(['Leave organization']);
  await theirs.getByRole('menuitem', { name: 'Leave organization' }).click();
  await theirs.getByRole('button', { name: 'Leave organization' }).waitFor();
  expect(await theirs.getByRole('button', { name: /Hand over/ }).count()).toBe(0);
  await theirs.getByRole('button', { name: 'Leave organization' }).click();
  await theirs.waitForURL(`${keyward.url}/organizations/new`);
  expect(await verdictOn(keyward, secret)).toBe('REVOKED');
  await theirs.context().close();
});

test('axe finds no violation with data in every part, and nothing scrolls sideways', async () => {
  const admin = await joined('admin');
  await makeUserKey(keyward, admin, ['apiKeys:read']);
  const email = `${uniqueName('ida')}@example.com`;
  await admin.within(organizationId).members.invite.mutate({ email, role: 'member' });
  const theirs = await openAsOperator(browser, keyward);
  await theirs.goto(`${home}/members`);
  await theirs.getByRole('button', { name: `New link for ${email}` }).waitFor();
  await theirs.getByText('What each role may do').click();
  await expectAccessible(theirs, 'the members');
  await theirs.getByRole('button', { name: `Actions for ${admin.user.name}` }).click();
  await expectAccessible(theirs, 'the menu');
  // On a phone a member is shown otherwise, and so the menu is gone.
  await theirs.getByRole('button', { name: `Actions for ${admin.user.name}` }).click();
  await theirs.getByRole('menuitem', { name: 'Change role' }).click();
  await theirs.getByRole('radio', { name: 'Member' }).check();
  await theirs.getByText(/stop counting/).waitFor();
  await expectAccessible(theirs, 'the change of role');
  await theirs.context().close();
}, 120_000);
