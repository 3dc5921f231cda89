import { emailInput, resetPasswordInput, resetTokenInput } from '@keyward/shared/accounts';
import { makeResetLink, resetUrl } from '../accounts/password-reset/make-reset-link.ts';
import { requestReset } from '../accounts/password-reset/request-reset.ts';
import { findReset, resetPassword } from '../accounts/password-reset/reset-password.ts';
import { publicProcedure, router, userProcedure } from './procedures.ts';

export const passwordRouter = router({
  /** The same answer for an email that has an account and for one that has none. */
  requestReset: publicProcedure
    .input(emailInput)
    .mutation(({ ctx, input }) => requestReset(ctx, input.email, ctx.instance.mailing)),

  /** For operators, to be handed over where no mail is sent. The answer holds the link, this once. */
  makeResetLink: userProcedure.input(emailInput).mutation(async ({ ctx, input }) => {
    const { token, expiresAt } = await makeResetLink(ctx, input.email);
    return { url: resetUrl(ctx.instance.publicUrl, token), expiresAt: expiresAt.toISOString() };
  }),

  /** Whose password a link sets. A mutation for its input alone, which holds the token: it changes nothing. */
  look: publicProcedure.input(resetTokenInput).mutation(async ({ ctx, input }) => {
    const { email } = await findReset(ctx.database, input.token);
    return { email };
  }),

  /** Ends every session, and starts none. */
  reset: publicProcedure
    .input(resetPasswordInput)
    .mutation(({ ctx, input }) => resetPassword(ctx, input, ctx.instance.mailing)),
});
