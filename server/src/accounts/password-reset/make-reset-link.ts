import { createHash, randomBytes } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { instanceChain, recordAuditEvent } from '../../audit/record-audit-event.ts';
import { asOperator, requireFreshSession, requireOperator } from '../../authorize.ts';
import type { ActorContext } from '../../context.ts';
import type { Transaction } from '../../database/connect-database.ts';
import { passwordResets } from '../../database/schema/sign-in-ways.ts';
import { holdAccountOf } from '../hold-account.ts';

export const hashResetToken = (token: string) => createHash('sha256').update(token).digest('hex');

/** In the fragment, so that no server's log keeps the token. */
export const resetUrl = (baseUrl: string, token: string) => `${baseUrl}/reset-password#${token}`;

/** A token of 256 bits by which a new password can be set, once, for an hour. */
export async function mintReset(
  transaction: Transaction,
  userId: string,
): Promise<{ token: string; expiresAt: Date }> {
  const token = randomBytes(32).toString('base64url');
  const [row] = await transaction
    .insert(passwordResets)
    .values({ tokenHash: hashResetToken(token), userId, expiresAt: sql`now() + interval '1 hour'` })
    .returning({ expiresAt: passwordResets.expiresAt });
  if (row === undefined) {
    throw new Error('The reset was not returned.');
  }
  return { token, expiresAt: row.expiresAt };
}

/**
 * A link by which its bearer sets a new password for an account, to be handed over where no mail is sent.
 * For operators and the command line: an account may belong to several organizations, and an admin of one
 * must not get into the others.
 */
export async function makeResetLink(
  context: ActorContext,
  email: string,
): Promise<{ token: string; expiresAt: Date }> {
  requireOperator(context.actor);
  requireFreshSession(context.actor);
  return context.database.transaction(async (transaction) => {
    const userId = await holdAccountOf(transaction, email);
    const made = await mintReset(transaction, userId);
    await recordAuditEvent(transaction, asOperator(context), {
      chain: instanceChain,
      action: 'account.reset_link_made',
      target: { type: 'user', id: userId },
      data: { email, by: 'link' },
    });
    return made;
  });
}
