import { DomainError, invalidField } from '@keyward/shared/errors';
import type { CreateOrganizationInput, Organization } from '@keyward/shared/organizations';
import { slugFromName } from '@keyward/shared/slug-from-name';
import { recordAuditEvent } from '../audit/record-audit-event.ts';
import { requireOperator } from '../authorize.ts';
import type { ActorContext } from '../context.ts';
import { createId } from '../database/create-id.ts';
import { isUniqueViolation } from '../database/is-unique-violation.ts';
import { memberships, organizations } from '../database/schema/organizations.ts';
import { presentOrganization } from './present-organization.ts';

/** Makes an organization. A user becomes its owner; an operator's key makes it for others. */
export async function createOrganization(
  context: ActorContext,
  input: CreateOrganizationInput,
): Promise<Organization> {
  const { actor } = context;
  if (actor.type !== 'user') {
    requireOperator(actor);
  }
  const slug = input.slug ?? slugFrom(input.name);
  try {
    return await context.database.transaction(async (transaction) => {
      const id = createId('organization');
      const [row] = await transaction
        .insert(organizations)
        .values({ id, slug, name: input.name })
        .returning();
      if (row === undefined) {
        throw new Error('The organization was not returned.');
      }
      if (actor.type === 'user') {
        await transaction
          .insert(memberships)
          .values({ organizationId: id, userId: actor.userId, role: 'owner' });
      }
      const organization = presentOrganization(row);
      await recordAuditEvent(transaction, context, {
        chain: id,
        action: 'organization.created',
        target: { type: 'organization', id },
        data: { after: organization },
      });
      return organization;
    });
  } catch (error) {
    if (isUniqueViolation(error, 'organizations_slug_unique')) {
      throw new DomainError(
        'conflict',
        `There is an organization ${slug} already: choose another slug.`,
      );
    }
    throw error;
  }
}

function slugFrom(name: string): string {
  const slug = slugFromName(name);
  if (slug === '') {
    throw invalidField('slug', 'No slug can be made from this name: give one, such as acme.');
  }
  return slug;
}
