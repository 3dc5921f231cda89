import { and, eq, isNotNull, isNull, lt, sql } from 'drizzle-orm';
import type { Transaction } from '../../database/connect-database.ts';
import { readClock } from '../../database/read-clock.ts';
import { authenticators } from '../../database/schema/accounts.ts';
import { findStep } from './authenticator-codes.ts';
import { spendRecoveryCode } from './recovery-codes.ts';

/** What a code turned out to be; null for a wrong or used one. */
export type SpentCode = 'authenticator' | 'recovery_code' | null;

/** Uses up a code of the user's second factor: of the app, or one of the recovery codes. */
export function spendCode(
  transaction: Transaction,
  userId: string,
  code: string,
): Promise<SpentCode> {
  const digits = code.replace(/\s/g, '');
  return /^\d{6}$/.test(digits)
    ? spendAuthenticatorCode(transaction, userId, digits, 'confirmed')
    : spendRecoveryCode(transaction, userId, code);
}

/** Each code once: its time step must be newer than that of the last one (RFC 6238, section 5.2). */
export async function spendAuthenticatorCode(
  transaction: Transaction,
  userId: string,
  code: string,
  standing: 'confirmed' | 'offered',
): Promise<'authenticator' | null> {
  const { confirmedAt, lastStep, secret } = authenticators;
  const isOurs = and(
    eq(authenticators.userId, userId),
    standing === 'confirmed' ? isNotNull(confirmedAt) : isNull(confirmedAt),
  );
  const [row] = await transaction.select({ secret }).from(authenticators).where(isOurs);
  const step = row === undefined ? null : findStep(row.secret, code, await readClock(transaction));
  if (row === undefined || step === null) {
    return null;
  }
  const spent = await transaction
    .update(authenticators)
    .set({ lastStep: step, ...(standing === 'offered' && { confirmedAt: sql`now()` }) })
    // The secret too: another may have been offered in between.
    .where(and(isOurs, eq(secret, row.secret), lt(lastStep, step)))
    .returning({ userId: authenticators.userId });
  return spent.length > 0 ? 'authenticator' : null;
}
