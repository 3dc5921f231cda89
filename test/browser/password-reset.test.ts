import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { type MailServer, startMailServer, tokenIn } from '../support/mail-server.ts';
import { openAsOperator } from '../support/open-console.ts';
import { makeMember } from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let mail: MailServer;
let keyward: TestKeyward;
let browser: Browser;
beforeAll(async () => {
  mail = await startMailServer();
  keyward = await startTestKeyward({ smtpUrl: mail.url });
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
  await mail[Symbol.asyncDispose]();
});

test('who forgot their password is mailed a link, sets another one and signs in with it', async () => {
  const { user } = await makeMember(keyward, keyward.bootstrap);
  const page = await browser.newPage();
  await page.goto(keyward.url);
  await page.getByRole('link', { name: 'Forgot your password?' }).click();
  await page.getByRole('heading', { name: 'Forgot your password?' }).waitFor();
  await page.getByLabel('Email').fill('nobody');
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByText('Write an email address').waitFor();
  await expectAccessible(page, 'the form to ask for a link');
  await page.getByLabel('Email').fill(user.email);
  await page.getByRole('button', { name: 'Mail me a link' }).click();
  await page.getByRole('heading', { name: 'Look into your mailbox' }).waitFor();
  const token = tokenIn(await mail.mailTo(user.email), 'reset-password');
  await page.goto(`${keyward.url}/reset-password#${token}`);
  await page.getByRole('heading', { name: 'Set a new password' }).waitFor();
  expect(page.url()).toBe(`${keyward.url}/reset-password`);
  expect(await page.getByLabel('Email').inputValue()).toBe(user.email);
  await expectAccessible(page, 'the form of the new password');
  const password = page.getByRole('textbox', { name: 'New password' });
  await password.fill('short');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByText('Use at least 8 characters').waitFor();
  await password.fill('a newer long password');
  await page.getByRole('button', { name: 'Set password' }).click();
  await page.getByRole('link', { name: 'Sign in' }).click();
  await page.getByLabel('Email').fill(user.email);
  await page.getByRole('textbox', { name: 'Password' }).fill('a newer long password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/o\//);
  await page.goto(`${keyward.url}/reset-password#${token}`);
  await page.getByRole('heading', { name: 'This link has ended' }).waitFor();
});

test('an operator makes a link for somebody, and sees whether an invitation was mailed', async () => {
  const { user } = await makeMember(keyward, keyward.bootstrap);
  const page = await openAsOperator(browser, keyward);
  await page.goto(`${keyward.url}/organizations`);
  await page.getByRole('button', { name: 'Password reset link' }).click();
  const dialog = page.getByRole('dialog', { name: 'Password reset link' });
  await dialog.getByLabel('Email').fill('nobody@example.com');
  await dialog.getByRole('button', { name: 'Make link' }).click();
  await dialog.getByText('Nobody has an account').waitFor();
  await dialog.getByLabel('Email').fill(user.email);
  await dialog.getByRole('button', { name: 'Make link' }).click();
  const link = await dialog.getByRole('region', { name: 'link' }).innerText();
  expect(link).toMatch(/\/reset-password#[\w-]{43}$/);
  await expectAccessible(page, 'the link to hand over');
  await dialog.getByRole('button', { name: 'Done' }).click();

  mail.refusals.recipient = '550 no such mailbox';
  await page.goto(keyward.url);
  await page.getByRole('link', { name: 'Members' }).click();
  await page.getByRole('button', { name: 'Invite member' }).click();
  const invite = page.getByRole('dialog', { name: 'Invite member' });
  await invite.getByLabel('Email').fill('ida@example.com');
  await invite.getByRole('button', { name: 'Create invitation' }).click();
  await invite.getByText('A mail is on its way').waitFor();
  await invite.getByRole('button', { name: 'Done' }).click();
  await page.getByText('The mail server refused this address.').waitFor();
  await expectAccessible(page, 'an invitation that was not delivered');
  mail.refusals.recipient = null;
  await page.getByRole('button', { name: 'Mail again to ida@example.com' }).click();
  await mail.mailTo('ida@example.com');
  await page.getByText('Mailed', { exact: true }).waitFor();
});
