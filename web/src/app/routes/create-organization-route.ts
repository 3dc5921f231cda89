import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { hasOrganizations, listOrganizations, requireUser } from './guards.ts';
import { rootRoute } from './root-route.ts';

export const createOrganizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/organizations/new',
  beforeLoad: async ({ context, location }) => {
    const user = await requireUser(context, location);
    const own = await listOrganizations(context);
    const isFirst = own.length === 0 && !(user.isOperator && (await hasOrganizations(context)));
    return { user, isFirst };
  },
  component: lazyRouteComponent(
    () => import('./create-organization-screen.tsx'),
    'CreateOrganizationScreen',
  ),
});
