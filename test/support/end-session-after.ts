import type { Page } from 'playwright-core';

/** Lets the session end with the next answer of a procedure: the page has it, and no later one. */
export async function endSessionAfter(page: Page, procedure: string): Promise<void> {
  await page.route(
    `**/trpc/*${procedure}*`,
    async (route) => {
      const response = await route.fetch();
      await page.context().clearCookies();
      await route.fulfill({ response });
    },
    { times: 1 },
  );
}
