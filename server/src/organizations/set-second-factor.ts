import { DomainError } from '@keyward/shared/errors';
import { eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requireAdmin, requireFreshSession } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import { organizations } from '../database/schema/organizations.ts';

/**
 * Whether the organization lets in only sessions that were opened with a second factor. For admins, who
 * must be in such a session themselves to demand it. Keys are not touched.
 */
export async function setSecondFactor(
  context: OrganizationContext,
  isRequired: boolean,
): Promise<void> {
  requireAdmin(context);
  const { actor, organizationId } = context;
  requireFreshSession(actor);
  if (isRequired && actor.type === 'user' && actor.session?.hasSecondFactor !== true) {
    throw new DomainError(
      'second_factor_required',
      'Turn on a second factor in your own account first, so that you do not shut yourself out.',
    );
  }
  await context.database.transaction(async (transaction) => {
    const isThis = eq(organizations.id, organizationId);
    const [before] = await transaction
      .select({ requiresSecondFactor: organizations.requiresSecondFactor })
      .from(organizations)
      .where(isThis)
      .for('update');
    const after = { requiresSecondFactor: isRequired };
    await transaction.update(organizations).set(after).where(isThis);
    await recordAuditEvent(transaction, context, {
      chain: organizationId,
      action: 'organization.second_factor_changed',
      target: { type: 'organization', id: organizationId },
      data: { before, after },
    });
  });
}
