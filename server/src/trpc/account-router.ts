import {
  changePasswordInput,
  completeSignInInput,
  confirmPasswordInput,
  endSessionInput,
  signInInput,
  signUpInput,
} from '@keyward/shared/accounts';
import { changePassword } from '../accounts/change-password.ts';
import { confirmPassword } from '../accounts/confirm-password.ts';
import { hasAccounts } from '../accounts/create-account.ts';
import { endOtherSessions, endSession, signOutEverywhere } from '../accounts/end-sessions.ts';
import { findWays } from '../accounts/find-ways.ts';
import { listSessions } from '../accounts/list-sessions.ts';
import { relyingPartyOf } from '../accounts/passkeys/relying-party.ts';
import { completeSignIn } from '../accounts/second-factor/challenge.ts';
import { signIn } from '../accounts/sign-in.ts';
import { signOut } from '../accounts/sign-out.ts';
import { signUp } from '../accounts/sign-up.ts';
import { isDemo } from '../demo/is-demo.ts';
import { enter } from './enter.ts';
import { passkeysRouter } from './passkeys-router.ts';
import { passwordRouter } from './password-router.ts';
import { presentUser } from './present-user.ts';
import { publicProcedure, router, userProcedure } from './procedures.ts';
import { providerRouter } from './provider-router.ts';
import { secondFactorRouter } from './second-factor-router.ts';

export const accountRouter = router({
  /** Who is signed in, and whether a stranger may sign up: what the console's first screen needs. */
  session: publicProcedure.query(async ({ ctx }) => {
    const { signUp } = ctx.instance;
    const actor = ctx.actor?.type === 'user' ? ctx.actor : null;
    const isFresh = signUp !== 'closed' && !(await hasAccounts(ctx.database));
    return {
      user: actor === null ? null : presentUser(actor),
      /** Whether the session was opened with more than the password. */
      hasSecondFactor: actor?.session?.hasSecondFactor ?? false,
      canSignUp: signUp === 'open' || isFresh,
      isFresh,
      /** Who signs people in by OpenID Connect. */
      provider: ctx.instance.provider === null ? null : { name: ctx.instance.provider.name },
      /** Whether browsers make passkeys for where this Keyward is reached. */
      takesPasskeys: relyingPartyOf(ctx.instance.publicUrl) !== null,
      /** Whether a new password is set by a link that is mailed; else whoever runs this hands one over. */
      sendsMail: ctx.instance.mailing !== null,
      /** Its organizations, keys and traffic are made up. */
      isDemo: await isDemo(ctx.database),
    };
  }),

  /** Where the caller is, as allowlists see it; null behind a trusted proxy that does not tell. */
  address: userProcedure.query(({ ctx }) => ({ address: ctx.address })),

  /** Where this Keyward is reached, for commands and configurations that people take along. */
  instance: userProcedure.query(({ ctx }) => ({ publicUrl: ctx.instance.publicUrl })),

  signUp: publicProcedure.input(signUpInput).mutation(async ({ ctx, input }) => {
    const { signUp: policy, secureCookies: secure } = ctx.instance;
    const { actor, cookie } = await signUp(ctx, input, { policy, secure });
    ctx.setCookie(cookie);
    return presentUser(actor);
  }),

  signIn: publicProcedure.input(signInInput).mutation(async ({ ctx, input }) => {
    const answer = await signIn(ctx, input, ctx.instance.secureCookies);
    if (answer.actor === null) {
      return { user: null, challenge: answer.challenge };
    }
    await enter(ctx, answer.cookie);
    return { user: presentUser(answer.actor), challenge: null };
  }),

  /** The second step of a sign-in that was answered with a challenge. */
  completeSignIn: publicProcedure.input(completeSignInInput).mutation(async ({ ctx, input }) => {
    const { actor, cookie } = await completeSignIn(ctx, input, ctx.instance.secureCookies);
    await enter(ctx, cookie);
    return presentUser(actor);
  }),

  /** Ends the session of the cookie. Without one it does nothing, and says the same. */
  signOut: publicProcedure.mutation(async ({ ctx }) => {
    ctx.setCookie(await signOut(ctx, ctx.cookies, ctx.instance.secureCookies));
  }),

  ways: userProcedure.query(({ ctx }) => findWays(ctx, ctx.instance.provider)),

  secondFactor: secondFactorRouter,

  passkeys: passkeysRouter,

  provider: providerRouter,

  /** A new password for who has forgotten theirs. */
  password: passwordRouter,

  sessions: userProcedure.query(({ ctx }) => listSessions(ctx)),

  endSession: userProcedure
    .input(endSessionInput)
    .mutation(({ ctx, input }) => endSession(ctx, input.session)),

  endOtherSessions: userProcedure.mutation(({ ctx }) => endOtherSessions(ctx)),

  signOutEverywhere: userProcedure.mutation(async ({ ctx }) => {
    ctx.setCookie(await signOutEverywhere(ctx, ctx.cookies, ctx.instance.secureCookies));
  }),

  /** For 15 minutes the session may then do what is sensitive. */
  confirmPassword: userProcedure
    .input(confirmPasswordInput)
    .mutation(({ ctx, input }) => confirmPassword(ctx, input.password)),

  /** Ends every other session. */
  changePassword: userProcedure.input(changePasswordInput).mutation(async ({ ctx, input }) => {
    const { cookie, ended } = await changePassword(ctx, input, ctx.instance.secureCookies);
    ctx.setCookie(cookie);
    return { ended };
  }),
});
