import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { toFailure } from '../../lib/failure.ts';
import { takeResetToken } from '../../lib/reset-token.ts';
import { rootRoute } from './root-route.ts';

export const resetPasswordRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  beforeLoad: async ({ context }) => {
    // Without a token the server says what to do, as it does of one that was used.
    const token = takeResetToken() ?? 'none';
    try {
      const { email } = await context.account.client.account.password.look.mutate({ token });
      return { reset: { token, email }, detail: '' };
    } catch (error) {
      const { code, detail } = toFailure(error);
      if (code !== 'not_found') {
        throw error;
      }
      return { reset: null, detail };
    }
  },
  component: lazyRouteComponent(() => import('./reset-password-screen.tsx'), 'ResetPasswordScreen'),
});
