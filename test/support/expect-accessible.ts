import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { analyze } from './analyze.ts';

/** Fails when axe finds a violation on the page as it stands, or the page scrolls sideways. */
export async function expectAccessible(page: Page, what: string): Promise<void> {
  await page.waitForLoadState('networkidle');
  const { violations } = await analyze(page);
  expect(violations.map(({ id, nodes }) => [what, id, nodes[0]?.html])).toEqual([]);
  const overflow = await page.evaluate<number>(
    'document.documentElement.scrollWidth - document.documentElement.clientWidth',
  );
  expect(overflow, what).toBeLessThanOrEqual(0);
}
