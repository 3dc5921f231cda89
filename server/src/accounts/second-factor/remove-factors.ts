import type { RemovedFactors } from '@keyward/shared/accounts';
import { DomainError } from '@keyward/shared/errors';
import { eq } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import { asOperator, requireFreshSession, requireOperator } from '../../authorize.ts';
import type { ActorContext } from '../../context.ts';
import type { Transaction } from '../../database/connect-database.ts';
import { type Mailing, queueMail } from '../../database/queue-mail.ts';
import { authenticators, recoveryCodes } from '../../database/schema/accounts.ts';
import { passkeys } from '../../database/schema/sign-in-ways.ts';
import { endSignIns } from '../end-everything.ts';
import { holdAccountOf } from '../hold-account.ts';
import { findFactors, hasAny } from './factors.ts';

/**
 * Takes every second factor from an account, for who has lost theirs, or got an account back that somebody else
 * had set them up in. It ends the account's sessions; links to set a new password stay good, since the one who
 * holds one is often the one to help. For operators and the command line, as those links are.
 */
export async function removeFactors(
  context: ActorContext,
  email: string,
  mailing: Mailing | null,
): Promise<RemovedFactors> {
  requireOperator(context.actor);
  requireFreshSession(context.actor);
  return context.database.transaction(async (transaction) => {
    const userId = await holdAccountOf(transaction, email);
    if (!hasAny(await findFactors(transaction, userId))) {
      throw new DomainError('conflict', `${email} has no second factor: none is asked for.`);
    }
    const removed = {
      ...(await deleteFactors(transaction, userId)),
      sessionsEnded: (await endSignIns(transaction, userId)).length,
    };
    if (mailing !== null) {
      await queueMail(transaction, context, mailing, { kind: 'second_factors_removed', email });
    }
    await recordAuditEvent(transaction, asOperator(context), {
      chain: instanceChain,
      action: 'account.second_factors_removed',
      target: { type: 'user', id: userId },
      data: { email, ...removed },
    });
    return removed;
  });
}

/** Also what was only offered: whoever began that may not be the account's owner. */
async function deleteFactors(transaction: Transaction, userId: string) {
  const apps = await transaction
    .delete(authenticators)
    .where(eq(authenticators.userId, userId))
    .returning({ since: authenticators.confirmedAt });
  const keys = await transaction
    .delete(passkeys)
    .where(eq(passkeys.userId, userId))
    .returning({ id: passkeys.id });
  await transaction.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  return { authenticator: apps.some(({ since }) => since !== null), passkeys: keys.length };
}
