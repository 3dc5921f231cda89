import { DomainError } from '@keyward/shared/errors';
import { eq } from 'drizzle-orm';
import type { Transaction } from '../database/connect-database.ts';
import { users } from '../database/schema/accounts.ts';

/** Finds the account of an email and holds it: a sign-in that is under way waits. Throws where there is none. */
export async function holdAccountOf(transaction: Transaction, email: string): Promise<string> {
  const [user] = await transaction
    .select({ id: users.id })
    .from(users)
    .where(eq(users.email, email))
    .for('update');
  if (user === undefined) {
    throw new DomainError('not_found', `Nobody has an account with the email ${email}.`);
  }
  return user.id;
}
