import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { listOrganizations, requireOperator } from './guards.ts';
import { rootRoute } from './root-route.ts';

/** Every organization, for operators. For others there is no such page. */
export const organizationsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations',
  beforeLoad: async ({ context, location }) => {
    const user = await requireOperator(context, location);
    return { user, organizations: await listOrganizations(context) };
  },
  component: lazyRouteComponent(() => import('./organizations-screen.tsx'), 'OrganizationsScreen'),
});
