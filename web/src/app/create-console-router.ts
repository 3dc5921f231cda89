import { createRouter, parseSearchWith, stringifySearchWith } from '@tanstack/react-router';
import { NotFoundPage } from './not-found-page.tsx';
import { PendingPage } from './pending-page.tsx';
import { RouteFailurePage } from './route-failure-page.tsx';
import type { ConsoleContext } from './routes/root-route.ts';
import { routeTree } from './routes/route-tree.ts';

export function createConsoleRouter(context: ConsoleContext) {
  return createRouter({
    routeTree,
    context,
    defaultPreload: 'intent',
    defaultPendingMs: 400,
    scrollRestoration: true,
    defaultPendingComponent: PendingPage,
    defaultErrorComponent: RouteFailurePage,
    defaultNotFoundComponent: NotFoundPage,
    // Every value in an address is text: a search for 007 must not become one for 7.
    parseSearch: parseSearchWith(String),
    stringifySearch: stringifySearchWith(String),
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createConsoleRouter>;
  }
}
