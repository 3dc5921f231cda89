import type { OfferedAuthenticator, SecondFactor } from '@keyward/shared/accounts';
import type { AuditAction } from '@keyward/shared/audit';
import { DomainError } from '@keyward/shared/errors';
import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import { requireFreshSession } from '../../authorize.ts';
import type { Context, UserActor } from '../../context.ts';
import type { Transaction } from '../../database/connect-database.ts';
import { authenticators, recoveryCodes } from '../../database/schema/accounts.ts';
import { tryGuess } from '../try-guess.ts';
import { authenticatorUri, createAuthenticatorSecret } from './authenticator-codes.ts';
import { findFactors, hasAny, lockAccount, settleLostFactor, settleNewFactor } from './factors.ts';
import { renewCodes } from './recovery-codes.ts';
import { spendAuthenticatorCode } from './spend-code.ts';

type UserContext = Context & { actor: UserActor };

const record = (
  transaction: Transaction,
  context: UserContext,
  action: AuditAction,
  data: Record<string, unknown> = {},
) =>
  recordAuditEvent(transaction, context, {
    chain: instanceChain,
    action,
    target: { type: 'user', id: context.actor.userId },
    data,
  });

/** Since when the user has an authenticator, and how many recovery codes are left. */
export async function getSecondFactor({ database, actor }: UserContext): Promise<SecondFactor> {
  const { userId } = actor;
  const [row] = await database
    .select({ since: authenticators.confirmedAt })
    .from(authenticators)
    .where(eq(authenticators.userId, userId));
  const unused = and(eq(recoveryCodes.userId, userId), isNull(recoveryCodes.usedAt));
  return {
    since: row?.since?.toISOString() ?? null,
    isOn: hasAny(await findFactors(database, userId)),
    recoveryCodesLeft: await database.$count(recoveryCodes, unused),
  };
}

/** Offers a secret for the user's app. Nothing changes at sign-in until a code of it was given. */
export async function offerAuthenticator(context: UserContext): Promise<OfferedAuthenticator> {
  const { actor } = context;
  requireFreshSession(actor);
  const secret = createAuthenticatorSecret();
  await context.database.transaction(async (transaction) => {
    const offered = await transaction
      .insert(authenticators)
      .values({ userId: actor.userId, secret })
      .onConflictDoUpdate({
        target: authenticators.userId,
        set: { secret, lastStep: 0, createdAt: sql`now()` },
        setWhere: isNull(authenticators.confirmedAt),
      })
      .returning({ userId: authenticators.userId });
    if (offered.length === 0) {
      throw new DomainError('conflict', 'You have an authenticator already: turn it off first.');
    }
    await record(transaction, context, 'account.authenticator_offered');
  });
  return { secret, uri: authenticatorUri(secret, actor.email) };
}

/**
 * Turns the authenticator on with the first code of the app. Where it is the first factor it answers
 * recovery codes, once, and signs the user out everywhere else.
 */
export async function turnOnSecondFactor(
  context: UserContext,
  code: string,
): Promise<string[] | null> {
  const { actor } = context;
  requireFreshSession(actor);
  const guess = { what: 'code', account: actor.userId } as const;
  const settled = await tryGuess(context, guess, () =>
    context.database.transaction(async (transaction) => {
      await lockAccount(transaction, actor.userId);
      const before = await findFactors(transaction, actor.userId);
      const digits = code.replace(/\s/g, '');
      if ((await spendAuthenticatorCode(transaction, actor.userId, digits, 'offered')) === null) {
        return null;
      }
      const made = await settleNewFactor(transaction, context, before);
      const { otherSessionsEnded } = made;
      await record(transaction, context, 'account.second_factor_on', { otherSessionsEnded });
      return made;
    }),
  );
  if (settled === null) {
    throw new DomainError(
      'wrong_code',
      'Give the code that the app shows now. If it is refused again, check the clock of your phone.',
    );
  }
  return settled.recoveryCodes;
}

/** Forgets the authenticator. Where it was the last factor, the password suffices again. */
export async function turnOffSecondFactor(context: UserContext): Promise<void> {
  const { userId } = context.actor;
  requireFreshSession(context.actor);
  await context.database.transaction(async (transaction) => {
    await lockAccount(transaction, userId);
    const isOn = and(eq(authenticators.userId, userId), isNotNull(authenticators.confirmedAt));
    const found = { userId: authenticators.userId };
    const removed = await transaction.delete(authenticators).where(isOn).returning(found);
    if (removed.length === 0) {
      throw new DomainError('conflict', 'You have no authenticator that is turned on.');
    }
    await settleLostFactor(transaction, userId);
    await record(transaction, context, 'account.second_factor_off');
  });
}

/** New recovery codes in the place of the old, which end. Their plaintext is in this answer alone. */
export async function renewRecoveryCodes(context: UserContext): Promise<string[]> {
  const { userId } = context.actor;
  requireFreshSession(context.actor);
  return context.database.transaction(async (transaction) => {
    await lockAccount(transaction, userId);
    if (!hasAny(await findFactors(transaction, userId))) {
      throw new DomainError('conflict', 'You have no second factor that is turned on.');
    }
    const codes = await renewCodes(transaction, userId);
    await record(transaction, context, 'account.recovery_codes_renewed');
    return codes;
  });
}
