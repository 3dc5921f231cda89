import { DomainError } from '@keyward/shared/errors';
import { builtInResources, type Permission } from '@keyward/shared/permissions';
import { keyward } from '@keyward/shared/presets/keyward';
import type { ActorContext } from '../context.ts';
import { createKey } from '../keys/create-key.ts';
import { createOrganization } from '../organizations/create-organization.ts';
import { createAccount } from './create-account.ts';

export interface BootstrapInput {
  email: string;
  name: string;
  password: string;
  organization: string;
}

export interface Bootstrapped {
  organizationId: string;
  userId: string;
  keyId: string;
  secret: string;
}

/**
 * Makes the operator, an organization of theirs, and a bot key with every built-in permission that
 * acts in all organizations: all of it, or nothing where somebody has signed up before.
 */
export function bootstrapInstance(
  context: ActorContext,
  input: BootstrapInput,
): Promise<Bootstrapped> {
  return context.database.transaction(async (transaction) => {
    const within = { ...context, database: transaction };
    const actor = await createAccount(within, input, 'first').catch((error) => {
      throw error instanceof DomainError && error.code === 'sign_up_closed'
        ? new DomainError('conflict', 'This Keyward has an operator already: sign in as them.')
        : error;
    });
    const organization = await createOrganization(
      { ...within, actor },
      { name: input.organization },
    );
    const { key, secret } = await createKey(
      { ...within, organizationId: organization.id, role: null },
      {
        kind: 'bot',
        name: 'Bootstrap',
        service: keyward.slug,
        permissions: builtInResources.flatMap((resource) =>
          resource.actions.map((action): Permission => `${resource.name}:${action.name}`),
        ),
        environment: 'live',
        ipAllowlist: [],
        externalId: null,
        metadata: {},
      },
      { allOrganizations: true },
    );
    if (secret === null) {
      throw new Error('The bootstrap key was made without a secret.');
    }
    return { organizationId: organization.id, userId: actor.userId, keyId: key.id, secret };
  });
}
