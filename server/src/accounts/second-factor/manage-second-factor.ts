import type { OfferedAuthenticator, SecondFactor } from '@keyward/shared/accounts';
import type { AuditAction } from '@keyward/shared/audit';
import { DomainError } from '@keyward/shared/errors';
import { and, count, eq, isNotNull, isNull, sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import { requireFreshSession } from '../../authorize.ts';
import type { Context, UserActor } from '../../context.ts';
import type { Transaction } from '../../database/connect-database.ts';
import {
  authenticators,
  recoveryCodes,
  sessions,
  signInChallenges,
} from '../../database/schema/accounts.ts';
import { tryGuess } from '../try-guess.ts';
import { authenticatorUri, createAuthenticatorSecret } from './authenticator-codes.ts';
import { renewCodes } from './recovery-codes.ts';
import { spendAuthenticatorCode } from './spend-code.ts';

type UserContext = Context & { actor: UserActor };

const record = (transaction: Transaction, context: UserContext, action: AuditAction) =>
  recordAuditEvent(transaction, context, {
    chain: instanceChain,
    action,
    target: { type: 'user', id: context.actor.userId },
  });

/** Since when the user's sign-in asks for a code, and how many recovery codes are left. */
export async function getSecondFactor({ database, actor }: UserContext): Promise<SecondFactor> {
  const [row] = await database
    .select({
      since: authenticators.confirmedAt,
      codesLeft: count(recoveryCodes.codeHash),
    })
    .from(authenticators)
    .leftJoin(
      recoveryCodes,
      and(eq(recoveryCodes.userId, authenticators.userId), isNull(recoveryCodes.usedAt)),
    )
    .where(eq(authenticators.userId, actor.userId))
    .groupBy(authenticators.userId);
  const since = row?.since ?? null;
  return {
    since: since?.toISOString() ?? null,
    recoveryCodesLeft: since === null ? 0 : (row?.codesLeft ?? 0),
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

/** Turns the second factor on with the first code of the app. Answers the recovery codes, once. */
export async function turnOnSecondFactor(context: UserContext, code: string): Promise<string[]> {
  const { actor } = context;
  requireFreshSession(actor);
  const guess = { what: 'code', account: actor.userId } as const;
  const codes = await tryGuess(context, guess, () =>
    context.database.transaction(async (transaction) => {
      const digits = code.replace(/\s/g, '');
      if ((await spendAuthenticatorCode(transaction, actor.userId, digits, 'offered')) === null) {
        return null;
      }
      const made = await renewCodes(transaction, actor.userId);
      await transaction
        .update(sessions)
        .set({ hasSecondFactor: true })
        .where(eq(sessions.idHash, actor.session?.id ?? ''));
      await record(transaction, context, 'account.second_factor_on');
      return made;
    }),
  );
  if (codes === null) {
    throw new DomainError(
      'wrong_code',
      'Give the code that the app shows now. If it is refused again, check the clock of your phone.',
    );
  }
  return codes;
}

/** From now on the password suffices again. No session counts as opened with a second factor. */
export async function turnOffSecondFactor(context: UserContext): Promise<void> {
  const { userId } = context.actor;
  requireFreshSession(context.actor);
  await context.database.transaction(async (transaction) => {
    await requireSecondFactor(transaction, userId, 'delete');
    await transaction.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
    await transaction.delete(signInChallenges).where(eq(signInChallenges.userId, userId));
    await transaction
      .update(sessions)
      .set({ hasSecondFactor: false })
      .where(eq(sessions.userId, userId));
    await record(transaction, context, 'account.second_factor_off');
  });
}

/** New recovery codes in the place of the old, which end. Their plaintext is in this answer alone. */
export async function renewRecoveryCodes(context: UserContext): Promise<string[]> {
  const { userId } = context.actor;
  requireFreshSession(context.actor);
  return context.database.transaction(async (transaction) => {
    await requireSecondFactor(transaction, userId, 'lock');
    const codes = await renewCodes(transaction, userId);
    await record(transaction, context, 'account.recovery_codes_renewed');
    return codes;
  });
}

/** Holds the second factor, or deletes it; without one it refuses. */
async function requireSecondFactor(
  transaction: Transaction,
  userId: string,
  then: 'delete' | 'lock',
): Promise<void> {
  const isOn = and(eq(authenticators.userId, userId), isNotNull(authenticators.confirmedAt));
  const found = { userId: authenticators.userId };
  const rows =
    then === 'delete'
      ? await transaction.delete(authenticators).where(isOn).returning(found)
      : await transaction.select(found).from(authenticators).where(isOn).for('update');
  if (rows.length === 0) {
    throw new DomainError('conflict', 'You have no second factor that is turned on.');
  }
}
