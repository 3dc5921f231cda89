import { settleConfirmation } from '../lib/confirmation.ts';
import { createApi } from '../lib/create-api.ts';
import { onceReleased } from '../lib/hold-page.ts';
import { createConsoleRouter } from './create-console-router.ts';

/** The account's API and the router, which know of each other: a lost session leads to the sign-in page. */
export function createConsole() {
  let isLeaving = false;
  const leave = async () => {
    // What is still on the page asks again, and is refused again: its refusals would begin this anew for ever.
    if (isLeaving) {
      return;
    }
    isLeaving = true;
    settleConfirmation(false);
    account.queryClient.clear();
    // The guards ask anew who is signed in, find nobody, and remember the way back.
    await router.invalidate().finally(() => {
      isLeaving = false;
    });
  };
  const onSignedOut = () => onceReleased(() => void leave());
  const account = createApi({ organizationId: null, onSignedOut });
  const router = createConsoleRouter({ account, onSignedOut });
  // Whoever leaves the page that asked does not want any more what it asked for.
  router.subscribe('onBeforeNavigate', ({ pathChanged }) => {
    if (pathChanged) {
      settleConfirmation(false);
    }
  });
  return { account, router };
}
