import { DomainError, type ErrorIssue } from '@keyward/shared/errors';
import type { Guardrails } from '@keyward/shared/guardrails';
import { covers, type Permission } from '@keyward/shared/permissions';
import { eq } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { organizations } from '../database/schema/organizations.ts';

/** What the guardrails look at. */
export interface GuardedKey {
  permissions: readonly Permission[];
  expiresAt: Date | null;
  ipAllowlist: readonly string[];
  createdAt: Date;
}

/** Where a key does not comply, and what to do about it. Empty for one that does. Pure. */
export function findBreaches(rules: Guardrails, key: GuardedKey): ErrorIssue[] {
  const breaches: ErrorIssue[] = [];
  const most = rules.maximumLifetimeSeconds;
  if (most !== null && lifetimeSeconds(key) > most) {
    breaches.push({
      path: 'expiresAt',
      message: `Keys of this organization live at most ${describeSeconds(most)}: set an earlier expiry.`,
    });
  }
  const guarded = rules.ipAllowlistRequiredFor.find(
    (asked) =>
      covers(key.permissions, asked) || key.permissions.some((held) => covers([asked], held)),
  );
  if (guarded !== undefined && key.ipAllowlist.length === 0) {
    breaches.push({
      path: 'ipAllowlist',
      message: `Keys of this organization that hold ${guarded} need an IP allowlist: name the addresses.`,
    });
  }
  return breaches;
}

/**
 * Refuses a key that the organization's guardrails do not allow.
 * @param before the key as it was: a breach that it had already may stay, so that it can be mended in steps,
 *   and may not grow.
 */
export async function requireGuardrails(
  transaction: Transaction,
  context: OrganizationContext,
  key: GuardedKey,
  before?: GuardedKey,
): Promise<void> {
  const [organization] = await transaction
    .select({ guardrails: organizations.guardrails })
    .from(organizations)
    .where(eq(organizations.id, context.organizationId))
    // Shared: rules that change at the same moment wait, and count for the next key.
    .for('share');
  if (organization === undefined) {
    throw new Error('The organization is gone.');
  }
  const old = new Set(before && findBreaches(organization.guardrails, before).map(nameOf));
  const breaches = findBreaches(organization.guardrails, key).filter(
    (breach) => !old.has(nameOf(breach)) || before === undefined || grows(breach, before, key),
  );
  const [first] = breaches;
  if (first !== undefined) {
    throw new DomainError('invalid_request', first.message, { issues: breaches });
  }
}

function grows({ path }: ErrorIssue, before: GuardedKey, key: GuardedKey): boolean {
  return path === 'expiresAt'
    ? lifetimeSeconds(key) > lifetimeSeconds(before)
    : key.permissions.some((held) => !covers(before.permissions, held));
}

const nameOf = ({ path }: ErrorIssue) => path;

function lifetimeSeconds({ expiresAt, createdAt }: GuardedKey): number {
  return expiresAt === null ? Infinity : (expiresAt.getTime() - createdAt.getTime()) / 1000;
}

function describeSeconds(seconds: number): string {
  const days = seconds / 86_400;
  return days >= 1 ? `${Math.floor(days)} days` : `${seconds} seconds`;
}
