import { desc, eq } from 'drizzle-orm';
import { requireSeesUsage } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keyAddresses } from '../database/schema/usage.ts';
import { allowsAddress } from '../verification/allows-address.ts';
import { keptAddresses } from '../verification/usage/prune-addresses.ts';
import { getKey } from './get-key.ts';

/** An address that a key was presented from. */
export interface KeyAddress {
  address: string;
  accepted: number;
  refused: number;
  firstSeenAt: string;
  lastSeenAt: string;
  /** Whether the allowlist admits it, whatever the other gates say. */
  isAllowed: boolean;
}

/**
 * From where a key was used and refused, the newest first, as of the last flush of the counts.
 * @param ipAllowlist to judge the addresses by, in place of the key's own.
 */
export async function listKeyAddresses(
  context: OrganizationContext,
  keyId: string,
  ipAllowlist?: readonly string[],
): Promise<KeyAddress[]> {
  requireSeesUsage(context);
  const key = await getKey(context, keyId);
  const allowlist = ipAllowlist ?? key.ipAllowlist;
  const rows = await context.database
    .select()
    .from(keyAddresses)
    .where(eq(keyAddresses.keyId, keyId))
    .orderBy(desc(keyAddresses.lastSeenAt), keyAddresses.address)
    .limit(keptAddresses);
  return rows.map(({ address, validCount, refusedCount, firstSeenAt, lastSeenAt }) => ({
    address,
    accepted: validCount,
    refused: refusedCount,
    firstSeenAt: firstSeenAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    isAllowed: allowlist.length === 0 || allowsAddress(allowlist, address),
  }));
}
