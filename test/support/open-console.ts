import type { Browser, Page } from 'playwright-core';
import { consoleClient } from './console-client.ts';
import { operatorPassword, type TestKeyward } from './test-keyward.ts';

interface OpenOptions {
  email: string;
  password: string;
}

/** The console in a browser of somebody's own, signed in. */
export async function openConsole(
  browser: Browser,
  url: string,
  { email, password }: OpenOptions,
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('link', { name: 'Members' }).waitFor();
  return page;
}

/** The same of the operator, who owns the organization that bootstrap made. */
export function openAsOperator(browser: Browser, { url, bootstrap }: TestKeyward): Promise<Page> {
  return openConsole(browser, url, {
    email: bootstrap.email,
    password: operatorPassword,
  });
}

/** Where the console shows the organization that bootstrap made. */
export async function findHome({ url, bootstrap }: TestKeyward): Promise<string> {
  const operator = consoleClient(url);
  const { email } = bootstrap;
  await operator.trpc.account.signIn.mutate({ email, password: operatorPassword });
  const [organization] = await operator.trpc.organizations.list.query();
  return `${url}/o/${organization?.slug}`;
}
