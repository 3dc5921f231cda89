import { invitationIdInput, invitationTokenInput } from '@keyward/shared/members';
import { acceptInvitation, findInvitation } from '../organizations/accept-invitation.ts';
import { cancelInvitation } from '../organizations/cancel-invitation.ts';
import { listInvitations } from '../organizations/list-invitations.ts';
import { mailInvitation } from '../organizations/mail-invitation.ts';
import { renewInvitation } from '../organizations/renew-invitation.ts';
import { invitationUrl } from '../organizations/write-invitation.ts';
import { organizationProcedure, publicProcedure, router, userProcedure } from './procedures.ts';

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

  list: organizationProcedure.query(({ ctx }) => listInvitations(ctx)),

  cancel: organizationProcedure
    .input(invitationIdInput)
    .mutation(({ ctx, input }) => cancelInvitation(ctx, input.id)),

  /** The answer holds the new link, this once. */
  renew: organizationProcedure.input(invitationIdInput).mutation(async ({ ctx, input }) => {
    const { id, token, expiresAt } = await renewInvitation(ctx, input.id, ctx.instance.mailing);
    const url = invitationUrl(ctx.instance.publicUrl, token);
    const isMailed = ctx.instance.mailing !== null;
    return { id, url, expiresAt: expiresAt.toISOString(), isMailed };
  }),

  /** Sends the mail again, where the one before did not arrive. */
  mail: organizationProcedure
    .input(invitationIdInput)
    .mutation(({ ctx, input }) => mailInvitation(ctx, input.id, ctx.instance.mailing)),
});
