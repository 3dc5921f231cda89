import { changeRoleByIdInput, inviteInput, userIdInput } from '@keyward/shared/members';
import { changeRole } from '../organizations/change-role.ts';
import { inviteMember } from '../organizations/invite-member.ts';
import { listMembers } from '../organizations/list-members.ts';
import { previewRemoval } from '../organizations/preview-removal.ts';
import { removeMember } from '../organizations/remove-member.ts';
import { invitationUrl } from '../organizations/write-invitation.ts';
import { organizationProcedure, router } from './procedures.ts';

export const membersRouter = router({
  list: organizationProcedure.query(({ ctx }) => listMembers(ctx)),

  changeRole: organizationProcedure
    .input(changeRoleByIdInput)
    .mutation(({ ctx, input }) => changeRole(ctx, input.userId, input.role)),

  /** The keys that a removal would revoke, and how much each is used. */
  previewRemoval: organizationProcedure
    .input(userIdInput)
    .query(({ ctx, input }) => previewRemoval(ctx, input.userId)),

  remove: organizationProcedure
    .input(userIdInput)
    .mutation(({ ctx, input }) => removeMember(ctx, input.userId)),

  /** The answer holds the link, this once. */
  invite: organizationProcedure.input(inviteInput).mutation(async ({ ctx, input }) => {
    const { id, token, expiresAt } = await inviteMember(ctx, input, ctx.instance.mailing);
    const url = invitationUrl(ctx.instance.publicUrl, token);
    const isMailed = ctx.instance.mailing !== null;
    return { id, url, expiresAt: expiresAt.toISOString(), isMailed };
  }),
});
