import { readFile } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.ts';
import { expectAccessible } from '../support/expect-accessible.ts';
import { findHome, openAsOperator, openConsole } from '../support/open-console.ts';
import { tamper } from '../support/tamper.ts';
import {
  type MadeKey,
  makeKey,
  makeMember,
  type SignedIn,
  signInMember,
} from '../support/tenants.ts';
import { startTestKeyward, type TestKeyward } from '../support/test-keyward.ts';

let keyward: TestKeyward;
let browser: Browser;
let page: Page;
let home: string;
let made: MadeKey;
let admin: SignedIn;
beforeAll(async () => {
  keyward = await startTestKeyward();
  home = await findHome(keyward);
  const { organizationId } = keyward.bootstrap;
  made = await makeKey(keyward, { name: 'Partner sync' });
  admin = await signInMember(keyward, { organizationId, role: 'admin' });
  const within = admin.within(organizationId);
  await within.keys.update.mutate({ id: made.key.id, changes: { name: 'Partner sync (EU)' } });
  await within.members.invite.mutate({ email: 'new@example.com', role: 'member' });
  browser = await launchBrowser();
  page = await openAsOperator(browser, keyward);
});
afterAll(async () => {
  await browser.close();
  await keyward[Symbol.asyncDispose]();
});

const sentences = () => page.getByRole('listitem').locator('p:first-child').allInnerTexts();
const searchOf = () => Object.fromEntries(new URL(page.url()).searchParams);
const eventOf = (text: string) =>
  page
    .getByRole('listitem')
    .filter({ has: page.getByText(text) })
    .first();

test('the log tells who did what, and leads to what it was about', async () => {
  await page.getByRole('link', { name: 'Audit log' }).click();
  await eventOf('invited').waitFor();
  expect(await sentences()).toEqual([
    `${admin.user.name} invited new@example.com as a member`,
    `${admin.user.name} changed the name of the key Partner sync (EU)`,
    'Keyward (test) created the key Partner sync (EU)',
    'Keyward (test) created the key Bootstrap',
    expect.stringMatching(/created the organization$/),
  ]);
  const update = eventOf('changed the name');
  await update.getByText('Details').click();
  const words = (await update.innerText()).replace(/\s+/g, ' ');
  expect(words).toMatch(/Before: Partner sync After: Partner sync \(EU\)/);
  expect(words).toMatch(/Event No\. \d+, key\.updated Actor A person, usr_/);
  await expectAccessible(page, 'the audit log');
  await update.getByRole('link', { name: 'Partner sync (EU)' }).click();
  await page.waitForURL(new RegExp(`/keys/${made.key.id}`));
  await page.goBack();
  await eventOf('invited').waitFor();
});

test('the filters stand in the address: what happened, who did it, to what and when', async () => {
  await eventOf('invited')
    .getByRole('button', { name: `${admin.user.name}: show what else they did` })
    .click();
  await expect.poll(sentences).toHaveLength(2);
  expect(searchOf()).toEqual({ actor: admin.user.id });
  await page.getByLabel('What happened').selectOption({ label: 'Keys: everything' });
  await expect.poll(sentences).toHaveLength(1);
  expect(searchOf()).toEqual({ actor: admin.user.id, action: 'key.' });
  await page.getByLabel('Who did it').selectOption({ label: 'Keyward itself' });
  await expect.poll(sentences).toHaveLength(2);
  expect(searchOf()).toEqual({ by: 'system', action: 'key.' });
  const created = eventOf('created the key');
  await created.getByText('Details').click();
  await created.getByRole('button', { name: 'Only this key' }).click();
  await expect.poll(sentences).toHaveLength(1);
  await page.reload();
  await page.getByRole('button', { name: 'Remove the filter: about Partner sync (EU)' }).waitFor();
  expect(await sentences()).toEqual(['Keyward (test) created the key Partner sync (EU)']);
  await page.getByRole('button', { name: 'Clear' }).click();
  await expect.poll(sentences).toHaveLength(5);
  const today = await page.evaluate<string>(
    'new Date(Date.now() - new Date().getTimezoneOffset() * 60000).toISOString().slice(0, 10)',
  );
  await page.getByLabel('From day').fill(today);
  await page.getByLabel('To day').fill(today);
  await expect.poll(searchOf).toEqual({ from: today, to: today });
  await expect.poll(sentences).toHaveLength(5);
  await page.getByLabel('To day').fill('2020-01-01');
  await page.getByText('No event matches').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();
  await expect.poll(sentences).toHaveLength(5);
});

test('what is filtered is exported as a file, and the export is itself in the log', async () => {
  await page.goto(`${home}/audit?action=key.`);
  await eventOf('created the key').waitFor();
  await page.getByRole('button', { name: 'Export' }).click();
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'CSV, for spreadsheets' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/^audit-org_.*\.csv$/);
  const text = await readFile(await file.path(), 'utf8');
  expect(text.trimEnd().split('\r\n')).toHaveLength(1 + 3);
  await page.getByRole('button', { name: 'Clear' }).click();
  await eventOf('exported the audit log as CSV').waitFor();
});

test('the log is verified by a button, which says what is broken and what to do', async () => {
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText(/^6 events, unbroken since/).waitFor();
  const sql = postgres(keyward.databaseUrl, { max: 1, onnotice: () => {} });
  await tamper(
    sql,
    (transaction) => transaction`delete from audit_events
    where chain = ${keyward.bootstrap.organizationId} and number = 4`,
  );
  await sql.end();
  await page.getByRole('button', { name: 'Verify again' }).click();
  const alert = page.getByRole('alert');
  await alert.getByText('The log is broken at event 4').waitFor();
  const told = (await alert.innerText()).replace(/\s+/g, ' ');
  expect(told).toMatch(/Event 4 is missing\. .*up to event 3 stands\. .*Export the log/);
  await expectAccessible(page, 'a broken log');
});

test('accounts and services have a log of their own, for operators', async () => {
  await page.goto(`${keyward.url}/organizations`);
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByRole('heading', { name: 'Audit log of this Keyward' }).waitFor();
  await eventOf('signed in').waitFor();
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText(/unbroken since/).waitFor();
  await expectAccessible(page, 'the log of accounts and services');
});

test('a member has no log to read', async () => {
  const { user, password } = await makeMember(keyward, keyward.bootstrap);
  const theirs = await openConsole(browser, keyward.url, { email: user.email, password });
  expect(await theirs.getByRole('link', { name: 'Audit log' }).count()).toBe(0);
  await theirs.goto(`${home}/audit`);
  await theirs.getByText('This is for owners and admins').waitFor();
  await theirs.goto(`${keyward.url}/audit`);
  await theirs.getByRole('heading', { level: 1 }).waitFor();
  expect(await theirs.getByRole('button', { name: 'Export' }).count()).toBe(0);
  await theirs.context().close();
});
