import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { findSession } from './guards.ts';
import { rootRoute } from './root-route.ts';

export const signUpRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/sign-up',
  beforeLoad: async ({ context }) => {
    const { user, canSignUp, isFresh } = await findSession(context);
    if (user !== null) {
      throw redirect({ to: '/', replace: true });
    }
    if (!canSignUp) {
      throw redirect({ to: '/sign-in', replace: true });
    }
    return { isFresh };
  },
  component: lazyRouteComponent(() => import('./sign-up-screen.tsx'), 'SignUpScreen'),
});
