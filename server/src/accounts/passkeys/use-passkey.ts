import { DomainError } from '@keyward/shared/errors';
import type { PasskeyAnswer } from '@keyward/shared/passkeys';
import {
  generateAuthenticationOptions,
  type PublicKeyCredentialRequestOptionsJSON,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { eq, getTableColumns, sql } from 'drizzle-orm';
import type { Database, Transaction } from '../../database/connect-database.ts';
import { users } from '../../database/schema/accounts.ts';
import { passkeys } from '../../database/schema/sign-in-ways.ts';
import { lockAccount } from '../second-factor/factors.ts';
import { type Ceremony, startCeremony } from './ceremonies.ts';
import type { RelyingParty } from './relying-party.ts';

export interface AskedPasskey {
  /** Without extensions, whose types JSON does not keep. */
  options: Omit<PublicKeyCredentialRequestOptionsJSON, 'extensions'>;
  /** For the browser's cookie. */
  token: string;
}

/** What a browser is to sign, and the token that binds the answer to it. Without a user it may be anybody. */
export async function askForPasskey(
  database: Database,
  { id }: RelyingParty,
  ceremony: Omit<Ceremony, 'challenge'>,
): Promise<AskedPasskey> {
  const { userId } = ceremony;
  const known =
    userId === null
      ? []
      : await database.select().from(passkeys).where(eq(passkeys.userId, userId));
  const options = await generateAuthenticationOptions({
    rpID: id,
    userVerification: 'required',
    allowCredentials: known.map((one) => ({ id: one.id, transports: one.transports })),
  });
  const { challenge } = options;
  return { options, token: await startCeremony(database, { ...ceremony, challenge }) };
}

const refusal = () =>
  new DomainError(
    'wrong_passkey',
    'This passkey is not known here, or did not confirm that it is you.',
  );

/** The account first, as whoever removes a passkey does: in another order the two would wait for each other. */
async function holdPasskey(transaction: Transaction, id: string) {
  const isThis = eq(passkeys.id, id);
  const [owner] = await transaction.select().from(passkeys).where(isThis);
  await lockAccount(transaction, owner?.userId ?? '');
  const [found] = await transaction
    .select({ passkey: getTableColumns(passkeys), user: getTableColumns(users) })
    .from(passkeys)
    .innerJoin(users, eq(users.id, passkeys.userId))
    .where(isThis);
  return found;
}

/**
 * The user whose passkey signed what was asked. It must have made sure that it is them (WebAuthn's user
 * verification), and have counted on since its last use, where it counts: else it was copied.
 */
export async function spendPasskey(
  transaction: Transaction,
  answer: PasskeyAnswer,
  { party, ceremony }: { party: RelyingParty; ceremony: Ceremony },
): Promise<typeof users.$inferSelect> {
  const found = await holdPasskey(transaction, answer.id);
  const isTheirs = ceremony.userId === null || ceremony.userId === found?.user.id;
  const { userHandle } = answer.response;
  const isNamed =
    userHandle === undefined || Buffer.from(userHandle, 'base64url').toString() === found?.user.id;
  if (found === undefined || !isTheirs || !isNamed) {
    throw refusal();
  }
  const { id, publicKey, counter, transports } = found.passkey;
  const verified = await verifyAuthenticationResponse({
    response: answer,
    expectedChallenge: ceremony.challenge,
    expectedOrigin: party.origin,
    expectedRPID: party.id,
    credential: {
      id,
      publicKey: new Uint8Array(Buffer.from(publicKey, 'base64url')),
      counter,
      transports,
    },
    requireUserVerification: true,
  }).catch(() => null);
  if (verified?.verified !== true) {
    throw refusal();
  }
  const { newCounter } = verified.authenticationInfo;
  await transaction
    .update(passkeys)
    .set({ counter: newCounter, lastUsedAt: sql`now()` })
    .where(eq(passkeys.id, id));
  return found.user;
}
