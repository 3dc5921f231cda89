import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { findDemanding, findSession, requireUser } from './guards.ts';
import { rootRoute } from './root-route.ts';

interface AccountSearch {
  /** The slug of the organization that asked for a second factor. */
  demandedBy?: string;
  /** Why the way to the provider did not go through. */
  error?: string;
}

const readSearch = ({ demandedBy, error }: Record<string, unknown>): AccountSearch => ({
  ...(typeof demandedBy === 'string' && { demandedBy }),
  ...(typeof error === 'string' && { error }),
});

export const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  validateSearch: readSearch,
  beforeLoad: async ({ context, location, search }) => {
    const user = await requireUser(context, location);
    const { hasSecondFactor, takesPasskeys, provider } = await findSession(context);
    const demandedBy = await findDemanding(context, user, search.demandedBy);
    return { user, hasSecondFactor, takesPasskeys, provider, demandedBy };
  },
  component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
});
