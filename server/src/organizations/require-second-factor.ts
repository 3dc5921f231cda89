import { DomainError } from '@keyward/shared/errors';
import type { Actor } from '../context.ts';

/** Refuses a person whose session has no second factor, where the organization demands one. Keys have none. */
export function requireSecondFactor(
  actor: Actor,
  organization: { requiresSecondFactor: boolean },
): void {
  if (
    organization.requiresSecondFactor &&
    actor.type === 'user' &&
    !actor.session?.hasSecondFactor
  ) {
    throw new DomainError(
      'second_factor_required',
      'This organization asks for a second factor: turn it on in your account, or sign in with it.',
    );
  }
}
