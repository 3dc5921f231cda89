import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator } from '../support/open-console.ts';
import { makeMember, putPresets, type SignedIn, signInMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';
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
async function chooseAction(member: SignedIn, name: string): Promise<void> {
  await page.getByRole('button', { name: `Actions for ${member.user.name}` }).click();
  await page.getByRole('menuitem', { name }).click();
}

describe('offboarding', () => {
  const keyItem = (name: string) => page.getByRole('listitem', { name, exact: true });

  test('hand over, deploy, see it in use, remove: the old key is dead and the bot’s goes on', async () => {
    const leaver = await joined('admin');
    const used = await makeUserKey(keyward, leaver);
    const idle = await makeUserKey(keyward, leaver);
    expect(await verdictOn(keyward, used.secret)).toBe('VALID');
    await expect
      .poll(
        async () => {
          await page.reload();
          await chooseAction(leaver, 'Remove member');
          await page
            .getByRole('heading', { name: `Remove ${leaver.user.name}`, level: 1 })
            .waitFor();
          await keyItem(used.key.name).waitFor();
          const text = await keyItem(used.key.name).innerText();
          await page.goBack();
          return text;
        },
        { timeout: 10_000 },
      )
      .toContain('1 call to analytics got through');
    await page.goForward();
    expect(await keyItem(idle.key.name).innerText()).toContain('Nothing breaks');
    const remove = page.getByRole('button', { name: `Remove ${leaver.user.name}` });
    expect(await remove.isDisabled()).toBe(true);

    await keyItem(used.key.name)
      .getByRole('button', { name: /Hand over/ })
      .click();
    await page.getByRole('textbox', { name: 'Name of the bot key' }).fill('Report mailer');
    await page.getByRole('button', { name: 'Create bot key' }).click();
    const shown = page.getByRole('region', { name: 'secret', exact: true });
    const secret = (await shown.innerText()).trim();
    expect(secret).not.toBe(used.secret);
    await page.getByLabel(/to confirm$/).fill(leaver.user.email);
    expect(await remove.isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Settings' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Stay' }).click();
    await page.getByRole('button', { name: 'I have stored it' }).click();
    expect(await page.content()).not.toContain(secret);
    await keyItem(used.key.name)
      .getByText(/Waiting for its first call/)
      .waitFor();

    expect(await verdictOn(keyward, secret)).toBe('VALID');
    await keyItem(used.key.name).getByText('Bot key in use').waitFor({ timeout: 15_000 });
    await page.reload();
    await keyItem(used.key.name).getByText('Report mailer').waitFor();
    expect([await verdictOn(keyward, used.secret), await verdictOn(keyward, idle.secret)]).toEqual([
      'VALID',
      'VALID',
    ]);

    await page.getByLabel(/to confirm$/).fill(leaver.user.email);
    await remove.click();
    await page.getByRole('heading', { name: 'Removed' }).waitFor();
    expect([await verdictOn(keyward, used.secret), await verdictOn(keyward, idle.secret)]).toEqual([
      'REVOKED',
      'REVOKED',
    ]);
    expect(await verdictOn(keyward, secret)).toBe('VALID');
    await page.getByText(/^2 keys are dead on the one node after \d+ ms$/).waitFor();
    await page.getByRole('link', { name: 'Back to members' }).click();
    await rowOf(keyward.bootstrap.email).waitFor();
    expect(await rowOf(leaver.user.email).count()).toBe(0);
  }, 60_000);

  test('the secret of a bot key stays until it is stored, whatever becomes of the leaver', async () => {
    const leaver = await joined('member');
    const theirs = leaver.within(organizationId);
    const { key } = await makeUserKey(keyward, leaver);
    await page.goto(`${home}/members/${leaver.user.id}/remove`);
    await keyItem(key.name)
      .getByRole('button', { name: /Hand over/ })
      .click();
    await page.getByRole('button', { name: 'Create bot key' }).click();
    const shown = page.getByRole('region', { name: 'secret', exact: true });
    const secret = await shown.innerText();
    const comeBack = async () => {
      const asked = page.waitForResponse(/members\.previewRemoval|members\.list/);
      // What is older than a few seconds is asked for again when somebody comes back to the page.
      await page.waitForTimeout(5_500);
      await page.evaluate('window.dispatchEvent(new Event("visibilitychange"))');
      await asked;
      await page.waitForTimeout(500);
    };
    await theirs.keys.revoke.mutate({ id: key.id });
    await comeBack();
    expect(await shown.innerText()).toBe(secret);
    await theirs.members.remove.mutate({ userId: leaver.user.id });
    await comeBack();
    expect(await shown.innerText()).toBe(secret);
    await page.getByRole('button', { name: 'I have stored it' }).click();
    await page.getByText('No such member').waitFor();
  }, 60_000);

  test('an answer that is lost is asked after: removed is removed, with a receipt', async () => {
    const leaver = await joined('member');
    const { secret } = await makeUserKey(keyward, leaver);
    await page.goto(`${home}/members/${leaver.user.id}/remove`);
    await page.route('**/trpc/members.remove*', async (route) => {
      await route.fetch();
      await route.abort();
    });
    await page.getByRole('button', { name: `Remove ${leaver.user.name}` }).click();
    await page.getByRole('heading', { name: 'Removed' }).waitFor();
    expect(await verdictOn(keyward, secret)).toBe('REVOKED');
    await page.getByText(/^1 key is dead on the one node after \d+ ms$/).waitFor();
    await page.unroute('**/trpc/members.remove*');
  });

  test('a call that never arrived is said to have failed, and can be made again', async () => {
    const leaver = await joined('member');
    const { secret } = await makeUserKey(keyward, leaver);
    await page.goto(`${home}/members/${leaver.user.id}/remove`);
    await page.route('**/trpc/members.remove*', (route) => route.abort());
    const remove = page.getByRole('button', { name: `Remove ${leaver.user.name}` });
    await remove.click();
    await page.getByRole('alert').getByText('Keyward cannot be reached').waitFor();
    expect(await verdictOn(keyward, secret)).toBe('VALID');
    await page.unroute('**/trpc/members.remove*');
    await remove.click();
    await page.getByRole('heading', { name: 'Removed' }).waitFor();
    expect(await verdictOn(keyward, secret)).toBe('REVOKED');
  });

  test('a member whom somebody else has just removed counts as removed', async () => {
    const leaver = await joined('member');
    await page.goto(`${home}/members/${leaver.user.id}/remove`);
    const remove = page.getByRole('button', { name: `Remove ${leaver.user.name}` });
    await remove.waitFor();
    await leaver.within(organizationId).members.remove.mutate({ userId: leaver.user.id });
    await remove.click();
    await page.getByRole('heading', { name: 'Removed' }).waitFor();
    await page.getByText('There was no key to revoke').waitFor();
  });
});

test('axe finds no violation with data in every part, and nothing scrolls sideways', async () => {
  const leaver = await joined('admin');
  const { key } = await makeUserKey(keyward, leaver);
  await keyward.database.execute(`insert into key_usage (key_id, hour, outcome, count)
      values ('${key.id}', date_trunc('hour', now()), 'VALID', 12)`);
  const theirs = await openAsOperator(browser, keyward);
  await theirs.goto(`${home}/members/${leaver.user.id}/remove`);
  await theirs.getByRole('heading', { name: 'The key that dies' }).waitFor();
  await expectAccessible(theirs, 'the removal');
  await theirs.getByRole('button', { name: /Hand over/ }).click();
  await theirs.getByRole('textbox', { name: 'Name of the bot key' }).waitFor();
  await expectAccessible(theirs, 'the hand-over');
  await theirs.getByRole('button', { name: 'Create bot key' }).click();
  await theirs.getByRole('heading', { name: 'Store this secret now' }).waitFor();
  await expectAccessible(theirs, 'the secret');
  await theirs.getByRole('button', { name: 'I have stored it' }).click();
  await theirs.getByText(/Waiting for its first call/).waitFor();
  await expectAccessible(theirs, 'what was handed over');
  await theirs.context().close();
}, 120_000);

test('the address of nobody says that there is no such member', async () => {
  const { user } = await makeMember(keyward, { organizationId });
  await keyward.change(`delete from memberships where user_id = '${user.id}'`);
  await page.goto(`${home}/members/${user.id}/remove`);
  await page.getByText('No such member').waitFor();
});
