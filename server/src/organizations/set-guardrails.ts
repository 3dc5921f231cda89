import { DomainError } from '@keyward/shared/errors';
import type { Guardrails } from '@keyward/shared/guardrails';
import { eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requireAdmin } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { organizations } from '../database/schema/organizations.ts';

/**
 * Sets the rules that every new or changed key of the organization must comply with. For admins.
 * @param seen the rules as the caller knows them; throws `conflict` where somebody has set others since.
 */
export async function setGuardrails(
  context: OrganizationContext,
  guardrails: Guardrails,
  seen?: Guardrails,
): Promise<Guardrails> {
  requireAdmin(context);
  const { organizationId } = context;
  await context.database.transaction(async (transaction) => {
    const [before] = await transaction
      .select({ guardrails: organizations.guardrails })
      .from(organizations)
      .where(eq(organizations.id, organizationId))
      .for('update');
    // Two admins who write rules at once would take each other's back without a word.
    if (before !== undefined && seen !== undefined && !isSame(before.guardrails, seen)) {
      throw new DomainError(
        'conflict',
        'Somebody has changed the guardrails meanwhile: reload them, then change them again.',
      );
    }
    await transaction
      .update(organizations)
      .set({ guardrails })
      .where(eq(organizations.id, organizationId));
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'organization.guardrails_changed',
      target: { type: 'organization', id: organizationId },
      data: { before: before?.guardrails ?? null, after: guardrails },
    });
  });
  return guardrails;
}

const isSame = (one: Guardrails, other: Guardrails): boolean =>
  one.maximumLifetimeSeconds === other.maximumLifetimeSeconds &&
  one.suspendAfterUnusedDays === other.suspendAfterUnusedDays &&
  one.ipAllowlistRequiredFor.toSorted().join(' ') ===
    other.ipAllowlistRequiredFor.toSorted().join(' ');

export async function getGuardrails(context: OrganizationContext): Promise<Guardrails> {
  const [row] = await context.database
    .select({ guardrails: organizations.guardrails })
    .from(organizations)
    .where(eq(organizations.id, context.organizationId));
  if (row === undefined) {
    throw new Error('The organization is gone.');
  }
  return row.guardrails;
}
