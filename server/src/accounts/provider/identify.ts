import { email as emailSchema, line } from '@keyward/shared/text';
import {
  AuthorizationResponseError,
  authorizationCodeGrant,
  ClientError,
  fetchUserInfo,
  type IDToken,
  ResponseBodyError,
} from 'openid-client';
import type { providerVisits } from '../../database/schema/sign-in-ways.ts';
import { confirmationSeconds } from './begin-visit.ts';
import type { Provider } from './provider.ts';
import { VisitRefused } from './visit-refused.ts';

/** Whom a provider says that it has before it. */
export interface Identified {
  issuer: string;
  subject: string;
  /** Only where the provider says that it is theirs. */
  verifiedEmail: string | null;
  email: string | null;
  name: string | null;
  hasSecondFactor: boolean;
  /** When they last gave the provider their password or more; null where it does not tell (`auth_time`). */
  shownAt: Date | null;
}

type Visit = typeof providerVisits.$inferSelect;

/** Takes the code that a browser came back with to the provider, and reads who it is of. */
export async function identify(
  provider: Provider,
  visit: Visit,
  search: string,
): Promise<Identified> {
  try {
    const configuration = await provider.discover();
    const tokens = await authorizationCodeGrant(
      configuration,
      new URL(provider.redirectUri + search),
      {
        expectedState: visit.state,
        expectedNonce: visit.nonce,
        pkceCodeVerifier: visit.codeVerifier,
        idTokenExpected: true,
      },
    );
    const claims = tokens.claims();
    if (claims === undefined) {
      throw new VisitRefused('failed');
    }
    const hasEndpoint = configuration.serverMetadata().userinfo_endpoint !== undefined;
    // Many providers keep the email out of the token, and tell it where they are asked.
    const more =
      claims.email === undefined && hasEndpoint
        ? await fetchUserInfo(configuration, tokens.access_token, claims.sub)
        : {};
    const identified = read({ ...more, ...claims }, provider);
    if (visit.purpose === 'confirm') {
      requireShownAgain(identified);
    }
    return identified;
  } catch (error) {
    throw error instanceof VisitRefused ? error : new VisitRefused(reasonOf(error), error);
  }
}

function read(claims: IDToken & Record<string, unknown>, provider: Provider): Identified {
  const email = emailSchema.safeParse(claims.email).data ?? null;
  const { amr, acr, auth_time: time } = claims;
  const isMultiple = Array.isArray(amr) && amr.includes('mfa');
  return {
    issuer: claims.iss,
    subject: claims.sub,
    // A provider that says nothing, or "true" as text, has not said it.
    verifiedEmail: claims.email_verified === true ? email : null,
    email,
    name: line(80).safeParse(claims.name).data ?? null,
    hasSecondFactor: isMultiple || (acr !== undefined && acr === provider.secondFactorAcr),
    shownAt: typeof time === 'number' ? new Date(time * 1000) : null,
  };
}

/** A provider's clock may be behind. */
const toleranceSeconds = 30;

/** With max_age a provider must tell when it last asked (OpenID Connect Core 1.0, section 2); not all do. */
function requireShownAgain({ shownAt }: Identified): void {
  if (shownAt === null) {
    throw new VisitRefused('no_auth_time');
  }
  if (Date.now() - shownAt.getTime() > (confirmationSeconds + toleranceSeconds) * 1000) {
    throw new VisitRefused('not_asked_again');
  }
}

function reasonOf(error: unknown): VisitRefused['reason'] {
  if (error instanceof AuthorizationResponseError) {
    return error.error === 'access_denied' ? 'denied' : 'failed';
  }
  if (error instanceof ResponseBodyError) {
    return error.status >= 500 ? 'away' : 'failed';
  }
  return isAway(error) ? 'away' : 'failed';
}

/** Whether a provider could not be reached, or did not answer as one. */
export function isAway(error: unknown): boolean {
  const { code, name, cause } = error as { code?: unknown; name?: unknown; cause?: unknown };
  const isNetwork = error instanceof TypeError || name === 'TimeoutError' || name === 'AbortError';
  const isNoAnswer =
    error instanceof ClientError &&
    (code === 'OAUTH_TIMEOUT' ||
      code === 'OAUTH_RESPONSE_IS_NOT_CONFORM' ||
      code === 'OAUTH_PARSE_ERROR');
  return isNetwork || isNoAnswer || (cause instanceof Error && isAway(cause));
}
