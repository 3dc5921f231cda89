import type { ProviderRefusal } from '@keyward/shared/providers';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { isProviderRefusal } from '../../lib/provider-refusals.ts';
import { findSession, listOrganizations, requireUser } from './guards.ts';
import { rootRoute } from './root-route.ts';

interface AccountSearch {
  /** The slug of the organization that asked for a second factor. */
  demandedBy?: string;
  /** Why the way to the provider did not go through. */
  error?: ProviderRefusal;
}

const readSearch = ({ demandedBy, error }: Record<string, unknown>): AccountSearch => ({
  ...(typeof demandedBy === 'string' && { demandedBy }),
  ...(isProviderRefusal(error) && { error }),
});

export const accountRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/account',
  validateSearch: readSearch,
  beforeLoad: async ({ context, location, search }) => {
    const user = await requireUser(context, location);
    const { hasSecondFactor, takesPasskeys, provider } = await findSession(context);
    const organizations = await listOrganizations(context);
    const demandedBy = organizations.find(({ slug }) => slug === search.demandedBy) ?? null;
    return { user, hasSecondFactor, takesPasskeys, provider, demandedBy };
  },
  component: lazyRouteComponent(() => import('./account-screen.tsx'), 'AccountScreen'),
});
