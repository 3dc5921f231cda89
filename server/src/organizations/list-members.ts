import { DomainError } from '@keyward/shared/errors';
import type { Member } from '@keyward/shared/members';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { requirePermission } from '../authorize.ts';
import type { OrganizationContext } from '../context.ts';
import type { Database } from '../database/connect-database.ts';
import { users } from '../database/schema/accounts.ts';
import { keys } from '../database/schema/keys.ts';
import { memberships } from '../database/schema/organizations.ts';

/** The members of an organization, first come first. Every member may see who the others are. */
export function listMembers(context: OrganizationContext): Promise<Member[]> {
  if (context.actor.type === 'key') {
    requirePermission(context, 'members:read');
  }
  return readMembers(context.database, context.organizationId);
}

/** One member as both faces show them. */
export async function getMember(
  database: Database,
  organizationId: string,
  userId: string,
): Promise<Member> {
  const members = await readMembers(database, organizationId, userId);
  const [member] = members;
  if (member === undefined) {
    throw new DomainError('not_found', 'There is no such member in this organization.');
  }
  return member;
}

async function readMembers(
  database: Database,
  organizationId: string,
  userId?: string,
): Promise<Member[]> {
  const liveKeys = database
    .select({ count: sql<number>`count(*)::int`.as('count') })
    .from(keys)
    .where(
      and(
        eq(keys.organizationId, memberships.organizationId),
        eq(keys.userId, memberships.userId),
        isNull(keys.revokedAt),
      ),
    );
  const rows = await database
    .select({
      userId: users.id,
      email: users.email,
      name: users.name,
      role: memberships.role,
      joinedAt: memberships.createdAt,
      keys: sql<number>`(${liveKeys})`.mapWith(Number),
    })
    .from(memberships)
    .innerJoin(users, eq(users.id, memberships.userId))
    .where(
      and(
        eq(memberships.organizationId, organizationId),
        userId === undefined ? undefined : eq(memberships.userId, userId),
      ),
    )
    .orderBy(asc(memberships.createdAt), asc(users.id));
  return rows.map((row) => ({ ...row, joinedAt: row.joinedAt.toISOString() }));
}
