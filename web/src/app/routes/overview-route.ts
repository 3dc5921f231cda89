import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { readOverviewView } from '../../features/overview/overview-view.ts';
import { organizationRoute } from './organization-route.ts';

/** What happens in the organization, and what wants attention. */
export const overviewRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/overview',
  validateSearch: readOverviewView,
  component: lazyRouteComponent(() => import('./overview-screen.tsx'), 'OverviewScreen'),
});
