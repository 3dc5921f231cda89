import { eq } from 'drizzle-orm';
import { demoEmail } from '../accounts/demo-email.ts';
import type { Database } from '../database/connect-database.ts';
import { users } from '../database/schema/accounts.ts';

/** Whether this instance holds the demo. */
export async function isDemo(database: Database): Promise<boolean> {
  const rows = await database
    .select({ id: users.id })
    .from(users)
    .where(eq(users.email, demoEmail));
  return rows.length > 0;
}
