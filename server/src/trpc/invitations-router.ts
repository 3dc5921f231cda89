import { invitationTokenInput } from '@keyward/shared/members';
import { acceptInvitation, findInvitation } from '../organizations/accept-invitation.ts';
import { publicProcedure, router, userProcedure } from './procedures.ts';

export const invitationsRouter = router({
  /** What a link leads to. A mutation for its input alone, which holds the token: it changes nothing. */
  look: publicProcedure.input(invitationTokenInput).mutation(async ({ ctx, input }) => {
    const { invitation, organization } = await findInvitation(ctx.database, input.token);
    const { email, role } = invitation;
    return { email, role, organization: { name: organization.name, slug: organization.slug } };
  }),

  accept: userProcedure
    .input(invitationTokenInput)
    .mutation(({ ctx, input }) => acceptInvitation(ctx, input.token)),
});
