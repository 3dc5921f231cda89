import type { PasskeyAnswer } from '@keyward/shared/passkeys';
import type { Context, UserActor } from '../../context.ts';
import { confirmSession } from '../confirm-session.ts';
import { countAttempt } from '../count-attempt.ts';
import { endChallenge, findChallenged } from '../second-factor/challenge.ts';
import { type SignedIn, startSession } from '../start-session.ts';
import { takeCeremony } from './ceremonies.ts';
import type { RelyingParty } from './relying-party.ts';
import { type AskedPasskey, askForPasskey, spendPasskey } from './use-passkey.ts';

interface Browser {
  party: RelyingParty;
  /** Out of its cookie. */
  token: string | null;
  secure: boolean;
}

/** Whose passkey it must be: anybody's, or that of whoever the second step of a sign-in is of. */
async function ceremonyOf({ database }: Context, challenge: string | null) {
  const user = challenge === null ? null : await findChallenged(database, challenge);
  return {
    purpose: user === null ? ('sign_in' as const) : ('second_step' as const),
    userId: user?.id ?? null,
    sessionId: null,
  };
}

/** Asks for a passkey: in the place of email and password, or of a code where a challenge is given. */
export async function offerSignIn(
  context: Context,
  challenge: string | null,
  party: RelyingParty,
): Promise<AskedPasskey> {
  await countAttempt(context, 'passkey');
  return askForPasskey(context.database, party, await ceremonyOf(context, challenge));
}

/**
 * Signs in by a passkey. It is something that one has and has unlocked, two factors in one: no code is asked
 * for beside it.
 */
export async function signInByPasskey(
  context: Context,
  { answer, challenge }: { answer: PasskeyAnswer; challenge: string | null },
  { party, token, secure }: Browser,
): Promise<SignedIn> {
  const expected = await ceremonyOf(context, challenge);
  const ceremony = await takeCeremony(context.database, token, expected);
  return context.database.transaction(async (transaction) => {
    const user = await spendPasskey(transaction, answer, { party, ceremony });
    if (challenge !== null) {
      await endChallenge(transaction, challenge);
    }
    const by = challenge === null ? { by: 'passkey' as const } : {};
    return startSession({ ...context, database: transaction }, user, secure, {
      ...by,
      secondFactor: 'passkey',
    });
  });
}

type UserContext = Context & { actor: UserActor };

const confirmationOf = ({ userId, session }: UserActor) => ({
  purpose: 'confirm' as const,
  userId,
  sessionId: session?.id ?? null,
});

/** Asks for a passkey in the place of the password, before something sensitive. */
export const offerConfirmation = ({ database, actor }: UserContext, party: RelyingParty) =>
  askForPasskey(database, party, confirmationOf(actor));

/** Makes the session fresh, as the password does: for 15 minutes it may do what is sensitive. */
export async function confirmByPasskey(
  context: UserContext,
  answer: PasskeyAnswer,
  { party, token }: Omit<Browser, 'secure'>,
): Promise<void> {
  const ceremony = await takeCeremony(context.database, token, confirmationOf(context.actor));
  await context.database.transaction(async (transaction) => {
    await spendPasskey(transaction, answer, { party, ceremony });
    await confirmSession({ ...context, database: transaction }, { by: 'passkey' });
  });
}
