import { createRootRouteWithContext } from '@tanstack/react-router';
import type { Api } from '../../lib/create-api.ts';

/** What every guard is given. */
export interface ConsoleContext {
  account: Api;
  /** To be called when it turns out that nobody is signed in any more. */
  onSignedOut: () => void;
}

export const rootRoute = createRootRouteWithContext<ConsoleContext>()();
