import { DomainError } from '@keyward/shared/errors';
import { covers, type Permission } from '@keyward/shared/permissions';
import type { ActorContext, OrganizationContext } from './context.ts';

/** An actor, and as what they stand in the organization. */
export type Standing = Pick<OrganizationContext, 'actor' | 'role'>;

/** Whether the actor manages the organization: its owners and admins, operators, and Keyward itself. */
export function isAdmin(context: Standing): boolean {
  const { actor, role } = context;
  switch (actor.type) {
    case 'user':
      return actor.isOperator || role === 'owner' || role === 'admin';
    case 'key':
      return false;
    case 'system':
      return true;
  }
}

/**
 * Whether the actor may do this to anything in the organization. Asked where it is about to be done: a
 * key that holds the permission has used it.
 */
export function holdsPermission(context: Standing, permission: Permission): boolean {
  const { actor } = context;
  if (actor.type !== 'key') {
    return isAdmin(context);
  }
  const holds = covers(actor.permissions, permission);
  if (holds) {
    actor.exercise?.(permission);
  }
  return holds;
}

/** Refuses an actor that does not hold the permission. */
export function requirePermission(context: OrganizationContext, permission: Permission): void {
  if (!holdsPermission(context, permission)) {
    throw new DomainError(
      'insufficient_permissions',
      context.actor.type === 'key'
        ? `This call needs ${permission}: use a key that holds it, or ask an admin to grant it.`
        : `Only an owner or admin of the organization may do this (${permission}).`,
    );
  }
}

/** Refuses a key that may not read how keys are used. People see it of every key that they see at all. */
export function requireSeesUsage(context: OrganizationContext): void {
  if (context.actor.type === 'key') {
    requirePermission(context, 'usage:read');
  }
}

/** Refuses an actor that does not manage the organization. */
export function requireAdmin(context: OrganizationContext): void {
  if (!isAdmin(context)) {
    throw new DomainError(
      'insufficient_permissions',
      'Only an owner or admin of the organization may do this: ask one of them.',
    );
  }
}

/** Whether the actor runs the instance: an operator, an operator's key, or Keyward itself. */
export function isOperator(actor: OrganizationContext['actor']): boolean {
  switch (actor.type) {
    case 'user':
      return actor.isOperator;
    case 'key':
      return actor.allOrganizations;
    case 'system':
      return true;
  }
}

/** Refuses an actor that does not run the instance. */
export function requireOperator(actor: OrganizationContext['actor']): void {
  if (!isOperator(actor)) {
    throw new DomainError(
      'insufficient_permissions',
      'Only an operator of this Keyward may do this: ask whoever runs it.',
    );
  }
}

/** For what only an operator may do: they do it as one, also where they are a member. */
export const asOperator = <C extends ActorContext>(context: C): C & { role: null } => ({
  ...context,
  role: null,
});

/**
 * Refuses a person whose session gave no password in the last 15 minutes: what is sensitive asks again,
 * so that an open screen or a stolen cookie does not suffice. Sensitive is what outlasts the session (people
 * let in and raised, admin-only permissions granted or revived, ways to sign in, where webhooks go), and to
 * disable a service, suspend an organization or demand second factors. Keys and Keyward itself have no password.
 */
export function requireFreshSession(actor: OrganizationContext['actor']): void {
  if (actor.type === 'user' && actor.session?.isFresh !== true) {
    throw new DomainError('confirmation_required', 'Confirm that it is you, then do this again.');
  }
}
