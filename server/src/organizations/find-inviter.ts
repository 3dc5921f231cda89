import type { AuditActor } from '@keyward/shared/audit';
import { isId } from '@keyward/shared/ids';
import type { Role } from '@keyward/shared/organizations';
import { and, asc, eq, gt, isNull, or, type SQL, sql } from 'drizzle-orm';
import { holdsPermission, type Standing } from '../authorize.ts';
import type { Database } from '../database/connect-database.ts';
import { users } from '../database/schema/accounts.ts';
import { auditEvents } from '../database/schema/audit.ts';
import { keys } from '../database/schema/keys.ts';
import { invitations, memberships } from '../database/schema/organizations.ts';
import { effectivePermissions } from '../verification/key-facts.ts';
import { mayAssign } from './lock-members.ts';

/** Who made an invitation, as its event says, to be selected beside it; null without an event. */
export function inviterOf(database: Database): SQL<AuditActor | null> {
  const made = database
    .select({ actor: auditEvents.actor })
    .from(auditEvents)
    .where(
      and(
        eq(auditEvents.targetId, invitations.id),
        eq(auditEvents.action, 'member.invited'),
        // Ids sort by time, and the event's was made right after: it is found without a search.
        gt(auditEvents.id, sql`'evt_' || substr(${invitations.id}, 5)`),
      ),
    )
    .orderBy(asc(auditEvents.id))
    .limit(1);
  return sql`(${made})`.mapWith((actor: AuditActor | string | null) =>
    typeof actor === 'string' ? (JSON.parse(actor) as AuditActor) : actor,
  );
}

/** Whether whoever made an invitation to this role could make it now: else it is void. */
export async function mayStillInvite(
  database: Database,
  organizationId: string,
  { inviter, role }: { inviter: AuditActor | null; role: Role },
): Promise<boolean> {
  const standing = inviter && (await findStanding(database, organizationId, inviter));
  return (
    standing !== null && holdsPermission(standing, 'members:create') && mayAssign(standing, role)
  );
}

/** As what somebody stands in an organization now; null for who has nothing to do with it any more. */
async function findStanding(
  database: Database,
  organizationId: string,
  { type, id, name }: AuditActor,
): Promise<Standing | null> {
  switch (type) {
    case 'system':
      return { actor: { type, name }, role: null };
    case 'user':
      return findUserStanding(database, organizationId, id ?? '');
    case 'key':
      return findKeyStanding(database, organizationId, id ?? '');
    case 'operator':
      return isId('user', id ?? '')
        ? findUserStanding(database, organizationId, id ?? '')
        : findKeyStanding(database, organizationId, id ?? '');
  }
}

async function findUserStanding(
  database: Database,
  organizationId: string,
  userId: string,
): Promise<Standing | null> {
  const [row] = await database
    .select({ user: users, role: memberships.role })
    .from(users)
    .leftJoin(
      memberships,
      and(eq(memberships.userId, users.id), eq(memberships.organizationId, organizationId)),
    )
    .where(eq(users.id, userId));
  if (row === undefined) {
    return null;
  }
  const { id, email, name, isOperator } = row.user;
  return { actor: { type: 'user', userId: id, email, name, isOperator }, role: row.role };
}

async function findKeyStanding(
  database: Database,
  organizationId: string,
  keyId: string,
): Promise<Standing | null> {
  const [row] = await database
    .select({ key: keys, role: memberships.role })
    .from(keys)
    .leftJoin(
      memberships,
      and(eq(memberships.userId, keys.userId), eq(memberships.organizationId, keys.organizationId)),
    )
    .where(
      and(
        eq(keys.id, keyId),
        or(eq(keys.organizationId, organizationId), keys.allOrganizations),
        isNull(keys.revokedAt),
        isNull(keys.suspendedAt),
        or(isNull(keys.expiresAt), gt(keys.expiresAt, sql`now()`)),
      ),
    );
  if (row === undefined) {
    return null;
  }
  const { key, role } = row;
  const owner = key.userId === null ? null : { id: key.userId, email: '', name: '', role };
  return {
    actor: {
      type: 'key',
      keyId: key.id,
      name: key.name,
      organizationId: key.organizationId,
      userId: key.userId,
      permissions: effectivePermissions({ permissions: key.permissions, owner }),
      allOrganizations: key.allOrganizations,
    },
    role: null,
  };
}
