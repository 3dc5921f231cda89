import type { KeyActivityInput } from '@keyward/shared/usage';
import { and, inArray } from 'drizzle-orm';
import { requireSeesUsage } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { type CallDay, findCallDays } from './find-call-days.ts';
import { visibleKeys } from './read-keys.ts';

export interface KeyActivity {
  id: string;
  /** The last seven, today included, oldest first. */
  days: CallDay[];
}

/** What keys did in the last seven days. One that the actor may not see is left out, as one that is not. */
export async function getKeyActivity(
  context: OrganizationContext,
  { ids }: KeyActivityInput,
): Promise<KeyActivity[]> {
  requireSeesUsage(context);
  return findCallDays(context.database, and(visibleKeys(context), inArray(keys.id, ids)), 7);
}
