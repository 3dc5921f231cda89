import type { Organization, Role } from '@keyward/shared/organizations';
import { asc, eq, getTableColumns } from 'drizzle-orm';
import type { Context, UserActor } from '../context.ts';
import { memberships, organizations } from '../database/schema/organizations.ts';
import { presentOrganization } from './present-organization.ts';

/** An organization of one's own. */
export interface OwnOrganization extends Organization {
  role: Role;
  /** Whether it lets in only sessions that were opened with a second factor. */
  requiresSecondFactor: boolean;
}

/** The organizations that a user is a member of, by name, with their role. */
export async function listOrganizations(
  context: Context & { actor: UserActor },
): Promise<OwnOrganization[]> {
  const rows = await context.database
    .select({ organization: getTableColumns(organizations), role: memberships.role })
    .from(memberships)
    .innerJoin(organizations, eq(organizations.id, memberships.organizationId))
    .where(eq(memberships.userId, context.actor.userId))
    .orderBy(asc(organizations.name), asc(organizations.id));
  return rows.map(({ organization, role }) => ({
    ...presentOrganization(organization),
    role,
    requiresSecondFactor: organization.requiresSecondFactor,
  }));
}
