import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { codeOfApp } from '../support/authenticator.ts';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { openConsole } from '../support/open-console.ts';
import { newPerson, type ProviderStage, startProviderStage } from '../support/provider-stage.ts';
import { signInMember } from '../support/tenants.ts';

let stage: ProviderStage;
let browser: Browser;
beforeAll(async () => {
  stage = await startProviderStage();
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await stage[Symbol.asyncDispose]();
});

test('a stranger signs in with the provider, and reads in plain words why it did not work', async () => {
  const { keyward, id } = stage;
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(8_000);
  await page.goto(keyward.url);
  const button = page.getByRole('button', { name: 'Sign in with Example ID' });
  id.state.present = newPerson({ emailVerified: false });
  await button.click();
  await page.getByText('Your email is not verified').waitFor();
  await expectAccessible(page, 'the sign-in page with a refusal');
  // Nobody is signed in at the provider any more.
  await page.context().clearCookies();
  id.state.present = null;
  await button.click();
  await page.getByText('The provider did not sign you in').waitFor();
  const ida = newPerson();
  id.state.present = ida;
  await button.click();
  await page.waitForURL(`${keyward.url}/organizations/new`);
  await page.goto(`${keyward.url}/account`);
  await page.getByText(`You are signed in as ${ida.email}.`).waitFor();
  await page.getByText(/Connected to 127\.0\.0\.1:\d+ as /).waitFor();
  await page.getByText('You have none: you sign in by single sign-on.').waitFor();
  await expectAccessible(page, 'the account without a password');
  await keyward.database.execute(`update sessions set confirmed_at = now() - interval '1 hour'`);
  await page.getByRole('button', { name: 'Set up an authenticator' }).click();
  // What waits in another tab, forgotten, is not what is confirmed here.
  const tab = await context.newPage();
  await tab.goto(`${keyward.url}/account`);
  await tab.getByRole('button', { name: 'Set up an authenticator' }).click();
  const elsewhere = tab.getByRole('dialog', { name: 'Confirm that it is you' });
  await elsewhere.waitFor();
  // A browser that lets no window open is told of.
  await page.evaluate('window.openWindow = window.open; window.open = () => null');
  await page.getByRole('button', { name: 'Confirm with Example ID' }).click();
  await page.getByText('Your browser opened no window').waitFor();
  await page.evaluate('window.open = window.openWindow');
  // Somebody else confirms nothing, and the window says so.
  id.state.present = newPerson();
  const refused = await openWindow(page);
  await refused.getByText('This is not who you are connected as').waitFor();
  await expectAccessible(refused, 'the window of a confirmation that was refused');
  await refused.close();
  id.state.present = ida;
  const confirmed = await openWindow(page);
  // It goes when it has told the page that waits, which goes on with what was asked of it.
  await page.getByRole('dialog', { name: 'Set up an authenticator' }).waitFor();
  await expect.poll(() => confirmed.isClosed()).toBe(true);
  expect(await elsewhere.isVisible()).toBe(true);
});

async function openWindow(page: Page): Promise<Page> {
  const [opened] = await Promise.all([
    page.waitForEvent('popup'),
    page.getByRole('button', { name: 'Confirm with Example ID' }).click(),
  ]);
  return opened;
}

test('an account is connected, and its own second factor asked for on the way back', async () => {
  const { keyward, id } = stage;
  const member = await signInMember(keyward, keyward.bootstrap);
  const { email } = member.user;
  const page = await openConsole(browser, keyward.url, { email, password: member.password });
  await page.goto(`${keyward.url}/account`);
  id.state.present = newPerson({ email });
  await page.getByRole('button', { name: 'Connect Example ID' }).click();
  await page.getByText(/Connected to/).waitFor();
  const { secret } = await member.trpc.account.secondFactor.offer.mutate();
  await member.trpc.account.secondFactor.turnOn.mutate({ code: codeOfApp(secret) });
  // Turning it on has signed this browser out.
  await page.goto(`${keyward.url}/account`);
  await page.getByRole('button', { name: 'Sign in with Example ID' }).click();
  await page.getByRole('heading', { name: 'Confirm it is you' }).waitFor();
  expect(page.url()).toBe(`${keyward.url}/sign-in?returnTo=%2Faccount`);
  await page.getByRole('textbox', { name: 'Code' }).fill(codeOfApp(secret, 1));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL(`${keyward.url}/account`);
});
