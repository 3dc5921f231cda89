import type { AuditActor } from '@keyward/shared/audit';
import type { CreatedBy } from '@keyward/shared/keys';
import type { Role } from '@keyward/shared/organizations';
import type { Permission } from '@keyward/shared/permissions';
import type { Database } from './database/connect-database.ts';

/** What a person's session says beside who they are. */
export interface SessionFacts {
  /** SHA-256, in hex, of its id: it names the session without opening it. */
  id: string;
  /** Whether the password was given within it in the last 15 minutes. */
  isFresh: boolean;
  /** Whether more than the password was given. */
  hasSecondFactor: boolean;
}

/** A person. `session` is absent where none has been opened, as at sign-up. */
export interface UserActor {
  type: 'user';
  userId: string;
  email: string;
  name: string;
  isOperator: boolean;
  session?: SessionFacts;
}

/** A key that calls Keyward itself. `permissions` are those that count now, the role's ceiling applied. */
export interface KeyActor {
  type: 'key';
  keyId: string;
  name: string;
  organizationId: string;
  userId: string | null;
  permissions: readonly Permission[];
  allOrganizations: boolean;
  /** Records that the key made use of a permission that it holds. */
  exercise?(permission: Permission): void;
}

/** The command line, and Keyward's own duties. */
export interface SystemActor {
  type: 'system';
  name: string;
}

export type Actor = UserActor | KeyActor | SystemActor;

/** What every verb is given beside its input. */
export interface Context {
  database: Database;
  requestId: string;
  /** Of the client, behind the trusted proxies; null where there is none. */
  address: string | null;
  userAgent: string | null;
}

export interface ActorContext extends Context {
  actor: Actor;
  /** As what a user stands in an organization; null for one who acts as an operator. Left out elsewhere. */
  role?: Role | null;
}

/** An actor within one organization. A user's role; null for keys, operators from outside and the system. */
export interface OrganizationContext extends ActorContext {
  organizationId: string;
  role: Role | null;
}

/** As the audit log has it: whoever acts by the authority of running the instance is its operator. */
export function describeAuditActor({ actor, role }: ActorContext, chain: string): AuditActor {
  const isOperator =
    actor.type === 'user'
      ? actor.isOperator && role === null
      : actor.type === 'key' && actor.allOrganizations && actor.organizationId !== chain;
  return { ...describeActor(actor), ...(isOperator && { type: 'operator' }) };
}

export function describeActor(actor: Actor): CreatedBy {
  switch (actor.type) {
    case 'user':
      return { type: 'user', id: actor.userId, name: actor.name };
    case 'key':
      return { type: 'key', id: actor.keyId, name: actor.name };
    case 'system':
      return { type: 'system', id: null, name: actor.name };
  }
}
