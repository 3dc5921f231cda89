import type { AuditAction } from '@keyward/shared/audit';
import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import type { Receipt } from '@keyward/shared/keys';
import type { Organization, UpdateOrganizationInput } from '@keyward/shared/organizations';
import { eq } from 'drizzle-orm';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { asOperator, requireFreshSession, requireOperator } from '../authorize.ts';
import type { ActorContext } from '../context.ts';
import { organizations } from '../database/schema/organizations.ts';
import { changeAuthority } from '../verification/authority/change-authority.ts';
import { presentOrganization } from './present-organization.ts';
import { requireSecondFactor } from './require-second-factor.ts';

/** Renames, suspends or resumes an organization. For operators. Returns when it is true on every node. */
export async function updateOrganization(
  context: ActorContext,
  organizationId: string,
  changes: UpdateOrganizationInput,
): Promise<{ organization: Organization; receipt: Receipt }> {
  requireOperator(context.actor);
  if (changes.status !== undefined) {
    requireFreshSession(context.actor);
  }
  const { result, receipt } = await changeAuthority(context.database, async (transaction) => {
    const [before] = await transaction
      .select()
      .from(organizations)
      .where(eq(organizations.id, isId('organization', organizationId) ? organizationId : ''))
      .for('update');
    if (before === undefined) {
      throw new DomainError('not_found', 'There is no such organization: list them to see all.');
    }
    requireSecondFactor(context.actor, before);
    const after = {
      name: changes.name ?? before.name,
      status: changes.status ?? before.status,
    };
    await transaction.update(organizations).set(after).where(eq(organizations.id, organizationId));
    await recordAuditEvent(transaction, asOperator(context), {
      chain: organizationId,
      action: actionOf(before.status, after.status),
      target: { type: 'organization', id: organizationId },
      data: { before: { name: before.name, status: before.status }, after },
    });
    return presentOrganization({ ...before, ...after });
  });
  return { organization: result, receipt };
}

function actionOf(before: Organization['status'], after: Organization['status']): AuditAction {
  if (before === after) {
    return 'organization.updated';
  }
  return after === 'suspended' ? 'organization.suspended' : 'organization.resumed';
}
