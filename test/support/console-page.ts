import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { operatorPassword, type TestKeyward } from './test-keyward.ts';

interface Look {
  colorScheme?: 'light' | 'dark';
  width?: number;
  /** Left out: the operator. */
  account?: { email: string; password: string };
}

/** A page of the console, signed in. */
export async function openSignedIn(
  browser: Browser,
  keyward: TestKeyward,
  { colorScheme = 'light', width = 1280, account }: Look = {},
): Promise<Page> {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
  const page = await context.newPage();
  const { email, password } = account ?? {
    email: keyward.bootstrap.email,
    password: operatorPassword,
  };
  await page.goto(keyward.url);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('textbox', { name: 'Password' }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'API keys', level: 1 }).waitFor();
  return page;
}

/** Each violation that axe finds on the page as it stands: its name and where. */
export async function findViolations(page: Page): Promise<unknown[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
}

/** By how many pixels the page can be scrolled sideways. */
export const overflowOf = (page: Page): Promise<number> =>
  page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
