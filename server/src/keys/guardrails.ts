import { DomainError, type ErrorIssue } from '@keyward/shared/errors';
import { findBreaches, type GuardedKey, lifetimeSeconds } from '@keyward/shared/find-breaches';
import { covers } from '@keyward/shared/permissions';
import { eq } from 'drizzle-orm';
import type { OrganizationContext } from '../context.ts';
import type { Transaction } from '../database/connect-database.ts';
import { organizations } from '../database/schema/organizations.ts';

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
