import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { listOrganizations, requireUser } from './guards.ts';
import { rootRoute } from './root-route.ts';

export const createOrganizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/new',
  beforeLoad: async ({ context, location }) => {
    const user = await requireUser(context, location);
    return { user, isFirst: (await listOrganizations(context)).length === 0 };
  },
  component: lazyRouteComponent(
    () => import('./create-organization-screen.tsx'),
    'CreateOrganizationScreen',
  ),
});
