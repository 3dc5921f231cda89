import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { findSession } from './guards.ts';
import { rootRoute } from './root-route.ts';

/** A place within the console, or `/`: never another site that a link could name. */
function readReturn({ returnTo }: Record<string, unknown>): { returnTo?: string } {
  return typeof returnTo === 'string' && /^\/(?![/\\])/.test(returnTo) ? { returnTo } : {};
}

export const signInRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-in',
  validateSearch: readReturn,
  beforeLoad: async ({ context, search }) => {
    const session = await findSession(context);
    if (session.user !== null) {
      throw redirect({ href: search.returnTo ?? '/', replace: true });
    }
    if (session.isFresh) {
      throw redirect({ to: '/sign-up', replace: true });
    }
    return { canSignUp: session.canSignUp, takesPasskeys: session.takesPasskeys };
  },
  component: lazyRouteComponent(() => import('./sign-in-screen.tsx'), 'SignInScreen'),
});
