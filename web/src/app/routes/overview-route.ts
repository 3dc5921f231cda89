import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { organizationRoute } from './organization-route.ts';

/** What happens in the organization, and what wants attention. */
export const overviewRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/overview',
  component: lazyRouteComponent(
    () => import('../../features/overview/overview-page.tsx'),
    'OverviewPage',
  ),
});
