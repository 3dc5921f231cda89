import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { consoleClient } from './console-client.ts';
import { openSignedIn, sessionCookie } from './console-pages.ts';
import { operatorPassword, type TestKeyward } from './test-keyward.ts';

interface Account {
  email: string;
  password: string;
}

/** The console in a browser of somebody's own, signed in, within their organization. */
export async function openConsole(
  browser: Browser,
  url: string,
  { email, password }: Account,
  options: BrowserContextOptions = {},
): Promise<Page> {
  // As the form does it, whose page need not be loaded for that each time.
  const keyward = { url: new URL(url).origin };
  const cookie = await sessionCookie(keyward, { email, password });
  const viewport = { width: 1280, height: 900 };
  const context = await openSignedIn(browser, keyward, cookie, { viewport, ...options });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByRole('main').waitFor();
  await page.waitForURL(/\/o\//);
  return page;
}

/** Fills in the page that somebody meets who is not signed in. */
export async function signInByForm(page: Page, { email, password }: Account): Promise<void> {
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
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
