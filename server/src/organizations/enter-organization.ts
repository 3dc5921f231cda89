import { DomainError } from '@keyward/shared/errors';
import { isId } from '@keyward/shared/ids';
import { refusalErrors } from '@keyward/shared/outcomes';
import { and, eq } from 'drizzle-orm';
import { isOperator } from '../authorize.ts';
import type { ActorContext, OrganizationContext } from '../context.ts';
import { memberships, organizations } from '../database/schema/organizations.ts';
import { withinDeadline } from '../database/within-deadline.ts';
import { requireSecondFactor } from './require-second-factor.ts';

/**
 * The actor's context within an organization. A key stands in its own, and an operator's key also in
 * the one it names; a user names one of their own. Any other is as unknown as one that does not exist.
 * @param requested the id in `X-Keyward-Organization`; null without the header.
 */
export async function enterOrganization(
  context: ActorContext,
  requested: string | null,
): Promise<OrganizationContext> {
  const { actor } = context;
  const own = actor.type === 'key' ? actor.organizationId : null;
  const organizationId = requested ?? own;
  if (organizationId === null) {
    throw new DomainError('invalid_request', 'Name an organization in X-Keyward-Organization.');
  }
  if (organizationId === own) {
    return { ...context, organizationId, role: null };
  }
  const [row] = isId('organization', organizationId)
    ? await withinDeadline(() => findOrganization(context, organizationId))
    : [];
  if (row === undefined || (row.role === null && !isOperator(actor))) {
    throw new DomainError(
      'not_found',
      'There is no such organization among yours: check X-Keyward-Organization.',
    );
  }
  if (row.status === 'suspended' && !isOperator(actor)) {
    const { code, detail } = refusalErrors.ORGANIZATION_SUSPENDED;
    throw new DomainError(code, detail);
  }
  requireSecondFactor(actor, row);
  return { ...context, organizationId, role: row.role };
}

function findOrganization({ database, actor }: ActorContext, organizationId: string) {
  return database
    .select({
      status: organizations.status,
      requiresSecondFactor: organizations.requiresSecondFactor,
      role: memberships.role,
    })
    .from(organizations)
    .leftJoin(
      memberships,
      and(
        eq(memberships.organizationId, organizations.id),
        eq(memberships.userId, actor.type === 'user' ? actor.userId : ''),
      ),
    )
    .where(eq(organizations.id, organizationId));
}
