import { DomainError } from '@keyward/shared/errors';
import { sql } from 'drizzle-orm';
import {
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client';
import { requireFreshSession } from '../../authorize.ts';
import type { Context, UserActor } from '../../context.ts';
import { providerVisits } from '../../database/schema/sign-in-ways.ts';
import { hashInvitationToken } from '../../organizations/write-invitation.ts';
import { createToken, hashToken } from '../browser-token.ts';
import { countAttempt } from '../count-attempt.ts';
import { longestDays } from '../session-adapter.ts';
import type { Provider } from './provider.ts';

export const visitSeconds = 10 * 60;

/** The page of the console that a confirmation comes back to: it has a window of its own. */
export const confirmedPath = '/confirmed';
const confirmationMark = 'confirm.';

/** Whether what came back, known or not, was a confirmation: the window that it has is to say how it ended. */
export const isConfirmation = (state: unknown): boolean =>
  typeof state === 'string' && state.startsWith(confirmationMark);

/** How long ago the provider may have asked for the password when it confirms. */
export const confirmationSeconds = 120;
/** As long as a session of ours lasts at the most. */
const signInSeconds = longestDays * 86_400;

interface Visit {
  purpose: (typeof providerVisits.$inferInsert)['purpose'];
  sessionId: string | null;
  invitation: string | null;
  returnTo: string;
}

export interface BegunVisit {
  /** Where the browser goes to. */
  url: string;
  /** For the browser's cookie: no other can come back with the answer. */
  token: string;
}

/** Sends a stranger to the provider, to sign in or up. */
export const beginSignIn = (
  context: Context,
  provider: Provider,
  { invitation, returnTo }: { invitation: string | null; returnTo: string },
) => beginVisit(context, provider, { purpose: 'sign_in', sessionId: null, invitation, returnTo });

type UserContext = Context & { actor: UserActor };

const within = ({ actor }: UserContext, returnTo: string) => ({
  sessionId: actor.session?.id ?? null,
  invitation: null,
  returnTo,
});

/** Sends a user to the provider, so that it signs them in from then on. */
export function beginConnection(context: UserContext, provider: Provider): Promise<BegunVisit> {
  requireFreshSession(context.actor);
  return beginVisit(context, provider, { purpose: 'connect', ...within(context, '/account') });
}

/** Sends a user to the provider, which is to ask for the password again before something sensitive. */
export const beginConfirmation = (context: UserContext, provider: Provider) =>
  beginVisit(context, provider, { purpose: 'confirm', ...within(context, confirmedPath) });

async function beginVisit(
  context: Context,
  provider: Provider,
  { purpose, sessionId, invitation, returnTo }: Visit,
): Promise<BegunVisit> {
  await countAttempt(context, 'provider');
  const configuration = await provider.discover().catch((cause: unknown) => {
    throw new DomainError(
      'provider_away',
      `${provider.name} cannot be reached right now: try again in a few minutes, or sign in another way.`,
      { cause },
    );
  });
  const [nonce, codeVerifier] = [randomNonce(), randomPKCECodeVerifier()];
  const state = `${purpose === 'confirm' ? confirmationMark : ''}${randomState()}`;
  const token = createToken();
  await context.database.insert(providerVisits).values({
    tokenHash: hashToken(token),
    purpose,
    state,
    nonce,
    codeVerifier,
    sessionId,
    invitationHash: invitation === null ? null : hashInvitationToken(invitation),
    returnTo,
    expiresAt: sql`now() + make_interval(secs => ${visitSeconds})`,
  });
  const url = buildAuthorizationUrl(configuration, {
    redirect_uri: provider.redirectUri,
    scope: 'openid email profile',
    state,
    nonce,
    code_challenge: await calculatePKCECodeChallenge(codeVerifier),
    code_challenge_method: 'S256',
    ...(provider.secondFactorAcr !== null && { acr_values: provider.secondFactorAcr }),
    // Many providers say when they last asked (auth_time) only where an age is asked for.
    max_age: String(purpose === 'confirm' ? confirmationSeconds : signInSeconds),
    ...(purpose === 'confirm' && { prompt: 'login' }),
  });
  return { url: url.href, token };
}
