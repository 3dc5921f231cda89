import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** Waits until the page has all that it asked for, and nothing on it says that it is loading. */
export async function untilShown(page: Page): Promise<void> {
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  // On a busy machine what was asked for last may come after that. A skeleton's mark is Mantine's.
  await expect.poll(() => page.locator('[data-visible=true]').count()).toBe(0);
}
