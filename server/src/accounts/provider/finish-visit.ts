import type { Challenge } from '@keyward/shared/accounts';
import { and, eq, gt, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import type { Context, UserActor } from '../../context.ts';
import type { Transaction } from '../../database/connect-database.ts';
import { identities, providerVisits } from '../../database/schema/sign-in-ways.ts';
import { hashToken } from '../browser-token.ts';
import { confirmSession } from '../confirm-session.ts';
import type { SignUpPolicy } from '../create-account.ts';
import { startChallenge } from '../second-factor/challenge.ts';
import { type SignedIn, startSession } from '../start-session.ts';
import { acceptBy, findAccount } from './find-account.ts';
import { type Identified, identify } from './identify.ts';
import type { Provider } from './provider.ts';
import { VisitRefused } from './visit-refused.ts';

type Visit = typeof providerVisits.$inferSelect;

interface Arrival {
  provider: Provider;
  /** Out of the browser's cookie. */
  token: string | null;
  /** What stands behind the ? of the address that it came back to. */
  search: string;
  /** Who is signed in in that browser. */
  actor: UserActor | null;
  policy: SignUpPolicy;
  secure: boolean;
}

export type FinishedVisit =
  | { outcome: 'signed_in'; signedIn: SignedIn; returnTo: string }
  | { outcome: 'challenged'; challenge: Challenge; returnTo: string }
  | { outcome: 'done'; returnTo: string };

/** Does what a visit was for, once. Throws `VisitRefused` with the reason where it cannot. */
export async function finishVisit(context: Context, arrival: Arrival): Promise<FinishedVisit> {
  const visit = await takeVisit(context, arrival);
  const identified = await identify(arrival.provider, visit, arrival.search);
  if (visit.purpose === 'sign_in') {
    return signIn(context, { visit, identified, arrival });
  }
  const { actor } = arrival;
  // Bound to the session that it was begun in, and to whoever is still in it.
  if (actor === null || actor.session?.id !== visit.sessionId) {
    throw new VisitRefused('ended');
  }
  const finish = visit.purpose === 'connect' ? connect : confirm;
  await context.database.transaction((transaction) =>
    finish({ ...context, database: transaction, actor }, identified),
  );
  return { outcome: 'done', returnTo: visit.returnTo };
}

/** A visit of another browser, another `state`, one that was taken or is too old: all the same, none. */
async function takeVisit({ database }: Context, { token, search }: Arrival): Promise<Visit> {
  const state = new URLSearchParams(search).get('state');
  const [visit] = await database
    .delete(providerVisits)
    .where(
      and(
        eq(providerVisits.tokenHash, hashToken(token ?? '')),
        eq(providerVisits.state, state ?? ''),
        gt(providerVisits.expiresAt, sql`now()`),
      ),
    )
    .returning();
  if (visit === undefined) {
    throw new VisitRefused('ended');
  }
  return visit;
}

function signIn(
  context: Context,
  { visit, identified, arrival }: { visit: Visit; identified: Identified; arrival: Arrival },
): Promise<FinishedVisit> {
  const { policy, secure } = arrival;
  return context.database.transaction(async (transaction) => {
    const within = { ...context, database: transaction };
    const { invitationHash, returnTo } = visit;
    const user = await findAccount(within, identified, { policy, invitationHash });
    await transaction
      .update(identities)
      .set({ lastUsedAt: sql`now()` })
      .where(isIdentity(identified));
    // What the account asks for itself is asked for, unless the provider has seen to more than one factor.
    const challenge = identified.hasSecondFactor
      ? null
      : await startChallenge(transaction, user.id);
    if (challenge !== null) {
      // Whoever was invited is no member yet: their link is still good once they are in.
      return {
        outcome: 'challenged',
        challenge,
        returnTo: invitationHash === null ? returnTo : '/',
      };
    }
    const signedIn = await startSession(within, user, secure, {
      by: 'provider',
      secondFactor: identified.hasSecondFactor ? 'provider' : null,
      shownAt: identified.shownAt,
    });
    if (invitationHash !== null) {
      await acceptBy({ ...within, actor: signedIn.actor }, invitationHash);
    }
    return { outcome: 'signed_in', signedIn, returnTo };
  });
}

const isIdentity = ({ issuer, subject }: Identified) =>
  and(eq(identities.issuer, issuer), eq(identities.subject, subject));

type UserContext = Context & { actor: UserActor; database: Transaction };

/** From now on the provider signs this user in. */
async function connect(context: UserContext, identified: Identified): Promise<void> {
  const { actor, database } = context;
  // One that is not verified tells nothing of who it is.
  const { issuer, subject, verifiedEmail: email } = identified;
  const made = await database
    .insert(identities)
    .values({ issuer, subject, userId: actor.userId, email })
    .onConflictDoNothing()
    .returning({ issuer: identities.issuer });
  if (made.length === 0) {
    throw new VisitRefused('identity_taken');
  }
  await recordAuditEvent(database, context, {
    chain: instanceChain,
    action: 'account.provider_connected',
    target: { type: 'user', id: actor.userId },
    data: { issuer, email },
  });
}

/** Makes the session fresh, as the password does. */
async function confirm(context: UserContext, identified: Identified): Promise<void> {
  const { actor, database } = context;
  const own = and(isIdentity(identified), eq(identities.userId, actor.userId));
  if ((await database.$count(identities, own)) === 0) {
    throw new VisitRefused('not_yours');
  }
  await confirmSession(context, { by: 'provider' });
}
