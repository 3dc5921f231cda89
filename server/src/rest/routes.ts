import type { Route } from './route.ts';
import { forwardAuthRoute } from './routes/forward-auth.ts';
import { keyRoutes } from './routes/keys.ts';
import { serviceRoutes } from './routes/services.ts';
import { testRoute, verifyRoute } from './routes/verification.ts';

/** Every call of the REST contract: the server, its document and its tests read this one list. */
export const routes: readonly Route[] = [
  verifyRoute,
  forwardAuthRoute,
  testRoute,
  ...keyRoutes,
  ...serviceRoutes,
];
