import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openConsole, signInByForm } from '../support/open-console.ts';
import { makeMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
beforeAll(async () => {
  keyward = await startTestKeyward({ host: 'localhost' });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

/** Chromium's own virtual authenticator, as a laptop with a fingerprint reader has one. */
async function attachAuthenticator(page: Page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

test('a passkey is added, signs in alone and as the second step, confirms, and is removed', async () => {
  const { user, password } = await makeMember(keyward, keyward.bootstrap);
  const page = await openConsole(browser, keyward.url, { email: user.email, password });
  page.setDefaultTimeout(8000);
  await attachAuthenticator(page);
  await page.goto(`${keyward.url}/account`);
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  const adding = page.getByRole('dialog', { name: 'Add a passkey' });
  await adding.getByLabel('Name').fill('Work laptop');
  await adding.getByRole('button', { name: 'Add passkey' }).click();
  const kept = page.getByRole('dialog', { name: 'Keep your recovery codes' });
  const codes = await kept.getByRole('region', { name: 'recovery codes' }).innerText();
  expect(codes.trim().split('\n')).toHaveLength(10);
  await kept.getByRole('button', { name: 'I have kept them' }).click();
  const list = page.getByRole('list', { name: 'Passkeys' });
  await list.getByText('not used yet').waitFor();
  await expectAccessible(page, 'the account with a passkey');
  await page.getByRole('button', { name: 'Add a passkey' }).click();
  await adding.getByRole('button', { name: 'Add passkey' }).click();
  await adding.getByText('This device has a passkey for your account already.').waitFor();
  await adding.getByRole('button', { name: 'Cancel' }).click();

  const signOut = () => page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await signOut();
  await page.getByRole('button', { name: 'Sign in with a passkey' }).waitFor();
  await expectAccessible(page, 'the sign-in page');
  await page.getByRole('button', { name: 'Sign in with a passkey' }).click();
  await page.waitForURL(/\/o\//);
  await page.goto(`${keyward.url}/account`);
  await list.getByText(/· used/).waitFor();

  await signOut();
  await signInByForm(page, { email: user.email, password });
  await page.getByRole('heading', { name: 'Confirm it is you' }).waitFor();
  expect(await page.getByRole('button', { name: 'Use the authenticator app' }).count()).toBe(0);
  await expectAccessible(page, 'the second step by a passkey');
  await page.getByRole('button', { name: 'Use a passkey' }).click();
  await page.waitForURL(/\/o\//);
  await page.goto(`${keyward.url}/account`);
  await list.waitFor();

  await keyward.database.execute(`update sessions set confirmed_at = now() - interval '1 hour'`);
  await list.getByRole('button', { name: 'Remove Work laptop' }).click();
  const removing = page.getByRole('dialog', { name: 'Remove passkey' });
  await removing.getByText('The password alone will open').waitFor();
  await removing.getByRole('button', { name: 'Remove' }).click();
  const confirming = page.getByRole('dialog', { name: 'Confirm that it is you' });
  await confirming.getByRole('button', { name: 'Use a passkey' }).click();
  await expect.poll(() => list.count()).toBe(0);
  await page.getByRole('heading', { name: 'Recovery codes' }).waitFor({ state: 'detached' });
}, 90_000);
