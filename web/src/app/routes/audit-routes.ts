import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readAuditFilters } from '../../features/audit/audit-filters.ts';
import { requireOperator } from './guards.ts';
import { organizationRoute } from './organization-route.ts';
import { rootRoute } from './root-route.ts';

/** What happened in the organization. */
export const auditRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/audit',
  validateSearch: readAuditFilters,
  component: lazyRouteComponent(() => import('./audit-screen.tsx'), 'AuditScreen'),
});

/** What happened to accounts and services, for operators. For others there is no such page. */
export const instanceAuditRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/audit',
  validateSearch: readAuditFilters,
  beforeLoad: async ({ context, location }) => ({
    user: await requireOperator(context, location),
  }),
  component: lazyRouteComponent(() => import('./instance-audit-screen.tsx'), 'InstanceAuditScreen'),
});
