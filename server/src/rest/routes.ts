import type { Route } from './route.ts';
import { auditEventRoutes } from './routes/audit-events.ts';
import { exposedKeysRoute } from './routes/exposed-keys.ts';
import { forwardAuthRoute } from './routes/forward-auth.ts';
import { keyLifecycleRoutes } from './routes/key-lifecycle.ts';
import { keyRoutes } from './routes/keys.ts';
import { memberRoutes } from './routes/members.ts';
import { organizationRoutes } from './routes/organizations.ts';
import { selfRoutes } from './routes/self.ts';
import { serviceRoutes } from './routes/services.ts';
import { testRoute, verifyRoute } from './routes/verification.ts';
import { webhookRoutes } from './routes/webhooks.ts';

/** Every call of the REST contract: the server, its document and its tests read this one list. */
export const routes: readonly Route[] = [
  verifyRoute,
  forwardAuthRoute,
  testRoute,
  ...selfRoutes,
  ...keyRoutes,
  ...keyLifecycleRoutes,
  ...serviceRoutes,
  ...memberRoutes,
  ...auditEventRoutes,
  ...organizationRoutes,
  ...webhookRoutes,
  exposedKeysRoute,
];
