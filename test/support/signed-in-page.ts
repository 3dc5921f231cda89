import type { Browser, BrowserContextOptions, Page } from 'playwright-core';

interface Account {
  email: string;
  password: string;
}

/** A page of the console in a browser context of its own, signed in. */
export async function openSignedIn(
  browser: Browser,
  url: string,
  { email, password }: Account,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options });
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.getByRole('main').waitFor();
  await page.waitForURL(/\/o\//);
  return page;
}
