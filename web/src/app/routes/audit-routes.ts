import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { requireOperator } from './guards.ts';
import { organizationRoute } from './organization-route.ts';
import { rootRoute } from './root-route.ts';

type AuditSearch = Partial<Record<'action' | 'actor' | 'by' | 'target' | 'from' | 'to', string>>;

// What makes sense of it comes with the page: this is in every first load.
const readSearch = (search: Record<string, unknown>) => search as AuditSearch;

/** What happened in the organization. */
export const auditRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/audit',
  validateSearch: readSearch,
  component: lazyRouteComponent(() => import('./audit-screen.tsx'), 'AuditScreen'),
});

/** What happened to accounts and services, for operators. For others there is no such page. */
export const instanceAuditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: readSearch,
  beforeLoad: async ({ context, location }) => ({
    user: await requireOperator(context, location),
  }),
  component: lazyRouteComponent(() => import('./instance-audit-screen.tsx'), 'InstanceAuditScreen'),
});
