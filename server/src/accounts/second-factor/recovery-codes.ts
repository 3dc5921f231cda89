import { createHash, randomBytes } from 'node:crypto';
import { and, eq, isNull, sql } from 'drizzle-orm';
import type { Transaction } from '../../database/connect-database.ts';
import { recoveryCodes } from '../../database/schema/accounts.ts';

const count = 10;
// Crockford's base32, in lower case: no i, l, o or u to be misread.
const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

/** What is typed, without what only helps to read it. */
const bare = (code: string) => code.toLowerCase().replace(/[\s-]/g, '');

// 80 random bits: a fast hash suffices, where a password needs a slow one.
const hashOf = (code: string) => createHash('sha256').update(bare(code)).digest('hex');

/** `xxxx-xxxx-xxxx-xxxx`. 32 divides 256, so each character is as likely as another. */
function createCode(): string {
  const characters = Array.from(randomBytes(16), (byte) => alphabet[byte % 32]).join('');
  return characters.replace(/(.{4})(?=.)/g, '$1-');
}

/** Makes new codes in the place of all older ones. Their plaintext is in this answer alone. */
export async function renewCodes(transaction: Transaction, userId: string): Promise<string[]> {
  const codes = Array.from({ length: count }, createCode);
  await transaction.delete(recoveryCodes).where(eq(recoveryCodes.userId, userId));
  await transaction
    .insert(recoveryCodes)
    .values(codes.map((code) => ({ userId, codeHash: hashOf(code) })));
  return codes;
}

/** Uses a code up. Null for one that is unknown or was used before. */
export async function spendRecoveryCode(
  transaction: Transaction,
  userId: string,
  code: string,
): Promise<'recovery_code' | null> {
  const spent = await transaction
    .update(recoveryCodes)
    .set({ usedAt: sql`now()` })
    .where(
      and(
        eq(recoveryCodes.userId, userId),
        eq(recoveryCodes.codeHash, hashOf(code)),
        isNull(recoveryCodes.usedAt),
      ),
    )
    .returning({ userId: recoveryCodes.userId });
  return spent.length > 0 ? 'recovery_code' : null;
}
