import { eq } from 'drizzle-orm';
import type { Transaction } from '../database/connect-database.ts';
import { sessions, signInChallenges } from '../database/schema/accounts.ts';
import { passkeyCeremonies, passwordResets } from '../database/schema/sign-in-ways.ts';

interface Ended {
  session: string;
}

/**
 * Ends what an account's old password may have opened: its sessions, sign-ins that are under way, and links
 * to set another one.
 */
export async function endEverything(transaction: Transaction, userId: string): Promise<Ended[]> {
  await transaction.delete(passwordResets).where(eq(passwordResets.userId, userId));
  return endSignIns(transaction, userId);
}

/** Ends an account's sessions, and sign-ins that are under way. */
export async function endSignIns(transaction: Transaction, userId: string): Promise<Ended[]> {
  await transaction.delete(signInChallenges).where(eq(signInChallenges.userId, userId));
  await transaction.delete(passkeyCeremonies).where(eq(passkeyCeremonies.userId, userId));
  return transaction
    .delete(sessions)
    .where(eq(sessions.userId, userId))
    .returning({ session: sessions.idHash });
}
