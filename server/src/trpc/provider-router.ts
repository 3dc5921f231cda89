import { DomainError } from '@keyward/shared/errors';
import { beginSignInInput, disconnectInput } from '@keyward/shared/providers';
import { browserCookie } from '../accounts/browser-token.ts';
import {
  type BegunVisit,
  beginConfirmation,
  beginConnection,
  beginSignIn,
  visitSeconds,
} from '../accounts/provider/begin-visit.ts';
import { disconnect, listIdentities } from '../accounts/provider/identities.ts';
import type { Provider } from '../accounts/provider/provider.ts';
import type { TrpcContext } from './create-trpc-context.ts';
import { publicProcedure, router, userProcedure } from './procedures.ts';

function requireProvider({ instance }: TrpcContext): Provider {
  if (instance.provider === null) {
    throw new DomainError('conflict', 'Single sign-on is not set up here: sign in another way.');
  }
  return instance.provider;
}

/** Sends what binds the way back to this browser, and returns where it goes to. */
function bind(ctx: TrpcContext, { url, token }: BegunVisit): { url: string } {
  const secure = ctx.instance.secureCookies;
  ctx.setCookie(browserCookie('provider', token, { secure, seconds: visitSeconds }));
  return { url };
}

/** Signing in by a provider of OpenID Connect. Each way there comes back to `/auth/callback`. */
export const providerRouter = router({
  beginSignIn: publicProcedure.input(beginSignInInput).mutation(async ({ ctx, input }) => {
    const { invitation = null, returnTo = '/' } = input;
    return bind(ctx, await beginSignIn(ctx, requireProvider(ctx), { invitation, returnTo }));
  }),

  /** Has the provider sign the user in from then on. */
  beginConnection: userProcedure.mutation(async ({ ctx }) =>
    bind(ctx, await beginConnection(ctx, requireProvider(ctx))),
  ),

  /** Has the provider ask again before something sensitive. */
  beginConfirmation: userProcedure.mutation(async ({ ctx }) =>
    bind(ctx, await beginConfirmation(ctx, requireProvider(ctx))),
  ),

  identities: userProcedure.query(({ ctx }) => listIdentities(ctx)),

  disconnect: userProcedure
    .input(disconnectInput)
    .mutation(({ ctx, input }) => disconnect(ctx, input.issuer, ctx.instance.provider)),
});
