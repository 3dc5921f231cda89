import { createRoute, redirect } from '@tanstack/react-router';
import { recallOrganization } from '../recall-organization.ts';
import { listOrganizations, requireUser } from './guards.ts';
import { rootRoute } from './root-route.ts';

/** Nothing stands here: it leads to the organization that was seen last, or to the first one. */
export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    await requireUser(context, location);
    const organizations = await listOrganizations(context);
    const recalled = recallOrganization();
    const target = organizations.find(({ slug }) => slug === recalled) ?? organizations[0];
    throw target === undefined
      ? redirect({ to: '/organizations/new', replace: true })
      : redirect({
          to: '/o/$organizationSlug/keys',
          params: { organizationSlug: target.slug },
          replace: true,
        });
  },
});
