import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { takeInvitationToken } from '../../lib/invitation-token.ts';
import { findSession } from './guards.ts';
import { rootRoute } from './root-route.ts';

export const joinRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/join',
  beforeLoad: async ({ context }) => {
    // Without a token the server says what to do, as it does of one that was used.
    const token = takeInvitationToken() ?? 'none';
    const { user, provider } = await findSession(context);
    const invitation = await context.account.client.invitations.look.mutate({ token });
    return { token, user, provider, invitation };
  },
  component: lazyRouteComponent(() => import('./join-screen.tsx'), 'JoinScreen'),
});
