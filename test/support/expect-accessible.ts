import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const { source } = axe;
const phone = { width: 390, height: 900 };

/**
 * Fails when axe finds a violation on the page as it stands, or the page scrolls sideways: as wide as it is and
 * on a phone, in light and in the dark. The page is left as it was found.
 */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  const found = page.viewportSize() ?? phone;
  for (const size of found.width === phone.width ? [phone] : [found, phone]) {
    await page.setViewportSize(size);
    await changeTheme(page, 'light');
    expect(await findViolations(page), `${what} at ${size.width}, light`).toEqual([]);
    await changeTheme(page, 'dark');
    // Colours are all that a theme changes.
    expect(
      await findViolations(page, ['color-contrast']),
      `${what} at ${size.width}, dark`,
    ).toEqual([]);
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    );
    expect(overflow, `${what} scrolls sideways at ${size.width}`).toBeLessThanOrEqual(0);
  }
  await page.setViewportSize(found);
  await page.emulateMedia({ colorScheme: null });
}

/** Returns when the page has the theme, and nothing on it is still on its way to a colour. */
async function changeTheme(page: Page, theme: 'light' | 'dark'): Promise<void> {
  await page.emulateMedia({ colorScheme: theme });
  const isSettled = `document.documentElement.dataset.mantineColorScheme === '${theme}' &&
    document.getAnimations().every(({ playState, effect }) =>
      playState !== 'running' || effect.getTiming().iterations === Infinity)`;
  await expect.poll(() => page.evaluate(isSettled), { interval: 20 }).toBe(true);
}

/** The rule and the first element of each violation. */
async function findViolations(page: Page, runOnly?: string[]): Promise<unknown> {
  if (await page.evaluate('typeof axe === "undefined"')) {
    await page.evaluate(source);
  }
  // What is no violation need not be gathered and told: that takes the most of its time.
  const options = { resultTypes: ['violations'], ...(runOnly && { runOnly }) };
  return page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) =>
      violations.map(({ id, nodes }) => [id, nodes[0]?.html]))`,
  );
}
