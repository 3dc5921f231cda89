import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { dropWaitingChallenge, takeWaitingChallenge } from '../../lib/waiting-challenge.ts';
import { findSession } from './guards.ts';
import { rootRoute } from './root-route.ts';

/** A place within the console, or `/`: never another site that a link could name. */
const readReturn = (returnTo: unknown): { returnTo?: string } =>
  typeof returnTo === 'string' && /^\/(?![/\\])/.test(returnTo) ? { returnTo } : {};

interface SignInSearch {
  returnTo?: string;
  /** Why the provider's sign-in did not go through. */
  error?: string;
}

const readSearch = ({ returnTo, error }: Record<string, unknown>): SignInSearch => ({
  ...readReturn(returnTo),
  ...(typeof error === 'string' && { error }),
});

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: readSearch,
  beforeLoad: async ({ context, search }) => {
    const session = await findSession(context);
    if (session.user !== null) {
      dropWaitingChallenge();
      throw redirect({ href: search.returnTo ?? '/', replace: true });
    }
    if (session.isFresh) {
      throw redirect({ to: '/sign-up', replace: true });
    }
    const { canSignUp, takesPasskeys, provider } = session;
    return { canSignUp, takesPasskeys, provider, waiting: takeWaitingChallenge() };
  },
  component: lazyRouteComponent(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
});
