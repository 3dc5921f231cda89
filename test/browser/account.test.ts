import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';
import { launchBrowser } from '../support/browser.ts';
import { consoleClient } from '../support/console-client.ts';
import { endSessionAfter } from '../support/end-session-after.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openConsole, signInByForm } from '../support/open-console.ts';
import { type Member, makeMember, makeTenant } from '../support/tenants.ts';
import { operatorPassword, startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
beforeAll(async () => {
  keyward = await startTestKeyward();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const somebody = () => makeMember(keyward, keyward.bootstrap);

/** The account page, by the menu that leads to it. */
async function openSecurity(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account:/ }).click();
  await page.getByRole('menuitem', { name: 'Account and security' }).click();
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
}

async function openAccount({ user: { email }, password }: Member): Promise<Page> {
  const page = await openConsole(browser, keyward.url, { email, password });
  await openSecurity(page);
  return page;
}

async function signInElsewhere({ user: { email }, password }: Member) {
  const client = consoleClient(keyward.url);
  await client.trpc.account.signIn.mutate({ email, password });
  return client;
}

/** Sets the second factor up, and returns the secret and the recovery codes that were shown. */
async function setUp(page: Page): Promise<{ secret: string; codes: string[] }> {
  await page.getByRole('button', { name: 'Set up an authenticator' }).click();
  const dialog = page.getByRole('dialog', { name: 'Set up an authenticator' });
  const secret = (await dialog.getByRole('region', { name: 'key' }).innerText()).replace(/\s/g, '');
  const link = dialog.getByRole('link', { name: 'Open it in an app on this device' });
  expect(await link.getAttribute('href')).toContain(`secret=${secret}`);
  await dialog.getByRole('textbox', { name: 'Code' }).fill(codeOfApp(secret));
  await dialog.getByRole('button', { name: 'Turn on' }).click();
  const kept = page.getByRole('dialog', { name: 'Keep your recovery codes' });
  const codes = await kept.getByRole('region', { name: 'recovery codes' }).innerText();
  await kept.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByText('10 recovery codes are left').waitFor();
  return { secret, codes: codes.trim().split('\n') };
}

test('a second factor is set up, and asked for at the next sign-in', async () => {
  const member = await somebody();
  const page = await openAccount(member);
  const { secret, codes } = await setUp(page);
  expect(codes).toHaveLength(10);
  expect(await page.content()).not.toContain(codes[0]);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await signInByForm(page, { email: member.user.email, password: member.password });
  await page.getByRole('heading', { name: 'Confirm it is you' }).waitFor();
  await expectAccessible(page, 'the second step');
  const code = page.getByRole('textbox', { name: 'Code' });
  await code.fill('000000');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByText('Give the newest code of your app').waitFor();
  await code.fill(codeOfApp(secret, 1));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/o\//);
});

test('a recovery code signs in without the phone', async () => {
  const member = await somebody();
  const page = await openAccount(member);
  const { codes } = await setUp(page);
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await signInByForm(page, { email: member.user.email, password: member.password });
  await page.getByRole('button', { name: 'Use a recovery code' }).click();
  await page.getByRole('textbox', { name: 'Recovery code' }).fill(codes[3] ?? '');
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(/\/o\//);
});

test('a session that ends meanwhile does not take the recovery codes away', async () => {
  const page = await openAccount(await somebody());
  await setUp(page);
  await endSessionAfter(page, 'renewRecoveryCodes');
  const refused = page.waitForResponse((response) => response.status() === 401);
  await page.getByRole('button', { name: 'New recovery codes' }).click();
  await refused;
  const kept = page.getByRole('dialog', { name: 'Keep your recovery codes' });
  const codes = await kept.getByRole('region', { name: 'recovery codes' }).innerText();
  expect(codes.trim().split('\n')).toHaveLength(10);
  await kept.getByRole('button', { name: 'I have kept them' }).click();
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
});

test('a session elsewhere is signed out from the list, after the password is confirmed', async () => {
  const member = await somebody();
  const other = await signInElsewhere(member);
  const page = await openAccount(member);
  await keyward.database.execute(
    `update sessions set confirmed_at = now() - interval '1 hour' where user_id = '${member.user.id}'`,
  );
  const list = page.getByRole('list', { name: 'Sessions' });
  await expect.poll(() => list.getByRole('listitem').count()).toBe(2);
  const signOut = list.getByRole('button', { name: /^Sign out/ });
  await signOut.click();
  const dialog = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await expect.poll(() => page.locator(':focus').getAttribute('type')).toBe('password');
  await dialog.getByRole('button', { name: 'Cancel' }).click();
  await dialog.waitFor({ state: 'hidden' });
  await signOut.click();
  await dialog.waitFor();
  // Whoever leaves the page does not want it any more.
  await page.goBack();
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
  await dialog.waitFor({ state: 'hidden' });
  await page.goForward();
  await list.getByRole('listitem').first().waitFor();
  expect(await list.getByRole('listitem').count()).toBe(2);
  await signOut.click();
  const password = dialog.getByRole('textbox', { name: 'Password' });
  await password.fill('not the password');
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await dialog.getByText('This is not your present password').waitFor();
  await password.fill(member.password);
  await dialog.getByRole('button', { name: 'Confirm' }).click();
  await expect.poll(() => list.getByRole('listitem').count()).toBe(1);
  expect((await other.trpc.account.session.query()).user).toBeNull();
});

test('a new password is set with the present one, and ends the session elsewhere', async () => {
  const member = await somebody();
  const other = await signInElsewhere(member);
  const page = await openAccount(member);
  await page.getByRole('textbox', { name: 'Present password' }).fill('not the password');
  await page.getByRole('textbox', { name: 'New password' }).fill('a newer long password');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not your present password').waitFor();
  await page.getByRole('textbox', { name: 'Present password' }).fill(member.password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('You were signed out of one other session.').waitFor();
  expect((await other.trpc.account.session.query()).user).toBeNull();
  await page.reload();
  await page.getByRole('heading', { name: 'Account', level: 1 }).waitFor();
  await signInElsewhere({ ...member, password: 'a newer long password' });
});

test('an organization that asks for a second factor leads here, and lets in once it is set up', async () => {
  const member = await somebody();
  const page = await openAccount(member);
  const demand = (isRequired: boolean) =>
    keyward.change(`update organizations set requires_second_factor = ${isRequired}`);
  await demand(true);
  await page.goto(keyward.url);
  await page.waitForURL(/\/account\?demandedBy=/);
  await page.getByText(/asks for a second factor/).waitFor();
  await expectAccessible(page, 'the account, sent here');
  await setUp(page);
  await page.getByRole('button', { name: /^Continue to/ }).click();
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
  await demand(false);
});

test('an operator who is no member is led here too, and the QR code holds the key', async () => {
  const { id, slug } = await makeTenant(keyward);
  await keyward.change(`update organizations set requires_second_factor = true where id = '${id}'`);
  const { email } = keyward.bootstrap;
  const operator = { email, password: operatorPassword };
  const page = await openConsole(browser, keyward.url, operator);
  await page.goto(`${keyward.url}/o/${slug}/keys`);
  await page.waitForURL(new RegExp(`/account\\?demandedBy=${slug}`));
  await page.getByText(/asks for a second factor/).waitFor();
  await page.getByRole('button', { name: 'Set up an authenticator' }).click();
  const code = page.getByRole('img', { name: 'The key as a QR code' });
  await code.waitFor();
  // Three squares of seven by seven stand in its corners.
  expect(await code.locator('path').getAttribute('d')).toMatch(/^M2 2h7v1h-7z/);
});

test('axe finds no violation in light or dark', async () => {
  const member = await somebody();
  await signInElsewhere(member);
  const page = await openAccount(member);
  await expectAccessible(page, 'the account');
  await page.getByRole('button', { name: 'Set up an authenticator' }).click();
  await page.getByRole('dialog', { name: 'Set up an authenticator' }).waitFor();
  await expectAccessible(page, 'the set-up');
});

test('an admin requires a second factor in the settings, once they have one themselves', async () => {
  const { organizationId } = keyward.bootstrap;
  const member = await makeMember(keyward, { organizationId, role: 'admin' });
  const page = await openAccount(member);
  const openSettings = async () => {
    await page.goto(keyward.url);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('button', { name: 'Require a second factor' }).click();
  };
  await openSettings();
  await page.getByRole('link', { name: 'Set one up in your account' }).click();
  await setUp(page);
  await openSettings();
  await page.getByText('Required', { exact: true }).waitFor();
  await expectAccessible(page, 'the settings');
  await page.getByRole('button', { name: 'Make it optional' }).click();
  await page.getByText('Optional', { exact: true }).waitFor();
});

/** What each call that changes something was sent with, as far as the page remembers it. */
const rememberedCalls = `(() => {
  const root = document.getElementById('root');
  const name = Object.keys(root).find((one) => one.startsWith('__reactContainer'));
  const clients = new Set();
  const visit = (fiber) => {
    if (fiber !== null) {
      const client = fiber.memoizedProps?.queryClient;
      if (client) clients.add(client);
      visit(fiber.child);
      visit(fiber.sibling);
    }
  };
  visit(root[name].stateNode.current);
  if (clients.size === 0) throw new Error('No cache was found.');
  return JSON.stringify([...clients].flatMap((client) =>
    client.getMutationCache().getAll().map(({ state }) => state.variables ?? null)));
})()`;

test('no cache of the page remembers a password', async () => {
  const { user, password } = await somebody();
  const page = await browser.newPage();
  await page.goto(keyward.url);
  await signInByForm(page, { email: user.email, password });
  await openSecurity(page);
  const next = 'another long password';
  await page.getByRole('textbox', { name: 'Present password' }).fill(password);
  await page.getByRole('textbox', { name: 'New password' }).fill(next);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Password changed').waitFor();
  const remembered = await page.evaluate<string>(rememberedCalls);
  expect(remembered).not.toContain(password);
  expect(remembered).not.toContain(next);
  await page.context().close();
});
