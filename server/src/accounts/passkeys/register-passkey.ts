import { DomainError } from '@keyward/shared/errors';
import type { AddPasskeyInput } from '@keyward/shared/passkeys';
import {
  generateRegistrationOptions,
  type PublicKeyCredentialCreationOptionsJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { eq } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import { requireFreshSession } from '../../authorize.ts';
import type { Context, UserActor } from '../../context.ts';
import { isUniqueViolation } from '../../database/is-unique-violation.ts';
import { passkeys } from '../../database/schema/sign-in-ways.ts';
import { describeDevice } from '../describe-device.ts';
import { findFactors, lockAccount, settleNewFactor } from '../second-factor/factors.ts';
import { startCeremony, takeCeremony } from './ceremonies.ts';
import type { RelyingParty } from './relying-party.ts';

type UserContext = Context & { actor: UserActor };

/** Without extensions, whose types JSON does not keep. */
type CreationOptions = Omit<PublicKeyCredentialCreationOptionsJSON, 'extensions'>;

const mostPasskeys = 20;

// ECDSA on P-256 and RSA, which every authenticator has one of (COSE's registry).
const supportedAlgorithmIDs = [-7, -257];

const ceremonyOf = ({ userId, session }: UserActor) => ({
  purpose: 'register' as const,
  userId,
  sessionId: session?.id ?? null,
});

/** What a browser is to make a passkey of, and the token that binds the answer to it. */
export async function offerPasskey(
  context: UserContext,
  { id }: RelyingParty,
): Promise<{ options: CreationOptions; token: string }> {
  const { actor, database } = context;
  requireFreshSession(actor);
  const known = await database.select().from(passkeys).where(eq(passkeys.userId, actor.userId));
  if (known.length >= mostPasskeys) {
    throw new DomainError('conflict', `You have ${mostPasskeys} passkeys: remove one first.`);
  }
  const options = await generateRegistrationOptions({
    rpName: 'Keyward',
    rpID: id,
    userName: actor.email,
    userDisplayName: actor.name,
    userID: new TextEncoder().encode(actor.userId),
    attestationType: 'none',
    supportedAlgorithmIDs,
    excludeCredentials: known.map(({ id: credential, transports }) => ({
      id: credential,
      transports,
    })),
    // It signs in by itself, and so it must know its user and make sure that it is them.
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  });
  const { challenge } = options;
  return { options, token: await startCeremony(database, { ...ceremonyOf(actor), challenge }) };
}

/**
 * Keeps the passkey that a browser made. Where it is the first factor it answers recovery codes, once, and
 * signs the user out everywhere else.
 */
export async function addPasskey(
  context: UserContext,
  { name, response }: AddPasskeyInput,
  { party: { id: rpID, origin }, token }: { party: RelyingParty; token: string | null },
): Promise<{ recoveryCodes: string[] | null }> {
  const { actor } = context;
  requireFreshSession(actor);
  const { challenge } = await takeCeremony(context.database, token, ceremonyOf(actor));
  try {
    return await context.database.transaction(async (transaction) => {
      await lockAccount(transaction, actor.userId);
      const { registrationInfo } = await verifyRegistrationResponse({
        response,
        expectedChallenge: challenge,
        expectedOrigin: origin,
        expectedRPID: rpID,
        requireUserVerification: true,
        supportedAlgorithmIDs,
      }).catch(() => ({ registrationInfo: undefined }));
      if (registrationInfo === undefined) {
        throw new DomainError('wrong_passkey', 'This passkey could not be kept: try again.');
      }
      const before = await findFactors(transaction, actor.userId);
      const { id, publicKey, counter, transports = [] } = registrationInfo.credential;
      const called = name ?? describeDevice(context.userAgent);
      await transaction.insert(passkeys).values({
        id,
        userId: actor.userId,
        publicKey: Buffer.from(publicKey).toString('base64url'),
        counter,
        transports,
        name: called,
      });
      const settled = await settleNewFactor(transaction, context, before);
      await recordAuditEvent(transaction, context, {
        chain: instanceChain,
        action: 'account.passkey_added',
        target: { type: 'user', id: actor.userId },
        data: { name: called, otherSessionsEnded: settled.otherSessionsEnded },
      });
      return { recoveryCodes: settled.recoveryCodes };
    });
  } catch (error) {
    if (isUniqueViolation(error, 'passkeys_pkey')) {
      throw new DomainError('conflict', 'This passkey is registered already.');
    }
    throw error;
  }
}
