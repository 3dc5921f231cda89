import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { rememberOrganization } from '../recall-organization.ts';
import { findSession, listOrganizations, requireMembership } from './guards.ts';
import { rootRoute } from './root-route.ts';

/** All that belongs to one organization stands under its slug. */
export const organizationRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/o/$organizationSlug',
  beforeLoad: async ({ context, location, params }) => {
    const membership = await requireMembership(context, location, params.organizationSlug);
    const { isDemo } = await findSession(context);
    return { membership, isDemo, organizations: await listOrganizations(context) };
  },
  loader: ({ params }) => rememberOrganization(params.organizationSlug),
  component: lazyRouteComponent(() => import('../organization-layout.tsx'), 'OrganizationLayout'),
});
