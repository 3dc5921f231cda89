import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { organizationRoute } from './organization-route.ts';

/** Who belongs to the organization. */
export const membersRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/members',
  component: lazyRouteComponent(() => import('./members-screen.tsx'), 'MembersScreen'),
});

/** What would break without somebody, and their removal. */
export const removeMemberRoute = createRoute({
  getParentRoute: () => organizationRoute,
  path: '/members/$userId/remove',
  component: lazyRouteComponent(() => import('./remove-member-screen.tsx'), 'RemoveMemberScreen'),
});
