import { DomainError } from '@keyward/shared/errors';
import {
  addPasskeyInput,
  confirmByPasskeyInput,
  offerSignInInput,
  passkeyIdInput,
  signInByPasskeyInput,
} from '@keyward/shared/passkeys';
import { browserCookie, readBrowserToken } from '../accounts/browser-token.ts';
import { ceremonySeconds } from '../accounts/passkeys/ceremonies.ts';
import { listPasskeys, removePasskey } from '../accounts/passkeys/manage-passkeys.ts';
import { addPasskey, offerPasskey } from '../accounts/passkeys/register-passkey.ts';
import { relyingPartyOf } from '../accounts/passkeys/relying-party.ts';
import {
  confirmByPasskey,
  offerConfirmation,
  offerSignIn,
  signInByPasskey,
} from '../accounts/passkeys/sign-in-by-passkey.ts';
import type { TrpcContext } from './create-trpc-context.ts';
import { enter } from './enter.ts';
import { presentUser } from './present-user.ts';
import { publicProcedure, router, userProcedure } from './procedures.ts';

function partyOf({ instance }: TrpcContext) {
  const party = relyingPartyOf(instance.publicUrl);
  if (party === null) {
    throw new DomainError(
      'conflict',
      'Passkeys need a name and https, or localhost: whoever runs this Keyward sets KEYWARD_PUBLIC_URL.',
    );
  }
  return party;
}

/** Sends what binds the answer to this browser, and returns the rest. */
function bind<Options>(ctx: TrpcContext, { options, token }: { options: Options; token: string }) {
  const secure = ctx.instance.secureCookies;
  ctx.setCookie(browserCookie('passkey', token, { secure, seconds: ceremonySeconds }));
  return { options };
}

const boundTo = (ctx: TrpcContext) => {
  const secure = ctx.instance.secureCookies;
  const party = partyOf(ctx);
  return { party, token: readBrowserToken(ctx.cookies, 'passkey', secure), secure };
};

export const passkeysRouter = router({
  list: userProcedure.query(({ ctx }) => listPasskeys(ctx)),

  /** What the browser makes a passkey of. */
  offer: userProcedure.mutation(async ({ ctx }) =>
    bind(ctx, await offerPasskey(ctx, partyOf(ctx))),
  ),

  add: userProcedure
    .input(addPasskeyInput)
    .mutation(({ ctx, input }) => addPasskey(ctx, input, boundTo(ctx))),

  remove: userProcedure
    .input(passkeyIdInput)
    .mutation(({ ctx, input }) => removePasskey(ctx, input.id, ctx.instance.provider)),

  /** What a passkey signs in the place of email and password, or of a code. */
  offerSignIn: publicProcedure
    .input(offerSignInInput)
    .mutation(async ({ ctx, input }) =>
      bind(ctx, await offerSignIn(ctx, input.challenge ?? null, partyOf(ctx))),
    ),

  signIn: publicProcedure.input(signInByPasskeyInput).mutation(async ({ ctx, input }) => {
    const { answer, challenge = null } = input;
    const { actor, cookie } = await signInByPasskey(ctx, { answer, challenge }, boundTo(ctx));
    await enter(ctx, cookie);
    return presentUser(actor);
  }),

  /** What a passkey signs in the place of the password, before something sensitive. */
  offerConfirmation: userProcedure.mutation(async ({ ctx }) =>
    bind(ctx, await offerConfirmation(ctx, partyOf(ctx))),
  ),

  confirm: userProcedure
    .input(confirmByPasskeyInput)
    .mutation(({ ctx, input }) => confirmByPasskey(ctx, input.answer, boundTo(ctx))),
});
