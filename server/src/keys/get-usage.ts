import { eq } from 'drizzle-orm';
import type { Context } from '../context.ts';
import { keys } from '../database/schema/keys.ts';

/** How much a key was used, as of the last flush of the counts: at most a second ago. */
export async function getUsage(
  context: Context,
  keyId: string,
): Promise<{ totalRequests: number; lastUsedAt: string | null }> {
  const [row] = await context.database
    .select({ totalRequests: keys.totalRequests, lastUsedAt: keys.lastUsedAt })
    .from(keys)
    .where(eq(keys.id, keyId));
  return {
    totalRequests: row?.totalRequests ?? 0,
    lastUsedAt: row?.lastUsedAt?.toISOString() ?? null,
  };
}
