import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

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
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await findViolations(page), `${what} at ${size.width}, light`).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
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

/**
 * The rule and the first element of each violation. In axe's legacy mode: there are no frames here, for whose
 * sake the other one opens a page of its own each time and takes several times as long.
 */
async function findViolations(page: Page, rules?: string[]): Promise<(string | undefined)[][]> {
  const axe = new AxeBuilder({ page }).setLegacyMode();
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(({ id, nodes }) => [id, nodes[0]?.html]);
}
