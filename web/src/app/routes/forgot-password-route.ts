import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { findSession } from './guards.ts';
import { rootRoute } from './root-route.ts';

export const forgotPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/forgot-password',
  beforeLoad: async ({ context }) => {
    const { sendsMail } = await findSession(context);
    return { sendsMail };
  },
  component: lazyRouteComponent(
    () => import('./forgot-password-screen.tsx'),
    'ForgotPasswordScreen',
  ),
});
