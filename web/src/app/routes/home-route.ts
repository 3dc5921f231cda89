import { createRoute, redirect } from '@tanstack/react-router';
import { recallOrganization } from '../recall-organization.ts';
import { hasOrganizations, listOrganizations, requireUser } from './guards.ts';
import { rootRoute } from './root-route.ts';

/**
 * Nothing stands here: it leads to the organization that was seen last, or to the first one. An operator
 * who is a member of none has all of them to choose from.
 */
export const homeRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/',
  beforeLoad: async ({ context, location }) => {
    const user = await requireUser(context, location);
    const organizations = await listOrganizations(context);
    const recalled = recallOrganization();
    const target = organizations.find(({ slug }) => slug === recalled) ?? organizations[0];
    if (target !== undefined) {
      throw redirect({
        to: '/o/$organizationSlug/keys',
        params: { organizationSlug: target.slug },
        replace: true,
      });
    }
    throw redirect({
      to:
        user.isOperator && (await hasOrganizations(context))
          ? '/organizations'
          : '/organizations/new',
      replace: true,
    });
  },
});
