import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { findSession, listOrganizations, requireUser } from './guards.ts';
import { rootRoute } from './root-route.ts';

/** The slug of the organization that asked for a second factor. */
function readDemand({ demandedBy }: Record<string, unknown>): { demandedBy?: string } {
  return typeof demandedBy === 'string' ? { demandedBy } : {};
}

export const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  validateSearch: readDemand,
  beforeLoad: async ({ context, location, search }) => {
    const user = await requireUser(context, location);
    const { hasSecondFactor, takesPasskeys } = await findSession(context);
    const organizations = await listOrganizations(context);
    const demandedBy = organizations.find(({ slug }) => slug === search.demandedBy) ?? null;
    return { user, hasSecondFactor, takesPasskeys, demandedBy };
  },
  component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
});
