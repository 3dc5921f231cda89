import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { organizationRoute } from './organization-route.ts';

/** Who belongs to the organization. */
export const membersRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/members',
  component: lazyRouteComponent(
    () => import('../../features/members/members-page.tsx'),
    'MembersPage',
  ),
});
