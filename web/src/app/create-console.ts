import { createApi } from '../lib/create-api.ts';
import { onceReleased } from '../lib/hold-page.ts';
import { createConsoleRouter } from './create-console-router.ts';

/** The account's API and the router, which know of each other: a lost session leads to the sign-in page. */
export function createConsole() {
  const onSignedOut = () =>
    onceReleased(() => {
      account.queryClient.clear();
      // The guards ask anew who is signed in, find nobody, and remember the way back.
      void router.invalidate();
    });
  const account = createApi({ organizationId: null, onSignedOut });
  const router = createConsoleRouter({ account, onSignedOut });
  return { account, router };
}
