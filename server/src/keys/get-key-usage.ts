import { invalidField } from '@keyward/shared/errors';
import type { Outcome } from '@keyward/shared/outcomes';
import type { KeyUsageInput } from '@keyward/shared/usage';
import { and, asc, eq, gte, lt, sql } from 'drizzle-orm';
import { requireSeesUsage } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { readClock } from '../database/read-clock.ts';
import { keys } from '../database/schema/keys.ts';
import { keyUsage } from '../database/schema/usage.ts';
import { getKey } from './get-key.ts';

export interface UsageBucket {
  /** When the bucket begins. */
  at: string;
  outcome: Outcome;
  count: number;
}

const defaultMilliseconds = 30 * 86_400_000;
const mostMilliseconds = { hour: 92 * 86_400_000, day: 800 * 86_400_000 };

/** How often a key met each outcome, by hour or day in UTC. Hours without a call are left out. */
export async function getKeyUsage(
  context: OrganizationContext,
  keyId: string,
  input: KeyUsageInput,
): Promise<UsageBucket[]> {
  requireSeesUsage(context);
  await getKey(context, keyId);
  const to = input.to === undefined ? await readClock(context.database) : new Date(input.to);
  const from =
    input.from === undefined ? new Date(to.getTime() - defaultMilliseconds) : new Date(input.from);
  const span = to.getTime() - from.getTime();
  if (span < 0) {
    throw invalidField('to', 'Write an end that is not before the beginning.');
  }
  if (span > mostMilliseconds[input.bucket]) {
    throw invalidField('from', 'Ask for less time at once, or for days instead of hours.');
  }
  const at = sql`date_trunc(${sql.raw(`'${input.bucket}'`)}, ${keyUsage.hour}, 'UTC')`;
  const rows = await context.database
    .select({
      at: at.mapWith(keyUsage.hour),
      outcome: keyUsage.outcome,
      count: sql`sum(${keyUsage.count})`.mapWith(Number),
    })
    .from(keyUsage)
    .innerJoin(keys, eq(keys.id, keyUsage.keyId))
    .where(
      and(
        eq(keyUsage.keyId, keyId),
        // A bucket that has begun belongs to the answer as a whole.
        gte(
          keyUsage.hour,
          sql`date_trunc(${sql.raw(`'${input.bucket}'`)}, ${from.toISOString()}::timestamptz, 'UTC')`,
        ),
        lt(keyUsage.hour, sql`${to.toISOString()}::timestamptz`),
      ),
    )
    .groupBy(at, keyUsage.outcome)
    .orderBy(asc(at), asc(keyUsage.outcome));
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}
