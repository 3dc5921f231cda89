import type { ErrorIssue } from '@keyward/shared/errors';
import { findBreaches } from '@keyward/shared/find-breaches';
import type { Guardrails } from '@keyward/shared/guardrails';
import type { Key } from '@keyward/shared/keys';
import { and, eq, lt, sql } from 'drizzle-orm';
import { requireAdmin } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { keyStatus } from './find-key-rows.ts';
import { readKeys } from './read-keys.ts';

/** A key that would not comply, and where. */
export interface BreachingKey {
  key: Key;
  breaches: ErrorIssue[];
}

const pageSize = 500;
const mostListed = 200;

/** Who would not comply with these rules: how many live keys, and the newest 200 of them. */
export async function listBreaches(
  context: OrganizationContext,
  rules: Guardrails,
): Promise<{ count: number; data: BreachingKey[] }> {
  requireAdmin(context);
  const data: BreachingKey[] = [];
  let count = 0;
  let cursor: string | undefined;
  do {
    const where = and(
      eq(keys.organizationId, context.organizationId),
      sql`${keyStatus} in ('active', 'suspended')`,
      cursor === undefined ? undefined : lt(keys.id, cursor),
    );
    const page = await readKeys(context.database, where ?? sql`false`, pageSize);
    for (const key of page) {
      const breaches = findBreaches(rules, guarded(key));
      count += breaches.length > 0 ? 1 : 0;
      if (breaches.length > 0 && data.length < mostListed) {
        data.push({ key, breaches });
      }
    }
    cursor = page.length < pageSize ? undefined : page.at(-1)?.id;
  } while (cursor !== undefined);
  return { count, data };
}

function guarded(key: Key) {
  return {
    permissions: key.permissions,
    ipAllowlist: key.ipAllowlist,
    createdAt: new Date(key.createdAt),
    expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt),
  };
}
