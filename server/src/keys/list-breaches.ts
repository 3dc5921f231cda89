import type { ErrorIssue } from '@keyward/shared/errors';
import { findBreaches } from '@keyward/shared/find-breaches';
import type { Guardrails } from '@keyward/shared/guardrails';
import type { Key } from '@keyward/shared/keys';
import { resourceOf } from '@keyward/shared/permissions';
import { and, eq, or, type SQL, sql } from 'drizzle-orm';
import { requireAdmin } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { keys } from '../database/schema/keys.ts';
import { readKeys } from './read-keys.ts';
import { lastUseOrChange } from './suspend-unused-keys.ts';

/** A key that would not comply, and where. */
export interface BreachingKey {
  key: Key;
  breaches: ErrorIssue[];
}

const mostListed = 50;

/**
 * Who would not comply with these rules: how many live keys, and the newest 50 of them. The database picks
 * them, so that it is asked while the rules are being written, whatever the number of keys.
 */
export async function listBreaches(
  context: OrganizationContext,
  rules: Guardrails,
): Promise<{ count: number; data: BreachingKey[] }> {
  requireAdmin(context);
  const breaching = or(...conditions(rules));
  if (breaching === undefined) {
    return { count: 0, data: [] };
  }
  const where = and(
    eq(keys.organizationId, context.organizationId),
    sql`${keys.revokedAt} is null and (${keys.expiresAt} is null or ${keys.expiresAt} > now())`,
    breaching,
  );
  const [count, listed] = await Promise.all([
    context.database.$count(keys, where),
    readKeys(context.database, where ?? sql`false`, mostListed),
  ]);
  return { count, data: listed.map((key) => ({ key, breaches: describe(rules, key) })) };
}

/** Each rule as SQL. The verdict in words is findBreaches'; a test holds the two against each other. */
function conditions(rules: Guardrails): SQL[] {
  const { maximumLifetimeSeconds, ipAllowlistRequiredFor: guarded, suspendAfterUnusedDays } = rules;
  const found: SQL[] = [];
  if (maximumLifetimeSeconds !== null) {
    found.push(sql`(${keys.expiresAt} is null
      or extract(epoch from ${keys.expiresAt} - ${keys.createdAt}) > ${maximumLifetimeSeconds})`);
  }
  if (guarded.length > 0) {
    const whole = guarded.filter((asked) => asked.endsWith(':*')).map(resourceOf);
    const granting = [...guarded, ...guarded.map((asked) => `${resourceOf(asked)}:*`)];
    found.push(sql`(cardinality(${keys.ipAllowlist}) = 0 and exists (
      select from unnest(${keys.permissions}) held
      where held in ${granting} or split_part(held, ':', 1) in ${[...whole, '']}))`);
  }
  if (suspendAfterUnusedDays !== null) {
    found.push(isUnusedFor(suspendAfterUnusedDays));
  }
  return found;
}

const isUnusedFor = (days: number) => sql`(${keys.suspendedAt} is null
  and ${lastUseOrChange} < now() - make_interval(days => ${days}))`;

function describe(rules: Guardrails, key: Key): ErrorIssue[] {
  const breaches = findBreaches(rules, {
    permissions: key.permissions,
    ipAllowlist: key.ipAllowlist,
    createdAt: new Date(key.createdAt),
    expiresAt: key.expiresAt === null ? null : new Date(key.expiresAt),
  });
  const days = rules.suspendAfterUnusedDays;
  return days !== null && isUnused(key, days)
    ? [...breaches, { path: 'usage.lastUsedAt', message: describeUnused(key, days) }]
    : breaches;
}

// By this node's clock: a key at the very limit may be listed without the reason, until the next look.
function isUnused({ status, createdAt, updatedAt, usage }: Key, days: number): boolean {
  const last = Math.max(
    ...[createdAt, updatedAt, usage.lastUsedAt ?? createdAt].map((time) => Date.parse(time)),
  );
  return status === 'active' && last < Date.now() - days * 86_400_000;
}

const describeUnused = ({ usage }: Key, days: number): string =>
  usage.lastUsedAt === null
    ? `It was never used, and not changed for ${days} days: the rule suspends it.`
    : `It was not used for ${days} days: the rule suspends it.`;
